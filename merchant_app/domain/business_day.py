"""The business day in figures: what was taken, how each redemption stands, and columns that add up to the fen.

taken = provisional + confirmed + contested + resolved + voided; kept is taken without voided. A bill with several
coupons is driven once: its amount counts with the first of its redemptions that was kept, so that every table of a
report adds up to the same total.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from merchant_app.domain.judging.validity import wall_instant
from merchant_app.domain.kinds import NO_MONEY, Bilingual, CampaignId, Fen
from merchant_app.domain.redemption import Redemption, RefusedAttempt, Standing

MIDNIGHT = time(0)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A redemption as it stands now, since when it does, and where the coupon was claimed (None: not known)."""

    redemption: Redemption
    standing: Standing
    standing_at: datetime | None = None
    channel: str | None = None


class OfferKey(NamedTuple):
    campaign_id: CampaignId
    offer_index: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many, how much off, and how much was bought with it."""

    count: int = 0
    amount_off_fen: Fen = NO_MONEY
    bill_fen: Fen = NO_MONEY

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.count + other.count,
            Fen(self.amount_off_fen + other.amount_off_fen),
            Fen(self.bill_fen + other.bill_fen),
        )


@dataclass(frozen=True, slots=True)
class Group(Generic[Key]):
    """One line of a breakdown: a day, an hour, an offer, a cashier."""

    key: Key
    taken: Tally
    kept: Tally


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A redemption that was contested, resolved or voided after its business day had ended."""

    row: ReportRow
    day: date
    at: datetime


@dataclass(frozen=True, slots=True)
class DayReport:
    """One business day, or several in a row. `refused` counts attempts, `by_reason` each of their reasons."""

    first_day: date
    last_day: date
    zone: ZoneInfo
    cut_over: time
    rows: tuple[ReportRow, ...]
    taken: Tally
    kept: Tally
    by_standing: tuple[tuple[Standing, Tally], ...]
    by_day: tuple[Group[date], ...]
    by_hour: tuple[Group[int], ...]
    by_offer: tuple[Group[OfferKey], ...]
    by_cashier: tuple[Group[str], ...]
    by_channel: tuple[Group[str | None], ...]
    refused: int
    by_reason: tuple[tuple[str, int], ...]
    adjustments: tuple[Adjustment, ...]


@dataclass(frozen=True, slots=True)
class OutletDays:
    """A report with the names that people know its outlet and offers by, and when it was made."""

    report: DayReport
    outlet: Bilingual
    offers: Mapping[OfferKey, Bilingual]
    made_at: datetime


def business_day(instant: datetime, zone: ZoneInfo, cut_over: time = MIDNIGHT) -> date:
    """The day that an instant belongs to: before the cut-over hour it is still the day before."""
    wall = instant.astimezone(zone)
    return wall.date() if wall.time() >= cut_over else wall.date() - timedelta(days=1)


def bounds(first_day: date, last_day: date, zone: ZoneInfo, cut_over: time = MIDNIGHT) -> tuple[datetime, datetime]:
    """From when until when (half-open, aware UTC) the business days last."""
    after = last_day + timedelta(days=1)
    return (
        wall_instant(datetime.combine(first_day, cut_over), zone),
        wall_instant(datetime.combine(after, cut_over), zone),
    )


