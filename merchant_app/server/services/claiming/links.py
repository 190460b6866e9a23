"""Claim links: made for a round and a channel, listed with what came by them, closed for good."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import CampaignId, OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import claim_links as link_rows
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.enrolling import server_url
from merchant_app.server.services.operators.deeds import Deed, note_deed

LONGEST_CHANNEL = 40
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is taken for another when it is read aloud or typed."""
_LENGTH = 18


class NotLinked(StrEnum):
    """Why no link was made."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NO_SUCH_ROUND = "no_such_round"
    UNKNOWN_CHANNEL = "unknown_channel"
    BAD_CHANNEL = "bad_channel"


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link, and how many coupons were issued in its round and channel, by whichever of their links."""

    link: KeptLink
    claimed_count: int


@dataclass(frozen=True, slots=True)
class CampaignLinks:
    """`counts`: coupons issued by (round_index, channel), whether by a link or not; the channel is empty for none."""

    campaign: Campaign
    links: list[CountedLink]
    counts: dict[tuple[int, str], int]


def make_link(
    central: Central, campaign_id: CampaignId, round_index: int, channel: str, *, by: OperatorId | None = None
) -> KeptLink | NotLinked:
    """A new link; a channel is one that the campaign names, or any where it names none.

    `by` None: at the server's own command line.
    """
    channel = channel.strip()
    if not 1 <= len(channel) <= LONGEST_CHANNEL or not channel.isprintable():
        return NotLinked.BAD_CHANNEL
    with central.database.writing() as connection:
        kept = campaign_of(connection, campaign_id)
        if kept is None:
            return NotLinked.UNKNOWN_CAMPAIGN
        campaign = parsed(kept.document)
        if not 0 <= round_index < len(campaign.rounds):
            return NotLinked.NO_SUCH_ROUND
        if campaign.channels and channel not in campaign.channels:
            return NotLinked.UNKNOWN_CHANNEL
        link = KeptLink(_new_link_id(central.random_below), campaign_id, round_index, channel, central.now(), None)
        link_rows.add_link(connection, link)
        details = {"campaign_id": campaign_id, "round_index": round_index, "channel": channel}
        note_deed(connection, by, Deed.CLAIM_LINK_MADE, link.link_id, at=link.made_at, **details)
    return link


def close_link(central: Central, link_id: str, *, by: OperatorId | None = None) -> KeptLink | None:
    """The link, closed now or before; None: there is no such link."""
    with central.database.writing() as connection:
        link, now = link_rows.links_by_id(connection, [link_id]).get(link_id), central.now()
        if link is None or link.closed_at is not None:
            return link
        link_rows.mark_closed(connection, link_id, now)
        note_deed(connection, by, Deed.CLAIM_LINK_CLOSED, link_id, at=now, campaign_id=link.campaign_id)
    return replace(link, closed_at=now)


def links_in(central: Central, campaign_id: CampaignId) -> CampaignLinks | None:
    """A campaign with its links by round; None: there is no such campaign."""
    with central.database.reading() as connection:
        kept = campaign_of(connection, campaign_id)
        if kept is None:
            return None
        counts = link_rows.counts_by_channel(connection, campaign_id)
        links = link_rows.links_of(connection, campaign_id)
    counted = [CountedLink(link, counts.get((link.round_index, link.channel), 0)) for link in links]
    return CampaignLinks(parsed(kept.document), counted, counts)


def link_url(central: Central, link_id: str, url: str | None = None) -> str:
    """Where people go who follow the link, by the address at which this server is reached; a bare path, if none is."""
    return f"{(url or server_url(central) or '').rstrip('/')}/c/{link_id}"


def _new_link_id(random_below: Callable[[int], int]) -> str:
    """89 bits: nobody finds a link that was not given to them."""
    return "".join(_LETTERS[random_below(len(_LETTERS))] for _ in range(_LENGTH))
