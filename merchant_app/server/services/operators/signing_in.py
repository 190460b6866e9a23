"""Signing in with name and password: wrong ones are counted by name and by address before they are looked at."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.server.central import Central
from merchant_app.server.db import notes
from merchant_app.server.db import operators as operator_rows
from merchant_app.server.services.guessing import (
    SIGN_INS_BY_ADDRESS,
    SIGN_INS_BY_NAME,
    Allowance,
    note_wrong_guess,
    seconds_to_wait,
)
from merchant_app.server.services.operators.passwords import LONGEST_NAME, is_right, name_key
from merchant_app.server.services.operators.sessions import open_session


class NotSignedInWhy(StrEnum):
    WRONG = "wrong"
    TOO_MANY_GUESSES = "too_many_guesses"
    DISABLED = "disabled"


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    why: NotSignedInWhy
    retry_after: int | None = None
    """Seconds, where waiting helps."""


def sign_in(central: Central, name: str, password: str, address: str) -> str | NotSignedIn:
    """What the new session's cookie holds. A guess is counted first and forgiven when it was right."""
    now, key = central.now(), name_key(name[: 2 * LONGEST_NAME])
    topics = {f"sign-in as {key}": SIGN_INS_BY_NAME, f"sign-in from {address}": SIGN_INS_BY_ADDRESS}
    with central.database.writing() as connection:
        wait = max(seconds_to_wait(connection, topic, allowance, now) for topic, allowance in topics.items())
        if wait:
            return NotSignedIn(NotSignedInWhy.TOO_MANY_GUESSES, wait)
        for topic in topics:
            note_wrong_guess(connection, topic, now)
        kept = operator_rows.operator_named(connection, key)
    if not is_right(password, None if kept is None else kept.password_hash) or kept is None:
        return NotSignedIn(NotSignedInWhy.WRONG)
    with central.database.writing() as connection:
        _forgive(connection, topics)
        if kept.disabled_at is not None:
            return NotSignedIn(NotSignedInWhy.DISABLED)
        return open_session(connection, kept.operator_id, now)


def _forgive(connection: Connection, topics: dict[str, Allowance]) -> None:
    for topic in topics:
        notes.forget_topic(connection, topic)
