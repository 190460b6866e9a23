"""What a claim link shows to anybody: the campaign, the round's times, the offers and what is left of each.

Read from the database once a second at most for each link, however many look.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from merchant_app.domain.campaign import Campaign, IssueRound, Offer
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.claim_links import KeptLink, links_by_id
from merchant_app.server.db.claims import KeptClaim, claims_of
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.claiming.asking import NotClaimedWhy
from merchant_app.server.services.claiming.deciding import closed
from merchant_app.server.services.stock import stock_of

GOOD_FOR = timedelta(seconds=1)
_REMEMBERED = 1000


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as it was a second ago at most. `stopped`: an operator has; `left` by offer_index."""

    link: KeptLink
    campaign: Campaign
    stopped: NotClaimedWhy | None
    left: dict[int, int]

    @property
    def issue_round(self) -> IssueRound:
        return self.campaign.rounds[self.link.round_index]

    @property
    def offers(self) -> list[Offer]:
        """Those that this round hands out."""
        return [self.campaign.offers[offer_index] for offer_index in self.left]

    def refused_because(self, now: datetime) -> NotClaimedWhy | None:
        """Why every claim is refused now; None while coupons are given."""
        if self.stopped is not None:
            return self.stopped
        if now < self.issue_round.opens_at:
            return NotClaimedWhy.NOT_OPEN_YET
        if now >= min(self.issue_round.closes_at, self.campaign.ends_at):
            return NotClaimedWhy.ROUND_OVER
        return NotClaimedWhy.OUT_OF_STOCK if not any(self.left.values()) else None


@dataclass(frozen=True, slots=True)
class _Read:
    at: datetime
    shown: ShownLink | None


class ShownLinks:
    """The links that this process was asked for lately."""

    def __init__(self, central: Central) -> None:
        self._central = central
        self._read: OrderedDict[str, _Read] = OrderedDict()
        self._guard = threading.Lock()

    def is_fresh(self, link_id: str) -> bool:
        """Whether `of` answers without the database."""
        return self._fresh(link_id) is not None

    def of(self, link_id: str) -> ShownLink | None:
        """None: there is no such link. Of many who ask when it has grown old, one reads and the others wait for it."""
        fresh = self._fresh(link_id)
        if fresh is not None:
            return fresh.shown
        with self._guard:
            fresh = self._fresh(link_id)
            if fresh is None:
                fresh = _Read(self._central.now(), show(self._central, link_id))
                self._read[link_id] = fresh
                self._read.move_to_end(link_id)
                if len(self._read) > _REMEMBERED:
                    self._read.popitem(last=False)
            return fresh.shown

    def _fresh(self, link_id: str) -> _Read | None:
        read = self._read.get(link_id)
        return read if read is not None and self._central.now() - read.at < GOOD_FOR else None


def show(central: Central, link_id: str) -> ShownLink | None:
    """The link as it is now."""
    with central.database.reading() as connection:
        link = links_by_id(connection, [link_id]).get(link_id)
        kept = None if link is None else campaign_of(connection, link.campaign_id)
        if link is None or kept is None:
            return None
        campaign = parsed(kept.document)
        if link.round_index >= len(campaign.rounds):
            return None
        stock = stock_of(connection, campaign)
    offers = [index for index, count in sorted(campaign.rounds[link.round_index].stock) if count]
    stopped = closed(link, kept)
    left = {index: stock.left(link.round_index, index) for index in offers}
    return ShownLink(link, campaign, None if stopped is None else stopped.why, left)


def claims_in(central: Central, campaign_id: CampaignId, wallet_id: str) -> list[KeptClaim]:
    """What this wallet has claimed in this campaign, newest first."""
    with central.database.reading() as connection:
        return claims_of(connection, campaign_id, wallet_id)
