"""Marks what the report's kept summaries no longer say truly; done by whoever writes a redemption, as it is written."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, text

from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.db.tables import stale_tallies


class Cell(NamedTuple):
    """What is added up anew together: one outlet's day in one campaign."""

    campaign_id: int
    day: date
    outlet_id: int


WHOLE_DAY = -1
"""In the place of an outlet: its outlets are added up, the day itself is not yet."""
_MARK = text(
    "INSERT INTO stale_tallies (campaign_id, day, outlet_id) VALUES (:campaign_id, :day, :outlet_id)"
    " ON CONFLICT DO NOTHING"
).bindparams(*(bindparam(column.name, type_=column.type) for column in stale_tallies.columns))


def mark_stale(connection: Connection, changed: Iterable[KeptRedemption]) -> None:
    """The summaries of these redemptions are added up anew before a report is read."""
    cells = {Cell(each.campaign_id, each.day, each.outlet_id) for each in changed}
    if cells:
        connection.execute(_MARK, [cell._asdict() for cell in sorted(cells)])


def mark_day_stale(connection: Connection, campaign_id: int, day: date) -> None:
    connection.execute(_MARK, Cell(campaign_id, day, WHOLE_DAY)._asdict())


def stale_cells(connection: Connection) -> list[Cell]:
    """Every stale cell, by campaign and day."""
    return [Cell(*row) for row in connection.execute(select(stale_tallies).order_by(*stale_tallies.primary_key))]


def mark_fresh(connection: Connection, campaign_id: int, day: date, outlet_ids: Collection[int]) -> None:
    here = (stale_tallies.c.campaign_id == campaign_id) & (stale_tallies.c.day == day)
    connection.execute(delete(stale_tallies).where(here & stale_tallies.c.outlet_id.in_(outlet_ids)))
