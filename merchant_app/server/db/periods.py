"""Reads and writes a campaign's settlement periods, its settlements and their lines, and its reserve."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from merchant_app.domain.kinds import Fen
from merchant_app.domain.settlement import Why
from merchant_app.server.db.tables import redemptions, reserves, settlement_lines, settlement_periods, settlements


@dataclass(frozen=True, slots=True)
class KeptPeriod:
    """Days in the campaign's zone, both included. Outlets up to `done_to` are settled; `closed_at` None: not all."""

    campaign_id: int
    period_index: int
    first_day: date
    last_day: date
    begun_at: datetime
    begun_by: str
    done_to: int
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptSettlement:
    """What is owed to one outlet for a period. `adjusted_fen` is the part of it for days before the period."""

    campaign_id: int
    number: int
    period_index: int
    outlet_id: int
    owed_fen: Fen
    adjusted_fen: Fen
    line_count: int
    paid_on: date | None
    reference: str | None
    paid_at: datetime | None
    paid_by: str | None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a settlement, with what is known of its redemption."""

    number: int
    outlet_id: int
    redemption_id: str
    serial: int
    day: date
    why: Why
    amount_fen: Fen
    redeemed_at: datetime | None
    offer_index: int | None
    bill_fen: int | None
    cashier: str | None


@dataclass(frozen=True, slots=True)
class Totals:
    """A period's settlements added up."""

    outlets: int = 0
    owed_fen: int = 0
    adjusted_fen: int = 0
    lines: int = 0
    paid: int = 0
    paid_fen: int = 0


def periods_of(connection: Connection, campaign_id: int) -> list[KeptPeriod]:
    """The last one first."""
    period = settlement_periods.c
    found = select(settlement_periods).where(period.campaign_id == campaign_id).order_by(period.period_index.desc())
    return [KeptPeriod(*row) for row in connection.execute(found)]


def last_period(connection: Connection, campaign_id: int) -> KeptPeriod | None:
    return next(iter(periods_of(connection, campaign_id)), None)


def period_of(connection: Connection, campaign_id: int, period_index: int) -> KeptPeriod | None:
    row = connection.execute(select(settlement_periods).where(*_is(campaign_id, period_index))).one_or_none()
    return None if row is None else KeptPeriod(*row)


def add_period(connection: Connection, period: KeptPeriod) -> None:
    connection.execute(insert(settlement_periods).values({name: getattr(period, name) for name in period.__slots__}))


def note_done(connection: Connection, period: KeptPeriod, done_to: int, closed_at: datetime | None = None) -> None:
    here = update(settlement_periods).where(*_is(period.campaign_id, period.period_index))
    connection.execute(here.values(done_to=done_to, closed_at=closed_at))


def totals_of(connection: Connection, campaign_id: int) -> dict[int, Totals]:
    """period_index -> its totals."""
    each = settlements.c
    is_paid = each.paid_on.is_not(None)
    sums = (
        func.count(),
        func.sum(each.owed_fen),
        func.sum(each.adjusted_fen),
        func.sum(each.line_count),
        func.count().filter(is_paid),
        func.coalesce(func.sum(each.owed_fen).filter(is_paid), 0),
    )
    found = select(each.period_index, *sums).where(each.campaign_id == campaign_id).group_by(each.period_index)
    return {row[0]: Totals(*map(int, row[1:])) for row in connection.execute(found)}


def settlements_of(
    connection: Connection, campaign_id: int, period_index: int, *, limit: int | None = None, offset: int = 0
) -> list[KeptSettlement]:
    """A period's, in the order of their numbers."""
    each = settlements.c
    here = and_(each.campaign_id == campaign_id, each.period_index == period_index)
    found = select(settlements).where(here).order_by(each.number).limit(limit).offset(offset)
    return [KeptSettlement(*row) for row in connection.execute(found)]


def settlement_of(connection: Connection, campaign_id: int, number: int) -> KeptSettlement | None:
    here = (settlements.c.campaign_id == campaign_id) & (settlements.c.number == number)
    row = connection.execute(select(settlements).where(here)).one_or_none()
    return None if row is None else KeptSettlement(*row)


def mark_paid(
    connection: Connection, kept: KeptSettlement, *, paid_on: date, reference: str, paid_at: datetime, paid_by: str
) -> None:
    here = (settlements.c.campaign_id == kept.campaign_id) & (settlements.c.number == kept.number)
    values = {"paid_on": paid_on, "reference": reference, "paid_at": paid_at, "paid_by": paid_by}
    connection.execute(update(settlements).where(here, settlements.c.paid_on.is_(None)).values(values))


def lines_of(
    connection: Connection,
    campaign_id: int,
    period_index: int,
    *,
    outlet_id: int | None = None,
    before: date | None = None,
    limit: int | None = None,
    offset: int = 0,
) -> list[KeptLine]:
    """Lines of a period in the order of outlet and day: of one outlet, or only those of days before `before`."""
    line, made = settlement_lines.c, redemptions.c
    of_line = and_(
        made.campaign_id == line.campaign_id,
        made.serial == line.serial,
        made.redemption_id == line.redemption_id,
        made.outlet_id == line.outlet_id,
    )
    of_settlement = and_(
        settlements.c.campaign_id == line.campaign_id,
        settlements.c.outlet_id == line.outlet_id,
        settlements.c.period_index == line.period_index,
    )
    wanted = [line.campaign_id == campaign_id, line.period_index == period_index]
    wanted += [] if outlet_id is None else [line.outlet_id == outlet_id]
    wanted += [] if before is None else [line.day < before]
    shown = (made.redeemed_at, made.offer_index, made.bill_fen, made.cashier)
    plain = (line.outlet_id, line.redemption_id, line.serial, line.day, line.why, line.amount_fen)
    found = (
        select(settlements.c.number, *plain, *shown)
        .select_from(settlement_lines.join(settlements, of_settlement).outerjoin(redemptions, of_line))
        .where(*wanted)
        .order_by(line.outlet_id, line.day, line.item_id)
    )
    return [_line(row) for row in connection.execute(found.limit(limit).offset(offset))]


def by_why(connection: Connection, campaign_id: int, period_index: int, outlet_id: int) -> list[tuple[Why, int, Fen]]:
    """(why, how many lines, their sum) of one settlement."""
    line = settlement_lines.c
    here = and_(line.campaign_id == campaign_id, line.outlet_id == outlet_id, line.period_index == period_index)
    found = select(line.why, func.count(), func.sum(line.amount_fen)).where(here).group_by(line.why)
    return sorted((Why(row[0]), int(row[1]), Fen(int(row[2]))) for row in connection.execute(found))


def reserve_of(connection: Connection, campaign_id: int) -> Fen | None:
    stated = connection.scalar(select(reserves.c.reserve_fen).where(reserves.c.campaign_id == campaign_id))
    return None if stated is None else Fen(stated)


def put_reserve(connection: Connection, campaign_id: int, reserve_fen: Fen, *, by: str, now: datetime) -> None:
    connection.execute(delete(reserves).where(reserves.c.campaign_id == campaign_id))
    values = {"campaign_id": campaign_id, "reserve_fen": reserve_fen, "stated_by": by, "stated_at": now}
    connection.execute(insert(reserves).values(values))


def _is(campaign_id: int, period_index: int) -> tuple[Any, Any]:
    period = settlement_periods.c
    return period.campaign_id == campaign_id, period.period_index == period_index


def _line(row: Row[*tuple[Any, ...]]) -> KeptLine:
    values = row._asdict()
    return KeptLine(**{**values, "why": Why(values["why"])})
