"""Serves a group of claims in one transaction: read what all of them touch, decide one by one in order, write at once.

A thousand people who press a button in the same second are a few of these transactions. Each costs one commit and a
fixed number of statements, and raises each counter once, so no row is hot.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_number import coupon_number
from merchant_app.domain.judging.validity import last_instant, midnight
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, Serial
from merchant_app.server.central import Central
from merchant_app.server.db import claims as claim_rows
from merchant_app.server.db.campaigns import KeptCampaign, campaigns_by_id
from merchant_app.server.db.claim_links import KeptLink, links_by_id
from merchant_app.server.db.claims import Counted, KeptClaim, Taken
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.claiming.asking import Claimed, NotClaimed, NotClaimedWhy, WantedClaim
from merchant_app.server.services.claiming.deciding import Sight, why_not
from merchant_app.server.services.numbering import free_numbers, to_the_second
from merchant_app.server.services.stock import Stock, put_issued, stock_of

Answer = Claimed | NotClaimed
ClaimKey = tuple[int, str, str]
"""(campaign_id, wallet_id, claim_id): the same again is the same claim."""


def claim(central: Central, wanted: WantedClaim) -> Answer:
    """One claim by itself."""
    return serve(central, [wanted])[0]


def serve(central: Central, wanted: Sequence[WantedClaim]) -> list[Answer]:
    """An answer for each, first come, first served. All that are given are stored, or none of them."""
    with central.database.writing() as connection:
        group = _read(connection, wanted, central.now())
        decided = [group.decide(each) for each in wanted]
        group.write(connection, central)
    return [each if isinstance(each, NotClaimed) else group.given[each] for each in decided]


@dataclass(slots=True)
class _Group:
    """What the claims of one group touch, and what has been decided of them so far."""

    now: datetime
    links: dict[str, KeptLink]
    kept: dict[int, KeptCampaign] = field(default_factory=dict)
    stocks: dict[int, Stock] = field(default_factory=dict)
    taken: dict[tuple[int, str, int], Taken] = field(default_factory=dict)
    given: dict[ClaimKey, Claimed] = field(default_factory=dict)
    new: dict[ClaimKey, WantedClaim] = field(default_factory=dict)

    def decide(self, wanted: WantedClaim) -> ClaimKey | NotClaimed:
        """Under which key it is given, now or before; or why not. What was given stays given, whatever came since."""
        link = self.links.get(wanted.link_id)
        if link is None:
            return NotClaimed(NotClaimedWhy.UNKNOWN_LINK)
        key = (link.campaign_id, wanted.wallet_id, wanted.claim_id)
        if key in self.given or key in self.new:
            return key
        kept, stock = self.kept[link.campaign_id], self.stocks[link.campaign_id]
        taken = self.taken.setdefault((link.campaign_id, wanted.wallet_id, wanted.offer_index), Taken())
        refused = why_not(Sight(link, kept, stock, taken, wanted.offer_index, self.now))
        if refused is None:
            self.new[key] = wanted
        return refused or key

    def write(self, connection: Connection, central: Central) -> None:
        """Stores a coupon for each new claim."""
        if not self.new:
            return
        drawn = free_numbers(connection, central, [coupon_number(central.random_below) for _ in self.new])
        for (key, wanted), number in zip(self.new.items(), drawn, strict=True):
            self.given[key] = self._give(wanted, Serial(central.random_below(1 << 63)), number)
        put_issued(connection, self._campaigns(), [self._coupon_row(key) for key in self.new])
        claim_rows.add_claims(connection, [self._claim_row(key) for key in self.new])

    def _campaigns(self) -> dict[CampaignId, Campaign]:
        return {CampaignId(each): stock.campaign for each, stock in self.stocks.items()}

    def _give(self, wanted: WantedClaim, serial: Serial, number: str) -> Claimed:
        link = self.links[wanted.link_id]
        campaign = self.stocks[link.campaign_id].campaign
        offer, issue_round = campaign.offers[wanted.offer_index], campaign.rounds[link.round_index]
        ends_at = last_instant(to_the_second(self.now), campaign, offer, issue_round)
        place = (campaign.campaign_id, link.round_index, wanted.offer_index)
        return Claimed(*place, serial, number, to_the_second(self.now), ends_at)

    def _coupon_row(self, key: ClaimKey) -> dict[str, Any]:
        given = self.given[key]
        return {
            "campaign_id": given.campaign_id,
            "serial": given.serial,
            "round_index": given.round_index,
            "offer_index": given.offer_index,
            "issued_at": given.claimed_at,
            "ends_at": given.ends_at,
            "on_paper": False,
            "outlet_id": ANY_OUTLET,
            "channel": self.links[self.new[key].link_id].channel,
            "coupon_number": given.coupon_number,
        }

    def _claim_row(self, key: ClaimKey) -> dict[str, Any]:
        given, (campaign_id, wallet_id, claim_id) = self.given[key], key
        return {
            "campaign_id": campaign_id,
            "wallet_id": wallet_id,
            "claim_id": claim_id,
            "round_index": given.round_index,
            "offer_index": given.offer_index,
            "serial": given.serial,
            "link_id": self.new[key].link_id,
            "claimed_at": given.claimed_at,
        }


def _read(connection: Connection, wanted: Sequence[WantedClaim], now: datetime) -> _Group:
    group = _Group(now, links_by_id(connection, {each.link_id for each in wanted}))
    group.kept = campaigns_by_id(connection, {link.campaign_id for link in group.links.values()})
    for campaign_id, kept in group.kept.items():
        group.stocks[campaign_id] = stock_of(connection, parsed(kept.document))
    keys, wallets = list(_keys(group, wanted)), defaultdict(set)
    for campaign_id, wallet_id, _ in keys:
        wallets[campaign_id].add(wallet_id)
    group.given = {key: given_before(each) for key, each in claim_rows.claims_by_id(connection, keys).items()}
    counted = {campaign_id: _counted(stock.campaign, now) for campaign_id, stock in group.stocks.items()}
    group.taken = claim_rows.taken_by(connection, wallets, counted)
    return group


def _counted(campaign: Campaign, now: datetime) -> Counted:
    """Where nothing limits a wallet, nothing is counted, however much it has."""
    limits = ((offer.offer_index, offer.per_holder) for offer in campaign.offers)
    limited = [index for index, each in limits if each.claims is not None or each.claims_per_day is not None]
    return Counted(limited, midnight(now.astimezone(campaign.zone).date(), campaign.zone))


def _keys(group: _Group, wanted: Iterable[WantedClaim]) -> Iterable[ClaimKey]:
    for each in wanted:
        link = group.links.get(each.link_id)
        if link is not None:
            yield link.campaign_id, each.wallet_id, each.claim_id


def given_before(kept: KeptClaim) -> Claimed:
    """The answer that this claim got."""
    place = (CampaignId(kept.campaign_id), kept.round_index, kept.offer_index)
    return Claimed(*place, Serial(kept.serial), kept.coupon_number, kept.claimed_at, kept.ends_at)
