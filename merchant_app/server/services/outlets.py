"""Outlets: as they are shown to people, their nearest neighbours, their staff."""

from math import asin, cos, radians, sin, sqrt

from argon2 import PasswordHasher
from sqlalchemy import Connection, Row, insert, select

from ...domain.judging import Outlet
from ...domain.kinds import OutletId, TillId
from ...wire.catalogue import OutletPart, StaffMember
from ..central import Central
from ..db.tables import outlets, staff, tills

NEIGHBOURS = 30
_EARTH_M = 6_371_000


def outlet_of(connection: Connection, outlet_id: OutletId) -> OutletPart | None:
    row = connection.execute(select(outlets).where(outlets.c.outlet_id == outlet_id)).one_or_none()
    return None if row is None else _part(row)


def outlet_of_till(connection: Connection, till_id: TillId) -> OutletPart:
    """The outlet of an enrolled till."""
    there = select(outlets).join(tills, tills.c.outlet_id == outlets.c.outlet_id).where(tills.c.till_id == till_id)
    return _part(connection.execute(there).one())


def judged_at(part: OutletPart) -> Outlet:
    """The outlet as the rules see it."""
    return Outlet(OutletId(part.outlet_id), part.district, part.category)


def neighbours_of(connection: Connection, here: OutletPart) -> list[OutletPart]:
    """The nearest other outlets with how far they are, nearest first; none where this outlet's place is not known."""
    if here.latitude is None or here.longitude is None:
        return []
    place = (here.latitude, here.longitude)
    others = select(outlets.c.outlet_id, outlets.c.latitude, outlets.c.longitude).where(
        outlets.c.outlet_id != here.outlet_id, outlets.c.latitude.is_not(None), outlets.c.longitude.is_not(None)
    )
    by_distance = sorted(
        (metres(place, (row.latitude, row.longitude)), row.outlet_id) for row in connection.execute(others)
    )
    nearest = {outlet_id: distance for distance, outlet_id in by_distance[:NEIGHBOURS]}
    rows = connection.execute(select(outlets).where(outlets.c.outlet_id.in_(nearest))).all()
    return sorted(
        (_part(row, nearest[row.outlet_id]) for row in rows), key=lambda part: (part.distance_m, part.outlet_id)
    )


def metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The way between two places (degrees north and east) as the crow flies."""
    (north, east), (other_north, other_east) = map(_radians, (one, other))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(half)))


def staff_of(connection: Connection, outlet_id: OutletId) -> list[StaffMember]:
    rows = connection.execute(select(staff).where(staff.c.outlet_id == outlet_id).order_by(staff.c.staff_id))
    return [StaffMember(staff_id=row.staff_id, name=row.name, role=row.role, pin_hash=row.pin_hash) for row in rows]


def add_staff(central: Central, outlet_id: OutletId, name: str, role: str, pin: str | None) -> str | None:
    """Somebody who works at this outlet; the new staff id. None: there is no such outlet."""
    pin_hash = None if pin is None else PasswordHasher().hash(pin)
    with central.database.writing() as connection:
        if outlet_of(connection, outlet_id) is None:
            return None
        count = len(staff_of(connection, outlet_id))
        staff_id = f"{outlet_id}-{count + 1:02d}"
        row = {"staff_id": staff_id, "outlet_id": outlet_id, "name": name, "role": role, "pin_hash": pin_hash}
        connection.execute(insert(staff).values(**row))
    return staff_id


def _part(row: Row[tuple[object, ...]], distance_m: int = 0) -> OutletPart:
    return OutletPart(**row._asdict(), distance_m=distance_m)


def _radians(place: tuple[float, float]) -> tuple[float, float]:
    return radians(place[0]), radians(place[1])