def day_report(
    rows: Iterable[ReportRow],
    refused: Iterable[RefusedAttempt],
    *,
    first_day: date,
    last_day: date,
    zone: ZoneInfo,
    cut_over: time = MIDNIGHT,
) -> DayReport:
    """The figures of the business days from `first_day` to `last_day`; what belongs to other days is left out."""

    def in_time(instant: datetime) -> bool:
        return first_day <= business_day(instant, zone, cut_over) <= last_day

    chosen = sorted(
        (row for row in rows if in_time(_at(row))), key=lambda row: (_at(row), row.redemption.redemption_id)
    )
    attempts = [attempt for attempt in refused if in_time(attempt.moment.at)]
    tallies = _tallies(chosen)
    hours = _Grouping(chosen, tallies, lambda row: _at(row).astimezone(zone).hour)
    return DayReport(
        first_day=first_day,
        last_day=last_day,
        zone=zone,
        cut_over=cut_over,
        rows=tuple(chosen),
        taken=_sum(tallies),
        kept=_sum(_kept(chosen, tallies)),
        by_standing=tuple((standing, _standing(chosen, tallies, standing)) for standing in Standing),
        by_day=_Grouping(chosen, tallies, lambda row: business_day(_at(row), zone, cut_over)).in_order(),
        by_hour=hours.in_order(lambda hour: (hour - cut_over.hour) % 24),
        by_offer=_Grouping(chosen, tallies, _offer_key).by_size(),
        by_cashier=_Grouping(chosen, tallies, lambda row: row.redemption.cashier).by_size(),
        by_channel=_Grouping(chosen, tallies, lambda row: row.channel).by_size(),
        refused=len(attempts),
        by_reason=tuple(Counter(code for attempt in attempts for code in attempt.reasons).most_common()),
        adjustments=tuple(_adjustments(chosen, zone, cut_over)),
    )


class _Grouping(Generic[Key]):
    """Rows by a key, each with its tally."""

    def __init__(self, rows: Sequence[ReportRow], tallies: Sequence[Tally], key: Callable[[ReportRow], Key]) -> None:
        parts: dict[Key, tuple[Tally, Tally]] = {}
        for row, tally in zip(rows, tallies, strict=True):
            taken, kept = parts.get(key(row), (Tally(), Tally()))
            parts[key(row)] = (taken + tally, kept if _is_voided(row) else kept + tally)
        self._groups = [Group(each, taken, kept) for each, (taken, kept) in parts.items()]

    def in_order(self, order: Callable[[Key], object] = lambda key: key) -> tuple[Group[Key], ...]:
        return tuple(sorted(self._groups, key=lambda group: order(group.key)))  # type: ignore[arg-type, return-value]

    def by_size(self) -> tuple[Group[Key], ...]:
        """The largest first; equals by their key, so that two reports of the same rows are the same."""
        return tuple(sorted(self._groups, key=lambda group: (-group.taken.amount_off_fen, str(group.key))))


def _tallies(rows: Sequence[ReportRow]) -> list[Tally]:
    """What each row adds: its amount off, and its bill where it is the one that the bill counts with."""
    carrier: dict[str, int] = {}
    for index, row in enumerate(rows):
        bill = row.redemption.bill.bill_id
        if bill not in carrier or (_is_voided(rows[carrier[bill]]) and not _is_voided(row)):
            carrier[bill] = index
    return [
        Tally(1, row.redemption.amount_off_fen, Fen(_bill(row) if carrier[row.redemption.bill.bill_id] == index else 0))
        for index, row in enumerate(rows)
    ]


def _kept(rows: Sequence[ReportRow], tallies: Sequence[Tally]) -> list[Tally]:
    return [tally for row, tally in zip(rows, tallies, strict=True) if not _is_voided(row)]


def _standing(rows: Sequence[ReportRow], tallies: Sequence[Tally], standing: Standing) -> Tally:
    return _sum([tally for row, tally in zip(rows, tallies, strict=True) if row.standing is standing])


def _sum(tallies: Iterable[Tally]) -> Tally:
    return sum(tallies, Tally())


def _adjustments(rows: Iterable[ReportRow], zone: ZoneInfo, cut_over: time) -> Iterable[Adjustment]:
    for row in rows:
        day = business_day(_at(row), zone, cut_over)
        foreseen = row.standing in (Standing.PROVISIONAL, Standing.CONFIRMED)
        if not foreseen and row.standing_at is not None and row.standing_at >= bounds(day, day, zone, cut_over)[1]:
            yield Adjustment(row, day, row.standing_at)


def _at(row: ReportRow) -> datetime:
    return row.redemption.moment.at


def _bill(row: ReportRow) -> int:
    return row.redemption.bill.bill_fen or 0


def _offer_key(row: ReportRow) -> OfferKey:
    return OfferKey(row.redemption.campaign_id, row.redemption.offer_index)


def _is_voided(row: ReportRow) -> bool:
    return row.standing is Standing.VOIDED
