"""Outlets: their nearest neighbours, their staff, and how the rules see them."""

from math import asin, cos, radians, sin, sqrt
from typing import Literal

from argon2 import PasswordHasher
from sqlalchemy import Connection

from merchant_app.domain.judging import Outlet
from merchant_app.domain.kinds import OutletId
from merchant_app.server.central import Central
from merchant_app.server.db import outlets as outlet_rows
from merchant_app.wire.catalogue import OutletPart, StaffMember

NEIGHBOURS = 30
_EARTH_M = 6_371_000


def judged_at(part: OutletPart) -> Outlet:
    """The outlet as the rules see it."""
    return Outlet(OutletId(part.outlet_id), part.district, part.category)


def neighbours_of(connection: Connection, here: OutletPart) -> list[OutletPart]:
    """The nearest other outlets with how far they are, nearest first; none where this outlet's place is not known."""
    if here.latitude is None or here.longitude is None:
        return []
    place = (here.latitude, here.longitude)
    by_distance = sorted(
        (metres(place, (north, east)), outlet_id)
        for outlet_id, north, east in outlet_rows.places(connection)
        if outlet_id != here.outlet_id
    )
    nearest = {outlet_id: distance for distance, outlet_id in by_distance[:NEIGHBOURS]}
    parts = outlet_rows.outlets_among(connection, nearest.keys())
    told = [part.model_copy(update={"distance_m": nearest[part.outlet_id]}) for part in parts]
    return sorted(told, key=lambda part: (part.distance_m, part.outlet_id))


def metres(one: tuple[float, float], other: tuple[float, float]) -> int:
    """The way between two places (degrees north and east) as the crow flies."""
    (north, east), (other_north, other_east) = map(_radians, (one, other))
    half = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin((other_east - east) / 2) ** 2
    return round(2 * _EARTH_M * asin(sqrt(half)))


def add_staff(
    central: Central, outlet_id: OutletId, name: str, role: Literal["cashier", "manager"], pin: str | None
) -> str | None:
    """Somebody who works at this outlet; the new staff id. None: there is no such outlet."""
    pin_hash = None if pin is None else PasswordHasher().hash(pin)
    with central.database.writing() as connection:
        if outlet_rows.outlet_of(connection, outlet_id) is None:
            return None
        staff_id = f"{outlet_id}-{len(outlet_rows.staff_of(connection, outlet_id)) + 1:02d}"
        new = StaffMember(staff_id=staff_id, name=name, role=role, pin_hash=pin_hash)
        outlet_rows.put_staff(connection, outlet_id, new)
    return staff_id


def _radians(place: tuple[float, float]) -> tuple[float, float]:
    return radians(place[0]), radians(place[1])
