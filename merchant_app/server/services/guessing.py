"""Counting wrong guesses: invitations, coupon numbers, passwords; in the database, so that a restart forgets none."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection

from merchant_app.server.db import notes


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many wrong guesses in so long a time."""

    count: int
    span: timedelta


INVITATIONS = Allowance(10, timedelta(minutes=10))
COUPON_NUMBERS = Allowance(20, timedelta(minutes=10))
PASSWORD_CHANGES = Allowance(10, timedelta(minutes=10))
SIGN_INS_BY_NAME = Allowance(10, timedelta(minutes=10))
SIGN_INS_BY_ADDRESS = Allowance(30, timedelta(minutes=10))
_LONGEST = max(each.span for each in (INVITATIONS, COUPON_NUMBERS, SIGN_INS_BY_NAME, SIGN_INS_BY_ADDRESS))


def seconds_to_wait(connection: Connection, topic: str, allowance: Allowance, now: datetime) -> int:
    """0 where another guess is allowed."""
    count, oldest = notes.guesses_since(connection, topic, now - allowance.span)
    if oldest is None or count < allowance.count:
        return 0
    return max(1, ceil((oldest + allowance.span - now).total_seconds()))


def note_wrong_guess(connection: Connection, topic: str, now: datetime) -> None:
    notes.add_guess(connection, topic, now)
    notes.forget_guesses(connection, now - _LONGEST)
