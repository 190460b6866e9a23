"""A settlement, or all those of a period, as it is handed over: who is owed what, line by line."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from merchant_app.domain.kinds import Bilingual, CampaignId, Fen, OutletId
from merchant_app.domain.settlement import Why


@dataclass(frozen=True, slots=True)
class SheetSettlement:
    """`adjusted_fen` is the part of `owed_fen` for days before the period; `paid_on` None: not paid yet."""

    number: int
    outlet_id: OutletId
    outlet: Bilingual
    owed_fen: Fen
    adjusted_fen: Fen
    line_count: int
    paid_on: date | None
    reference: str | None


@dataclass(frozen=True, slots=True)
class SheetLine:
    """`redeemed_at` and `offer` are None where the server has the redemption's row alone."""

    number: int
    outlet_id: OutletId
    day: date
    redeemed_at: datetime | None
    offer: Bilingual | None
    serial: str
    redemption_id: str
    bill_fen: Fen | None
    why: Why
    amount_fen: Fen


@dataclass(frozen=True, slots=True)
class SettlementSheet:
    """`lines` are all of the one settlement, or of a whole period those for days before it."""

    campaign_id: CampaignId
    campaign: Bilingual
    organiser: Bilingual
    zone: ZoneInfo
    period_number: int
    first_day: date
    last_day: date
    closed_at: datetime | None
    settlements: tuple[SheetSettlement, ...]
    lines: tuple[SheetLine, ...]
    is_whole_period: bool

    @property
    def owed_fen(self) -> Fen:
        return Fen(sum(each.owed_fen for each in self.settlements))

    @property
    def adjusted_fen(self) -> Fen:
        return Fen(sum(each.adjusted_fen for each in self.settlements))
