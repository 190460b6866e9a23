"""Counting wrong guesses: at invitations and at coupon numbers, kept in the database so that a restart forgets none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, delete, func, insert, select

from ..db.tables import guesses


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many wrong guesses in so long a time."""

    count: int
    span: timedelta


INVITATIONS = Allowance(10, timedelta(minutes=10))
COUPON_NUMBERS = Allowance(20, timedelta(minutes=10))


def seconds_to_wait(connection: Connection, topic: str, allowance: Allowance, now: datetime) -> int:
    """0 where another guess is allowed."""
    since = now - allowance.span
    recent = (guesses.c.topic == topic) & (guesses.c.guessed_at > since)
    count, oldest = connection.execute(select(func.count(), func.min(guesses.c.guessed_at)).where(recent)).one()
    if count < allowance.count:
        return 0
    return max(1, ceil((oldest + allowance.span - now).total_seconds()))


def note_wrong_guess(connection: Connection, topic: str, now: datetime) -> None:
    connection.execute(insert(guesses).values(topic=topic, guessed_at=now))
    longest = max(INVITATIONS.span, COUPON_NUMBERS.span)
    connection.execute(delete(guesses).where(guesses.c.guessed_at < now - longest))
