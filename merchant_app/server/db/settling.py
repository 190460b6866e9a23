"""The statements that close a period: what is owed now less what was settled before, for a run of outlets at a time.

No statement looks at one redemption alone: the index by campaign, outlet and day gives the redemptions of an outlet
together, and the key of the lines gives what was settled for them.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    case,
    cast,
    func,
    insert,
    literal,
    select,
)

from merchant_app.domain.disputes import Payer
from merchant_app.domain.redemption import Standing
from merchant_app.domain.settlement import Why
from merchant_app.server.db.periods import KeptPeriod
from merchant_app.server.db.tables import disputes, outlets, redemptions, settlement_lines, settlements

_LINE = ("campaign_id", "outlet_id", "item_id", "period_index", "redemption_id", "serial", "day", "why", "amount_fen")


@dataclass(frozen=True, slots=True)
class Outlets:
    """A run of outlets by their numbers, both ends included."""

    first: int
    last: int


def next_outlets(connection: Connection, after: int, count: int) -> Outlets | None:
    """The next of all outlets; None: that was the last."""
    some = select(outlets.c.outlet_id).where(outlets.c.outlet_id > after).order_by(outlets.c.outlet_id).limit(count)
    ids = list(connection.scalars(some))
    return Outlets(ids[0], ids[-1]) if ids else None


def count_outlets(connection: Connection, up_to: int | None = None) -> int:
    counted = select(func.count()).select_from(outlets)
    return connection.scalar(counted if up_to is None else counted.where(outlets.c.outlet_id <= up_to)) or 0


def write_lines(connection: Connection, period: KeptPeriod, some: Outlets) -> None:
    """A line for everything of these outlets that is owed differently than was settled."""
    for lines in (_of_redemptions(period, some), _of_disputes(period, some)):
        connection.execute(insert(settlement_lines).from_select(_LINE, lines))


def write_settlements(connection: Connection, period: KeptPeriod, some: Outlets) -> None:
    """One for each of these outlets that has lines, numbered on from the campaign's last without a gap."""
    line = settlement_lines.c
    of_campaign = settlements.c.campaign_id == period.campaign_id
    last = connection.scalar(select(func.max(settlements.c.number)).where(of_campaign)) or 0
    number = literal(last, BigInteger) + func.row_number().over(order_by=line.outlet_id)
    earlier = case((line.day < period.first_day, line.amount_fen), else_=0)
    found = (
        select(
            line.campaign_id,
            number,
            line.period_index,
            line.outlet_id,
            cast(func.sum(line.amount_fen), BigInteger),
            cast(func.sum(earlier), BigInteger),
            func.count(),
        )
        .where(_among(line, period, some), line.period_index == period.period_index)
        .group_by(line.campaign_id, line.period_index, line.outlet_id)
    )
    names = ("campaign_id", "number", "period_index", "outlet_id", "owed_fen", "adjusted_fen", "line_count")
    connection.execute(insert(settlements).from_select(names, found))


def preview(connection: Connection, period: KeptPeriod, some: Outlets) -> list[tuple[int, int, int, int]]:
    """What closing would give these outlets: (outlet_id, owed_fen, adjusted_fen, line_count), by outlet."""
    lines = _of_redemptions(period, some).union_all(_of_disputes(period, some)).subquery()
    earlier = case((lines.c.day < period.first_day, lines.c.amount_fen), else_=0)
    sums = (cast(func.sum(lines.c.amount_fen), BigInteger), cast(func.sum(earlier), BigInteger), func.count())
    found = select(lines.c.outlet_id, *sums).group_by(lines.c.outlet_id).order_by(lines.c.outlet_id)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(found)]


def _of_redemptions(period: KeptPeriod, some: Outlets) -> Select[Any]:
    item, settled = redemptions.c, _settled(period, some)
    pays = and_(item.standing == Standing.RESOLVED.value, item.payer == Payer.CAMPAIGN.value)
    owed = case((item.standing == Standing.CONFIRMED.value, item.amount_off_fen), (pays, item.amount_off_fen), else_=0)
    difference = owed - func.coalesce(settled.c.amount_fen, 0)
    why = case(
        (item.standing == Standing.VOIDED.value, Why.VOIDED.value),
        (pays, Why.CAMPAIGN_PAYS.value),
        (item.standing == Standing.RESOLVED.value, Why.OUTLET_PAYS.value),
        (item.dispute_id.is_not(None), Why.CONFIRMED.value),
        (item.day < period.first_day, Why.LATE.value),
        else_=Why.REDEEMED.value,
    )
    joined = redemptions.outerjoin(settled, settled.c.item_id == item.redemption_id)
    return (
        select(*_line(item, period, item.redemption_id, item.redemption_id, why, difference))
        .select_from(joined)
        .where(_among(item, period, some), item.day <= period.last_day, difference != 0)
    )


def _of_disputes(period: KeptPeriod, some: Outlets) -> Select[Any]:
    """What is owed for rows that are no redemptions of their own: known once, when the dispute was resolved."""
    item, settled = disputes.c, _settled(period, some)
    joined = disputes.outerjoin(settled, settled.c.item_id == item.dispute_id)
    why = literal(Why.CAMPAIGN_PAYS.value)
    return (
        select(*_line(item, period, item.dispute_id, item.redemption_id, why, item.owed_fen))
        .select_from(joined)
        .where(_among(item, period, some), item.day <= period.last_day, item.owed_fen != 0, settled.c.item_id.is_(None))
    )


def _line(
    item: Any,
    period: KeptPeriod,
    item_id: ColumnElement[str],
    redemption_id: ColumnElement[Any],
    why: ColumnElement[str],
    amount: ColumnElement[int],
) -> list[ColumnElement[Any]]:
    """The columns of a line, named so that they can be read as a table too."""
    return [
        item.campaign_id.label("campaign_id"),
        item.outlet_id.label("outlet_id"),
        item_id.label("item_id"),
        literal(period.period_index, BigInteger).label("period_index"),
        redemption_id.label("redemption_id"),
        item.serial.label("serial"),
        item.day.label("day"),
        why.label("why"),
        cast(amount, BigInteger).label("amount_fen"),
    ]


def _settled(period: KeptPeriod, some: Outlets) -> Any:
    """What all lines so far gave for each item of these outlets."""
    line = settlement_lines.c
    return (
        select(line.item_id, cast(func.sum(line.amount_fen), BigInteger).label("amount_fen"))
        .where(_among(line, period, some))
        .group_by(line.outlet_id, line.item_id)
        .subquery()
    )


def _among(columns: Any, period: KeptPeriod, some: Outlets) -> ColumnElement[bool]:
    return and_(columns.campaign_id == period.campaign_id, columns.outlet_id.between(some.first, some.last))
