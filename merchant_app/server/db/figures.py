"""Reads a campaign's figures from the kept summaries, each question from the coarsest one that can answer it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, Table, and_, cast, func, or_, select

from merchant_app.domain.campaign_report import NOTHING, Amounts, Place, Release, Wanted
from merchant_app.domain.kinds import Bilingual, OutletId
from merchant_app.server.db.merchants import all_merchants
from merchant_app.server.db.tables import claimed, outlets, tallies, tallies_by_day, tallies_by_outlet
from merchant_app.server.db.tables_of_report import MEASURES

_FEW = 500
RELEASE = ("day", "round_index", "offer_index", "channel")


def redeemed_by_release(connection: Connection, wanted: Wanted) -> list[tuple[Release, Amounts]]:
    """What was redeemed, by day, round, offer and channel."""
    rows = _read(connection, tallies if wanted.is_of_places else tallies_by_day, RELEASE, wanted)
    return [(_release(row), (0, *row[4:])) for row in rows]


def redeemed_by_outlet(connection: Connection, wanted: Wanted) -> list[tuple[OutletId, Amounts]]:
    rows = _read(connection, tallies if wanted.is_of_releases else tallies_by_outlet, ("outlet_id",), wanted)
    return [(OutletId(row.outlet_id), (0, *row[1:])) for row in rows]


def claimed_by_release(connection: Connection, wanted: Wanted) -> list[tuple[Release, Amounts]]:
    """What was claimed, by day, round, offer and channel; in places: what was given out for these outlets alone."""
    rows = _claimed(connection, RELEASE, wanted)
    return [(_release(row), (row.claimed, *NOTHING[1:])) for row in rows]


def claimed_by_outlet(connection: Connection, wanted: Wanted) -> list[tuple[OutletId, Amounts]]:
    """`ANY_OUTLET` stands for what is good at many."""
    rows = _claimed(connection, ("outlet_id",), wanted)
    return [(OutletId(row.outlet_id), (row.claimed, *NOTHING[1:])) for row in rows]


def places(connection: Connection, outlet_ids: Collection[int]) -> dict[OutletId, Place]:
    """These outlets, with what they are grouped by."""
    names = ("outlet_id", "name_zh", "name_en", "district", "category", "merchant_id")
    found = select(*(outlets.c[name] for name in names))
    if len(outlet_ids) <= _FEW:  # else nearly all of them are wanted, and reading all is quicker than naming them
        found = found.where(outlets.c.outlet_id.in_(outlet_ids))
    return {OutletId(row[0]): Place(Bilingual(row[1], row[2]), *row[3:]) for row in connection.execute(found)}


def outlet_names(connection: Connection) -> dict[OutletId, Bilingual]:
    columns = (outlets.c.outlet_id, outlets.c.name_zh, outlets.c.name_en)
    return {OutletId(row[0]): Bilingual(row[1], row[2]) for row in connection.execute(select(*columns))}


def merchant_names(connection: Connection) -> dict[int, Bilingual]:
    return {each.merchant_id: Bilingual(each.name_zh, each.name_en) for each in all_merchants(connection)}


def days_with_any(connection: Connection, campaign_id: int) -> list[date]:
    """The first and the last day on which anything was claimed, and on which anything was redeemed."""
    days: list[date | None] = []
    for table in (claimed, tallies_by_day):
        ends = select(func.min(table.c.day), func.max(table.c.day)).where(table.c.campaign_id == campaign_id)
        days += connection.execute(ends).one()
    return [day for day in days if day is not None]


def narrowed(table: Table, wanted: Wanted) -> ColumnElement[bool]:
    """The rows of a table by day that are asked for."""
    conditions = [table.c.campaign_id == wanted.campaign_id, table.c.day.between(wanted.first_day, wanted.last_day)]
    for name in ("outlet_id", "round_index", "offer_index", "channel"):
        value = getattr(wanted, name)
        if value is not None:
            conditions.append(table.c[name] == value)
    if wanted.district is not None or wanted.category is not None:
        conditions.append(table.c.outlet_id.in_(select(outlets.c.outlet_id).where(_is_there(wanted))))
    return and_(*conditions)


def _is_there(wanted: Wanted) -> ColumnElement[bool]:
    conditions = []
    if wanted.district is not None:
        conditions.append(outlets.c.district == wanted.district)
    if wanted.category is not None:
        below = outlets.c.category.startswith(f"{wanted.category}/", autoescape=True)
        conditions.append(or_(outlets.c.category == wanted.category, below))
    return and_(*conditions)


def _read(connection: Connection, table: Table, key: Sequence[str], wanted: Wanted) -> list[Row[Any]]:
    columns = [table.c[name] for name in key]
    sums = [cast(func.sum(table.c[name]), BigInteger) for name in MEASURES]
    return list(connection.execute(select(*columns, *sums).where(narrowed(table, wanted)).group_by(*columns)))


def _claimed(connection: Connection, key: Sequence[str], wanted: Wanted) -> list[Row[Any]]:
    columns = [claimed.c[name] for name in key]
    count = cast(func.sum(claimed.c.claimed_count), BigInteger).label("claimed")
    return list(connection.execute(select(*columns, count).where(narrowed(claimed, wanted)).group_by(*columns)))


def _release(row: Row[Any]) -> Release:
    return Release(row.day, row.round_index, row.offer_index, row.channel or None)
