"""Reads and writes which outlets take part in the campaigns that go by opting in.

`state` names one state of a campaign's participants: a new one with every change, never used before. So whoever
remembers three thousand outlets under it knows at one glance whether they are still the ones.
"""

from collections.abc import Collection, Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from merchant_app.server.db.notes import note_change
from merchant_app.server.db.tables import by_opt_in, participants

_CHUNK = 500


def states(connection: Connection) -> dict[int, str]:
    """Campaigns that go by opting in, each with the state of its participants."""
    return {row.campaign_id: row.state for row in connection.execute(select(by_opt_in))}


def put_state(connection: Connection, campaign_id: int, state: str | None) -> None:
    """None: from now on the campaign takes every outlet in its scope."""
    connection.execute(delete(by_opt_in).where(by_opt_in.c.campaign_id == campaign_id))
    if state is not None:
        connection.execute(insert(by_opt_in).values(campaign_id=campaign_id, state=state))
    note_change(connection)


def taking_part(connection: Connection, campaign_id: int) -> set[int]:
    """The outlets that are opted in now."""
    there = (participants.c.campaign_id == campaign_id) & participants.c.opted_out_at.is_(None)
    return set(connection.scalars(select(participants.c.outlet_id).where(there)))


def campaigns_of(connection: Connection, outlet_id: int) -> dict[int, datetime | None]:
    """The campaigns that this outlet ever opted into, with when it left (None: it takes part)."""
    rows = connection.execute(select(participants).where(participants.c.outlet_id == outlet_id))
    return {row.campaign_id: row.opted_out_at for row in rows}


def put_in(connection: Connection, campaign_id: int, outlet_ids: Collection[int], now: datetime) -> None:
    """Outlets that did not take part; one that comes back begins anew."""
    for here in _chunks(campaign_id, outlet_ids):
        connection.execute(delete(participants).where(here))
    rows = [{"campaign_id": campaign_id, "outlet_id": each, "opted_in_at": now} for each in outlet_ids]
    if rows:
        connection.execute(insert(participants), rows)


def put_out(connection: Connection, campaign_id: int, outlet_ids: Collection[int], now: datetime) -> None:
    """Outlets that took part until now."""
    for here in _chunks(campaign_id, outlet_ids):
        connection.execute(update(participants).where(here).values(opted_out_at=now))


def forget(connection: Connection, campaign_id: int) -> None:
    """Of a campaign that was never opened: whoever takes its number begins anew."""
    for table in (by_opt_in, participants):
        connection.execute(delete(table).where(table.c.campaign_id == campaign_id))


def _chunks(campaign_id: int, outlet_ids: Collection[int]) -> Iterator[ColumnElement[bool]]:
    some = list(outlet_ids)
    for start in range(0, len(some), _CHUNK):
        yield (participants.c.campaign_id == campaign_id) & participants.c.outlet_id.in_(some[start : start + _CHUNK])
