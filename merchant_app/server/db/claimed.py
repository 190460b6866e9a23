"""Reads and writes the tally of issued coupons by campaign, day, round, offer, channel and outlet; recounts it."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, func, insert, select, type_coerce, update

from merchant_app.server.db.columns import EPOCH
from merchant_app.server.db.tables import claimed, coupons

_QUARTER = timedelta(minutes=15)
"""Every zone's midnight falls on a full quarter of an hour."""


class Cell(NamedTuple):
    """`day` is in the campaign's zone; `channel` is empty where none is known; `outlet_id` 0 unless its own paper."""

    campaign_id: int
    day: date
    round_index: int
    offer_index: int
    channel: str
    outlet_id: int


class Quarter(NamedTuple):
    """Coupons of one kind that were issued within one quarter of an hour, which begins at `begins_at`."""

    campaign_id: int
    begins_at: datetime
    round_index: int
    offer_index: int
    channel: str
    outlet_id: int
    issued_count: int


def raise_claimed_counts(connection: Connection, counts: Mapping[Cell, int]) -> None:
    for cell, count in counts.items():
        here = [claimed.c[name] == value for name, value in cell._asdict().items()]
        raised = connection.execute(update(claimed).where(*here).values(claimed_count=claimed.c.claimed_count + count))
        if raised.rowcount == 0:
            connection.execute(insert(claimed).values(**cell._asdict(), claimed_count=count))


def claimed_counts(connection: Connection) -> dict[Cell, int]:
    columns = [claimed.c[name] for name in Cell._fields]
    return {Cell(*cell): count for *cell, count in connection.execute(select(*columns, claimed.c.claimed_count))}


def issued_quarters(connection: Connection) -> Iterable[Quarter]:
    """Every coupon counted from its own row. One pass: the database groups, we make days of quarters."""
    quarter = (type_coerce(coupons.c.issued_at, BigInteger) // (_QUARTER // timedelta(microseconds=1))).label("quarter")
    channel = func.coalesce(coupons.c.channel, "").label("channel")
    by = (coupons.c.campaign_id, quarter, coupons.c.round_index, coupons.c.offer_index, channel, coupons.c.outlet_id)
    for row in connection.execute(select(*by, func.count().label("issued_count")).group_by(*by)):
        kind = (row.round_index, row.offer_index, row.channel, row.outlet_id)
        yield Quarter(row.campaign_id, EPOCH + row.quarter * _QUARTER, *kind, row.issued_count)
