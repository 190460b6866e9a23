"""A campaign as the operator looks at it: its state, its rounds with what was issued of their stock, its budget."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign, IssueRound
from merchant_app.domain.kinds import Fen
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaign_versions import KeptVersion, versions_of
from merchant_app.server.db.campaigns import KeptCampaign
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.stock import stock_of


class RoundState(StrEnum):
    """Rounds open and close by themselves, by their own times."""

    WAITING = "waiting"
    OPEN = "open"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Shelf:
    """The stock of one offer in one round, and how much of it was issued."""

    round_index: int
    offer_index: int
    stock: int
    issued: int


@dataclass(frozen=True, slots=True)
class Overview:
    """`counted_fen` is what the issued coupons can cost at most: it never exceeds the budget."""

    kept: KeptCampaign
    campaign: Campaign
    shelves: tuple[Shelf, ...]
    counted_fen: Fen

    @property
    def issued(self) -> int:
        return sum(shelf.issued for shelf in self.shelves)

    @property
    def stock(self) -> int:
        return sum(shelf.stock for shelf in self.shelves)

    def of_round(self, round_index: int) -> list[Shelf]:
        return [shelf for shelf in self.shelves if shelf.round_index == round_index]


def look(central: Central, campaign_id: int) -> Overview | None:
    """One campaign as it stands now."""
    with central.database.reading() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        return None if kept is None else _overview(connection, kept)


def look_at_all(central: Central) -> list[Overview]:
    """Every campaign, the youngest first."""
    with central.database.reading() as connection:
        return [_overview(connection, kept) for kept in campaign_rows.all_campaigns(connection)]


def versions(central: Central, campaign_id: int) -> list[KeptVersion]:
    """The newest first; a draft has none."""
    with central.database.reading() as connection:
        return versions_of(connection, campaign_id)


def round_state(issue_round: IssueRound, now: datetime) -> RoundState:
    if now < issue_round.opens_at:
        return RoundState.WAITING
    return RoundState.OPEN if now < issue_round.closes_at else RoundState.OVER


def _overview(connection: Connection, kept: KeptCampaign) -> Overview:
    campaign = parsed(kept.document)
    counted = stock_of(connection, campaign)
    shelves = tuple(
        Shelf(each.round_index, offer_index, stock, counted.issued.get((each.round_index, offer_index), 0))
        for each in campaign.rounds
        for offer_index, stock in each.stock
    )
    return Overview(kept, campaign, shelves, counted.spent_fen)
