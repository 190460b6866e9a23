"""Outlets: their staff, and how the rules see them."""

from typing import Literal

from argon2 import PasswordHasher

from merchant_app.domain.judging import Outlet
from merchant_app.domain.kinds import OperatorId, OutletId
from merchant_app.server.central import Central
from merchant_app.server.db import outlets as outlet_rows
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.wire.catalogue import OutletPart, StaffMember


def judged_at(part: OutletPart) -> Outlet:
    """The outlet as the rules see it."""
    return Outlet(OutletId(part.outlet_id), part.district, part.category)


def add_staff(
    central: Central,
    outlet_id: OutletId,
    name: str,
    role: Literal["cashier", "manager"],
    pin: str | None,
    *,
    by: OperatorId | None = None,
) -> str | None:
    """Somebody who works at this outlet; the new staff id. None: there is no such outlet."""
    pin_hash = None if pin is None else PasswordHasher().hash(pin)
    with central.database.writing() as connection:
        if outlet_rows.outlet_of(connection, outlet_id) is None:
            return None
        staff_id = f"{outlet_id}-{len(outlet_rows.staff_of(connection, outlet_id)) + 1:02d}"
        new = StaffMember(staff_id=staff_id, name=name, role=role, pin_hash=pin_hash)
        outlet_rows.put_staff(connection, outlet_id, new)
        note_deed(connection, by, Deed.STAFF_ADDED, staff_id, at=central.now(), name=name, role=role)
    return staff_id
