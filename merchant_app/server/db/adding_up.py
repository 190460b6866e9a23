"""Adds redemptions up into the report's kept summaries: always anew from the rows, never by differences.

One call is about one day of one campaign, so that every statement finds its rows by an index on either engine.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Table,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from merchant_app.domain.redemption import Standing
from merchant_app.server.db.stale import Cell
from merchant_app.server.db.tables import redemptions, tallies, tallies_by_day, tallies_by_outlet
from merchant_app.server.db.tables_of_report import MEASURES

_KEPT = redemptions.c.standing != Standing.VOIDED.value


def add_up_outlets(connection: Connection, campaign_id: int, day: date, outlet_ids: Collection[int]) -> None:
    """Writes what these outlets' redemptions of the day come to. The day itself is then to be added up, too."""
    mine = and_(
        redemptions.c.campaign_id == campaign_id, redemptions.c.day == day, redemptions.c.outlet_id.in_(outlet_ids)
    )
    channel = func.coalesce(redemptions.c.channel, "")
    key = [redemptions.c[name] for name in ("campaign_id", "day", "outlet_id", "round_index", "offer_index")]
    counted = select(*key, channel, *_measured()).where(mine).group_by(*key, channel)
    _replace(connection, tallies, counted, campaign_id, day, outlet_ids)
    _replace(connection, tallies_by_outlet, _of(tallies_by_outlet, campaign_id, day), campaign_id, day, outlet_ids)


def add_up_day(connection: Connection, campaign_id: int, day: date) -> None:
    """Writes what a day comes to, from what each outlet's does."""
    _replace(connection, tallies_by_day, _of(tallies_by_day, campaign_id, day), campaign_id, day, None)


def sharing_a_bill(connection: Connection, campaign_id: int, day: date, outlet_ids: Collection[int]) -> list[Cell]:
    """Other days on which a bill of these was redeemed as well (past midnight): which of them carries its amount may
    have changed with these."""
    one, other = redemptions.alias("one"), redemptions.alias("other")
    mine = and_(one.c.campaign_id == campaign_id, one.c.day == day, one.c.outlet_id.in_(outlet_ids))
    elsewhere = or_(other.c.day != one.c.day, other.c.outlet_id != one.c.outlet_id)
    columns = (other.c.campaign_id, other.c.day, other.c.outlet_id)
    found = select(*columns).distinct().join_from(one, other, _same_bill(one, other) & elsewhere).where(mine)
    return [Cell(*row) for row in connection.execute(found)]


def by_day(cells: Collection[Cell]) -> dict[tuple[int, date], list[int]]:
    """(campaign_id, day) -> outlet_ids."""
    grouped: dict[tuple[int, date], list[int]] = defaultdict(list)
    for cell in cells:
        grouped[cell.campaign_id, cell.day].append(cell.outlet_id)
    return grouped


def _measured() -> list[ColumnElement[int]]:
    """The measures, in their order."""
    off, contested = redemptions.c.amount_off_fen, redemptions.c.standing == Standing.CONTESTED.value
    bill = func.coalesce(redemptions.c.bill_fen, 0)
    return [
        _sum(case((_KEPT, 1), else_=0)),
        _sum(case((_KEPT, off), else_=0)),
        _sum(case((_KEPT & ~_has_earlier_kept(), bill), else_=0)),
        _sum(case((contested, 1), else_=0)),
        _sum(case((contested, off), else_=0)),
        _sum(case((_KEPT, 0), else_=1)),
        _sum(case((_KEPT, 0), else_=off)),
    ]


def _has_earlier_kept() -> ColumnElement[bool]:
    """Whether a redemption of the same bill that was kept comes before this one: that one, then, carries the bill."""
    earlier = redemptions.alias("earlier")
    before = or_(
        earlier.c.redeemed_at < redemptions.c.redeemed_at,
        (earlier.c.redeemed_at == redemptions.c.redeemed_at) & (earlier.c.redemption_id < redemptions.c.redemption_id),
    )
    kept = earlier.c.standing != Standing.VOIDED.value
    return exists().where(_same_bill(earlier, redemptions) & kept & before).correlate(redemptions)


def _same_bill(one: Any, other: Any) -> ColumnElement[bool]:
    """Bills are numbered by each till for itself; what one bill drove is counted once in each campaign."""
    return and_(*(one.c[name] == other.c[name] for name in ("till_id", "bill_id", "campaign_id")))


def _of(coarser: Table, campaign_id: int, day: date) -> Any:
    """A coarser table's rows of the day, added up from the finest."""
    key = [tallies.c[column.name] for column in coarser.primary_key]
    sums = [_sum(tallies.c[name]) for name in MEASURES]
    return select(*key, *sums).where(tallies.c.campaign_id == campaign_id, tallies.c.day == day).group_by(*key)


def _replace(
    connection: Connection, table: Table, rows: Any, campaign_id: int, day: date, outlet_ids: Collection[int] | None
) -> None:
    here = and_(table.c.campaign_id == campaign_id, table.c.day == day)
    if outlet_ids is not None:
        here &= table.c.outlet_id.in_(outlet_ids)
        if table is tallies_by_outlet:
            rows = rows.where(tallies.c.outlet_id.in_(outlet_ids))
    connection.execute(delete(table).where(here))
    connection.execute(insert(table).from_select([column.name for column in table.columns], rows))


def _sum(of: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.sum(of), BigInteger)
