"""Reads and writes outlets and their staff."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, insert, select, update

from merchant_app.server.db.notes import note_change
from merchant_app.server.db.tables import outlets, staff, tills
from merchant_app.wire.catalogue import OutletPart, StaffMember


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


def open_outlets(connection: Connection) -> list[OutletPart]:
    """Every outlet that has not closed."""
    return outlets_where(connection, outlets.c.closed_at.is_(None))


def is_open(connection: Connection, outlet_id: int) -> bool:
    """Whether there is such an outlet, and it has not closed."""
    here = (outlets.c.outlet_id == outlet_id) & outlets.c.closed_at.is_(None)
    return connection.scalar(select(outlets.c.outlet_id).where(here)) is not None


def outlets_after(connection: Connection, outlet_id: int, most: int) -> list[Row[Any]]:
    """Whole rows in the order of their numbers, at most so many."""
    later = select(outlets).where(outlets.c.outlet_id > outlet_id).order_by(outlets.c.outlet_id)
    return list(connection.execute(later.limit(most)))


def known_ids(connection: Connection) -> set[int]:
    return set(connection.scalars(select(outlets.c.outlet_id)))


def put_outlets(connection: Connection, rows: list[dict[str, Any]], columns: Collection[str]) -> None:
    """New ones are added whole; of known ones only these `columns` are written, the others stay."""
    known = known_ids(connection)
    new = [row for row in rows if row["outlet_id"] not in known]
    if new:
        connection.execute(insert(outlets), new)
    changed = [{f"new_{name}": row[name] for name in row} for row in rows if row["outlet_id"] in known]
    if changed:
        here = outlets.c.outlet_id == bindparam("new_outlet_id")
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in columns if name in outlets.c}
        connection.execute(update(outlets).where(here).values(values), changed)
    note_change(connection)


def mark_closed(connection: Connection, outlet_id: int, closed_at: datetime | None) -> None:
    """None: it is open again."""
    connection.execute(update(outlets).where(outlets.c.outlet_id == outlet_id).values(closed_at=closed_at))
    note_change(connection)


def staff_of(connection: Connection, outlet_id: int) -> list[StaffMember]:
    rows = connection.execute(select(staff).where(staff.c.outlet_id == outlet_id).order_by(staff.c.staff_id))
    return [StaffMember(staff_id=row.staff_id, name=row.name, role=row.role, pin_hash=row.pin_hash) for row in rows]


def put_staff(connection: Connection, outlet_id: int, member: StaffMember) -> None:
    connection.execute(insert(staff).values(outlet_id=outlet_id, **member.model_dump()))
    note_change(connection, outlet_id)
