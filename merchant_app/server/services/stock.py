"""What is left of a campaign: stock per round and offer, within one budget. `put_issued` makes every coupon there is.

The counts are read and raised in the transaction that issues. Writers follow one another, so whatever the load, what
was counted is still true when it is spent.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import CampaignId, Fen
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.claimed import Cell, raise_claimed_counts
from merchant_app.server.db.coupons import add_coupons


class Beyond(StrEnum):
    """What a coupon more would go beyond."""

    STOCK = "out_of_stock"
    BUDGET = "over_budget"


@dataclass(slots=True)
class Stock:
    """One campaign's counts of issued coupons, by (round_index, offer_index)."""

    campaign: Campaign
    issued: dict[tuple[int, int], int]

    def left(self, round_index: int, offer_index: int) -> int:
        """How many more there can be: by the round's stock, and by what the budget still reaches for."""
        stock = dict(self.campaign.rounds[round_index].stock).get(offer_index, 0)
        of_stock = stock - self.issued.get((round_index, offer_index), 0)
        cost = self.campaign.offers[offer_index].cost_of_one_fen
        if self.campaign.budget_fen is None or cost == 0:
            return max(0, of_stock)
        return max(0, min(of_stock, (self.campaign.budget_fen - self.spent_fen) // cost))

    @property
    def spent_fen(self) -> Fen:
        """The budget that is counted as spent: for each coupon the most that it can cost."""
        offers = self.campaign.offers
        return Fen(sum(count * offers[offer].cost_of_one_fen for (_, offer), count in self.issued.items()))

    def take(self, round_index: int, offer_index: int, count: int = 1) -> Beyond | None:
        """Counts so many as issued; or counts nothing, and says what they would go beyond."""
        here = (round_index, offer_index)
        before, stock = self.issued.get(here, 0), dict(self.campaign.rounds[round_index].stock).get(offer_index, 0)
        if before + count > stock:
            return Beyond.STOCK
        self.issued[here] = before + count
        if self.campaign.budget_fen is not None and self.spent_fen > self.campaign.budget_fen:
            self.issued[here] = before
            return Beyond.BUDGET
        return None


def stock_of(connection: Connection, campaign: Campaign) -> Stock:
    return Stock(campaign, campaign_rows.issued_counts(connection, campaign.campaign_id))


def put_issued(connection: Connection, campaigns: Mapping[CampaignId, Campaign], rows: list[dict[str, Any]]) -> None:
    """Stores these coupons, and raises every count of them with them."""
    add_coupons(connection, rows)
    places = Counter((row["campaign_id"], row["round_index"], row["offer_index"]) for row in rows)
    for place, count in places.items():
        campaign_rows.raise_issued_count(connection, *place, count)
    raise_claimed_counts(connection, Counter(_cells(campaigns, rows)))


def _cells(campaigns: Mapping[CampaignId, Campaign], rows: Iterable[Mapping[str, Any]]) -> Iterable[Cell]:
    for row in rows:
        campaign_id = row["campaign_id"]
        day = row["issued_at"].astimezone(campaigns[campaign_id].zone).date()
        yield Cell(campaign_id, day, row["round_index"], row["offer_index"], row["channel"] or "", row["outlet_id"])
