"""An operator's session: opened at sign-in under a new secret, over when idle, ended at sign-out."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import sessions as session_rows
from merchant_app.server.services.hashing import hashed_secret

IDLE_LIMIT = timedelta(hours=12)
LONGEST = timedelta(days=7)
_NOTE_EVERY = timedelta(minutes=5)
"""Every page would otherwise be a writing transaction."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and the token that each of this session's forms carries."""

    operator_id: OperatorId
    name: str
    csrf: str


def open_session(connection: Connection, operator_id: OperatorId, now: datetime) -> str:
    """A new session; what its cookie holds. Nothing that was there before sign-in is taken over."""
    token = secrets.token_urlsafe(32)
    session_rows.forget_sessions(connection, seen_before=now - IDLE_LIMIT, expired_by=now)
    csrf = secrets.token_urlsafe(24)
    session_rows.add_session(connection, hashed_secret(token), operator_id, csrf, now, now + LONGEST)
    return token


def session_of(central: Central, token: str, *, by_hand: bool) -> SignedIn | None:
    """Whose session this is. `by_hand`: a person asked, not a page that refreshes itself, so that idleness shows."""
    now, token_hash = central.now(), hashed_secret(token)
    with central.database.reading() as connection:
        kept = session_rows.session_of(connection, token_hash)
    if kept is None or kept.disabled_at is not None or now >= min(kept.expires_at, kept.seen_at + IDLE_LIMIT):
        return None
    if by_hand and now - kept.seen_at >= _NOTE_EVERY:
        with central.database.writing() as connection:
            session_rows.note_seen(connection, token_hash, now)
    return SignedIn(kept.operator_id, kept.name, kept.csrf)


def sign_out(central: Central, token: str) -> None:
    with central.database.writing() as connection:
        session_rows.end_session(connection, hashed_secret(token))
