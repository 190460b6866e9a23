"""Counts every redemption anew and compares the kept summaries with it, by another way than they were made.

The bills are ranked by a window over all rows; the database compares the two sides and gives only where they differ.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, Table, case, cast, func, select

from merchant_app.domain.redemption import Standing
from merchant_app.server.db.tables import redemptions, tallies, tallies_by_day, tallies_by_outlet
from merchant_app.server.db.tables_of_report import MEASURES

MOST_SHOWN = 100


class Difference(NamedTuple):
    """A line of a summary that its rows do not bear out, or that is missing. `table`: which summary."""

    table: str
    campaign_id: int
    day: date
    key: tuple[int | str, ...]


def differences(connection: Connection) -> set[Difference]:
    """At most `MOST_SHOWN` for each summary; none: all of them say what the rows say."""
    found: set[Difference] = set()
    for table, truth in (
        (tallies, _counted()),
        (tallies_by_outlet, _summed(tallies_by_outlet)),
        (tallies_by_day, _summed(tallies_by_day)),
    ):
        kept = select(*table.columns)
        for one, other in ((kept, truth), (truth, kept)):
            found.update(_named(table, connection.execute(one.except_(other).limit(MOST_SHOWN))))
    return found


def redemptions_count(connection: Connection) -> int:
    return connection.scalar(select(func.count()).select_from(redemptions)) or 0


def _named(table: Table, rows: Iterable[Any]) -> Iterable[Difference]:
    finer = len(table.primary_key.columns) - 2
    for row in rows:
        yield Difference(table.name, row[0], row[1], tuple(row[2 : 2 + finer]))


def _counted() -> Select[Any]:
    """What `tallies` has to hold."""
    is_voided = redemptions.c.standing == Standing.VOIDED.value
    bill = (redemptions.c.campaign_id, redemptions.c.till_id, redemptions.c.bill_id, is_voided)
    order = (redemptions.c.redeemed_at, redemptions.c.redemption_id)
    ranked = select(
        *(redemptions.c[name] for name in ("campaign_id", "day", "outlet_id", "round_index", "offer_index")),
        func.coalesce(redemptions.c.channel, "").label("channel"),
        redemptions.c.amount_off_fen,
        redemptions.c.bill_fen,
        redemptions.c.standing,
        func.row_number().over(partition_by=bill, order_by=order).label("place_on_bill"),
    ).subquery()
    key = [ranked.c[column.name] for column in tallies.primary_key]
    voided, contested = (ranked.c.standing == each.value for each in (Standing.VOIDED, Standing.CONTESTED))
    carries = ~voided & (ranked.c.place_on_bill == 1)
    off, bill_fen = ranked.c.amount_off_fen, func.coalesce(ranked.c.bill_fen, 0)
    parts = (
        (~voided, 1),
        (~voided, off),
        (carries, bill_fen),
        (contested, 1),
        (contested, off),
        (voided, 1),
        (voided, off),
    )
    return select(*key, *(_sum(case((when, amount), else_=0)) for when, amount in parts)).group_by(*key)


def _summed(coarser: Table) -> Select[Any]:
    key = [tallies.c[column.name] for column in coarser.primary_key]
    return select(*key, *(_sum(tallies.c[name]) for name in MEASURES)).group_by(*key)


def _sum(of: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.sum(of), BigInteger)
