"""Reads and writes operators' sessions; a session is known by the hash of what its cookie holds."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.db.tables import operator_sessions, operators


@dataclass(frozen=True, slots=True)
class KeptSession:
    operator_id: OperatorId
    name: str
    csrf: str
    seen_at: datetime
    expires_at: datetime
    disabled_at: datetime | None


def session_of(connection: Connection, token_hash: str) -> KeptSession | None:
    """With whose session it is, and whether that operator was disabled since."""
    kept, who = operator_sessions.c, operators.c
    columns = (who.operator_id, who.name, kept.csrf, kept.seen_at, kept.expires_at, who.disabled_at)
    both = operator_sessions.join(operators, kept.operator_id == who.operator_id)
    found = select(*columns).select_from(both).where(kept.token_hash == token_hash)
    row = connection.execute(found).one_or_none()
    return None if row is None else KeptSession(*row)


def add_session(
    connection: Connection, token_hash: str, operator_id: str, csrf: str, now: datetime, expires_at: datetime
) -> None:
    values = {"token_hash": token_hash, "operator_id": operator_id, "csrf": csrf, "expires_at": expires_at}
    connection.execute(insert(operator_sessions).values(**values, made_at=now, seen_at=now))


def note_seen(connection: Connection, token_hash: str, now: datetime) -> None:
    connection.execute(
        update(operator_sessions).where(operator_sessions.c.token_hash == token_hash).values(seen_at=now)
    )


def end_session(connection: Connection, token_hash: str) -> None:
    connection.execute(delete(operator_sessions).where(operator_sessions.c.token_hash == token_hash))


def end_sessions_of(connection: Connection, operator_id: str) -> None:
    connection.execute(delete(operator_sessions).where(operator_sessions.c.operator_id == operator_id))


def forget_sessions(connection: Connection, *, seen_before: datetime, expired_by: datetime) -> None:
    """Those that open nothing any more."""
    over = (operator_sessions.c.seen_at < seen_before) | (operator_sessions.c.expires_at <= expired_by)
    connection.execute(delete(operator_sessions).where(over))
