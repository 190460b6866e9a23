"""Reads and writes outlets and their staff."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, insert, select

from merchant_app.server.db.notes import note_change
from merchant_app.server.db.tables import outlets, staff, tills
from merchant_app.wire.catalogue import OutletPart, StaffMember

_CHUNK = 500


def outlet_of(connection: Connection, outlet_id: int) -> OutletPart | None:
    found = outlets_where(connection, outlets.c.outlet_id == outlet_id)
    return found[0] if found else None


def outlet_of_till(connection: Connection, till_id: str) -> OutletPart:
    """The outlet of an enrolled till."""
    there = select(outlets).join(tills, tills.c.outlet_id == outlets.c.outlet_id).where(tills.c.till_id == till_id)
    return OutletPart(**connection.execute(there).one()._asdict())


def outlets_among(connection: Connection, outlet_ids: Collection[int]) -> list[OutletPart]:
    return outlets_where(connection, outlets.c.outlet_id.in_(outlet_ids))


def outlets_where(connection: Connection, condition: ColumnElement[bool]) -> list[OutletPart]:
    return [OutletPart(**row._asdict()) for row in connection.execute(select(outlets).where(condition))]


def places(connection: Connection) -> list[tuple[int, float, float]]:
    """(outlet_id, degrees north, degrees east) of every outlet whose place is known."""
    columns = (outlets.c.outlet_id, outlets.c.latitude, outlets.c.longitude)
    known = outlets.c.latitude.is_not(None) & outlets.c.longitude.is_not(None)
    return [(row.outlet_id, row.latitude, row.longitude) for row in connection.execute(select(*columns).where(known))]


def put_outlets(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """New ones are added, known ones replaced."""
    for start in range(0, len(rows), _CHUNK):
        some = rows[start : start + _CHUNK]
        connection.execute(delete(outlets).where(outlets.c.outlet_id.in_([row["outlet_id"] for row in some])))
        connection.execute(insert(outlets), some)
    note_change(connection)


def staff_of(connection: Connection, outlet_id: int) -> list[StaffMember]:
    rows = connection.execute(select(staff).where(staff.c.outlet_id == outlet_id).order_by(staff.c.staff_id))
    return [StaffMember(staff_id=row.staff_id, name=row.name, role=row.role, pin_hash=row.pin_hash) for row in rows]


def put_staff(connection: Connection, outlet_id: int, member: StaffMember) -> None:
    connection.execute(insert(staff).values(outlet_id=outlet_id, **member.model_dump()))
    note_change(connection)
