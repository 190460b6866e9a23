"""Claim links: made for a round and a channel, listed with what came by them, closed for good."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from merchant_app.domain.kinds import CampaignId
from merchant_app.server.central import Central
from merchant_app.server.db import claim_links as link_rows
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.enrolling import server_url

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


def make_link(central: Central, campaign_id: CampaignId, round_index: int, channel: str) -> KeptLink | NotLinked:
    """A new link; a channel is one that the campaign names, or any where it names none."""
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
    return link


def close_link(central: Central, link_id: str) -> KeptLink | None:
    """The link, closed now or before; None: there is no such link."""
    with central.database.writing() as connection:
        link_rows.mark_closed(connection, link_id, central.now())
        return link_rows.links_by_id(connection, [link_id]).get(link_id)


def list_links(central: Central, campaign_id: CampaignId) -> list[CountedLink] | None:
    """The links of a campaign by round; None: there is no such campaign."""
    with central.database.reading() as connection:
        if campaign_of(connection, campaign_id) is None:
            return None
        counts = link_rows.counts_by_channel(connection, campaign_id)
        links = link_rows.links_of(connection, campaign_id)
    return [CountedLink(link, counts.get((link.round_index, link.channel), 0)) for link in links]


def link_url(central: Central, link_id: str, url: str | None = None) -> str:
    """Where people go who follow the link, by the address at which this server is reached; a bare path, if none is."""
    return f"{(url or server_url(central) or '').rstrip('/')}/c/{link_id}"


def _new_link_id(random_below: Callable[[int], int]) -> str:
    """89 bits: nobody finds a link that was not given to them."""
    return "".join(_LETTERS[random_below(len(_LETTERS))] for _ in range(_LENGTH))
