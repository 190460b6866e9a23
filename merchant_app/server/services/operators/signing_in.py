"""Signing in with name and password: wrong ones are counted by name and by address before they are looked at."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.server.central import Central
from merchant_app.server.db import notes
from merchant_app.server.db import operators as operator_rows
from merchant_app.server.services.guessing import (
    SIGN_INS_BY_ADDRESS,
    SIGN_INS_BY_NAME,
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
    topics = {_of_name(key): SIGN_INS_BY_NAME, _of_address(address): SIGN_INS_BY_ADDRESS}
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
        still = operator_rows.operator_named(connection, key)
        if still is None or still.password_hash != kept.password_hash:
            return NotSignedIn(NotSignedInWhy.WRONG)  # it was changed while this one was looked at
        _forgive(connection, key, address, now)
        if still.disabled_at is not None:
            return NotSignedIn(NotSignedInWhy.DISABLED)
        return open_session(connection, still.operator_id, now)


def _forgive(connection: Connection, key: str, address: str, now: datetime) -> None:
    """All wrong guesses at this name; of the address only this one: whoever knows one password may guess at others."""
    notes.forget_topic(connection, _of_name(key))
    notes.forget_guess(connection, _of_address(address), now)


def _of_name(key: str) -> str:
    return f"sign-in as {key}"


def _of_address(address: str) -> str:
    return f"sign-in from {address}"
