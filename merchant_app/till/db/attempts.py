"""Refused attempts: facts too, found again by when they were made. Every function runs in the caller's transaction."""

from datetime import datetime

from sqlite_utils import Database

from merchant_app.domain.redemption import FactKind, RefusedAttempt
from merchant_app.till.db import facts
from merchant_app.wire.facts import parse_row


def write(db: Database, attempt: RefusedAttempt) -> None:
    facts.append(db, attempt.attempt_id, attempt)
    follow(db, attempt)


def follow(db: Database, attempt: RefusedAttempt) -> None:
    """What follows from an attempt's fact: its place in time."""
    db.conn.execute("INSERT INTO attempt VALUES (?, ?)", (attempt.moment.at.isoformat(), attempt.attempt_id))


def between(db: Database, start: datetime, end: datetime) -> list[RefusedAttempt]:
    """Attempts of a half-open span, oldest first."""
    rows = db.conn.execute(
        "SELECT f.content FROM attempt a JOIN fact f ON f.fact_id = a.attempt_id AND f.kind = ?"
        " WHERE a.attempted_at >= ? AND a.attempted_at < ? ORDER BY a.attempted_at, a.attempt_id",
        (FactKind.REFUSED_ATTEMPT.value, start.isoformat(), end.isoformat()),
    )
    parsed = [parse_row(content) for (content,) in rows]
    return [row.fact for row in parsed if row is not None and isinstance(row.fact, RefusedAttempt)]
