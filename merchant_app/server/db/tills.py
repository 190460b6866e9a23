"""Reads and writes tills and the invitations by which they come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from merchant_app.server.db.tables import invitations, tills


@dataclass(frozen=True, slots=True)
class EnrolledTill:
    """A till as it was enrolled, and since when it is not answered any more."""

    till_id: str
    outlet_id: int
    name: str
    version: str
    public_key: bytes
    enrolled_at: datetime
    revoked_at: datetime | None
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptInvitation:
    outlet_id: int
    expires_at: datetime
    till_id: str | None
    """Who used it."""


_COLUMNS = [tills.c[name] for name in EnrolledTill.__slots__]


def till_of(connection: Connection, till_id: str) -> EnrolledTill | None:
    row = connection.execute(select(*_COLUMNS).where(tills.c.till_id == till_id)).one_or_none()
    return None if row is None else EnrolledTill(*row)


def all_tills(connection: Connection) -> list[EnrolledTill]:
    """By outlet, and in the order in which they came."""
    return [
        EnrolledTill(*row) for row in connection.execute(select(*_COLUMNS).order_by(tills.c.outlet_id, tills.c.till_id))
    ]


def count_of_outlet(connection: Connection, outlet_id: int) -> int:
    return connection.scalar(select(func.count()).where(tills.c.outlet_id == outlet_id)) or 0


def add_till(connection: Connection, till: EnrolledTill) -> None:
    connection.execute(insert(tills).values({name: getattr(till, name) for name in EnrolledTill.__slots__}))


def mark_revoked(connection: Connection, till_id: str, now: datetime) -> None:
    """Once: since when it was first revoked is what counts."""
    still_good = (tills.c.till_id == till_id) & tills.c.revoked_at.is_(None)
    connection.execute(update(tills).where(still_good).values(revoked_at=now))


def answer_by_floor(connection: Connection, till_id: str, floor: datetime) -> None:
    """This till refuses whatever ended by `floor`; a lower one than before changes nothing."""
    higher = (tills.c.till_id == till_id) & (tills.c.answered_floor.is_(None) | (tills.c.answered_floor < floor))
    connection.execute(update(tills).where(higher).values(answered_floor=floor))


def note_seen(connection: Connection, till_id: str, now: datetime) -> None:
    connection.execute(update(tills).where(tills.c.till_id == till_id).values(last_seen_at=now))


def add_invitation(
    connection: Connection, secret_hash: str, outlet_id: int, made_at: datetime, expires_at: datetime
) -> None:
    values = {"secret_hash": secret_hash, "outlet_id": outlet_id, "made_at": made_at, "expires_at": expires_at}
    connection.execute(insert(invitations).values(values))


def invitation_of(connection: Connection, secret_hash: str) -> KeptInvitation | None:
    columns = (invitations.c.outlet_id, invitations.c.expires_at, invitations.c.till_id)
    row = connection.execute(select(*columns).where(invitations.c.secret_hash == secret_hash)).one_or_none()
    return None if row is None else KeptInvitation(*row)


def use_invitation(connection: Connection, secret_hash: str, till_id: str, now: datetime) -> None:
    here = update(invitations).where(invitations.c.secret_hash == secret_hash)
    connection.execute(here.values(used_at=now, till_id=till_id))
