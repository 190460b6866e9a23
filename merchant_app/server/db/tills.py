"""Reads and writes tills and the invitations by which they come."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select, update

from merchant_app.server.db.tables import invitations, tills


@dataclass(frozen=True, slots=True)
class EnrolledTill:
    """A till as it was enrolled, what it last said of itself, and since when it is not answered any more.

    `clock_ahead_ms`: its wall clock against the server's. `catalogue_at`: when it last heard that its catalogue is the
    newest. `adopted_by`: the till that was enrolled anew over its ledger
    and retired it, unless an operator had revoked it before; `answered_by`: the same, once every row of
    that ledger is stored.
    """

    till_id: str
    outlet_id: int
    name: str
    version: str
    public_key: bytes
    enrolled_at: datetime
    revoked_at: datetime | None
    last_seen_at: datetime | None
    reported_at: datetime | None = None
    waiting: int | None = None
    clock_ahead_ms: int | None = None
    catalogue_version: int | None = None
    catalogue_at: datetime | None = None
    retired_at: datetime | None = None
    adopted_by: str | None = None
    answered_by: str | None = None

    @property
    def revoked_by_operator_at(self) -> datetime | None:
        """A till whose ledger was adopted is retired by that, unless an operator had revoked it before."""
        return self.revoked_at if self.retired_at is None else None


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


def tills_at(connection: Connection, outlet_id: int) -> list[EnrolledTill]:
    """Every till that was ever enrolled for an outlet, in the order in which they came."""
    there = select(*_COLUMNS).where(tills.c.outlet_id == outlet_id).order_by(tills.c.enrolled_at, tills.c.till_id)
    return [EnrolledTill(*row) for row in connection.execute(there)]


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


def note_seen(connection: Connection, till_id: str, now: datetime, said: Mapping[str, Any]) -> None:
    """That it was heard of, and what it `said` of itself, by the names of `EnrolledTill`."""
    connection.execute(update(tills).where(tills.c.till_id == till_id).values(last_seen_at=now, **said))


def adopted_by(connection: Connection, till_id: str) -> set[str]:
    """The tills whose ledger this one has adopted."""
    return set(connection.scalars(select(tills.c.till_id).where(tills.c.adopted_by == till_id)))


def adopt(connection: Connection, till_id: str, by: str, now: datetime) -> None:
    """Retires a till for another over the same ledger, unless it was retired, or revoked by an operator, before."""
    here = update(tills).where(tills.c.till_id == till_id)
    connection.execute(here.where(tills.c.revoked_at.is_(None)).values(revoked_at=now, retired_at=now))
    connection.execute(here.values(adopted_by=by, answered_by=None))


def put_answered_by(connection: Connection, till_id: str, by: str | None) -> None:
    connection.execute(update(tills).where(tills.c.till_id == till_id).values(answered_by=by))


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
