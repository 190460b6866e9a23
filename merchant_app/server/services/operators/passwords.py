"""Names and passwords of operators: what is allowed, and whether one is right, in the same time for everybody."""

import threading
import unicodedata
from enum import StrEnum
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
LONGEST_NAME = 60
_AT_ONCE = threading.BoundedSemaphore(2)
"""Each takes 64 MiB and one core for a moment; tills must not wait for strangers who guess."""


class Unfit(StrEnum):
    """Why a name or a password cannot be taken."""

    NO_NAME = "no_name"
    LONG_NAME = "long_name"
    NAME_TAKEN = "name_taken"
    SHORT_PASSWORD = "short_password"
    LONG_PASSWORD = "long_password"
    NAME_AS_PASSWORD = "name_as_password"
    NOT_THE_SAME = "not_the_same"
    WRONG_PASSWORD = "wrong_password"
    TOO_MANY_GUESSES = "too_many_guesses"


def name_key(name: str) -> str:
    """What names are compared by: neither case, width nor spaces at the ends make a second operator."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def unfit_name(name: str) -> Unfit | None:
    if not name.strip() or not name.isprintable():
        return Unfit.NO_NAME
    return Unfit.LONG_NAME if len(name.strip()) > LONGEST_NAME else None


def unfit_password(password: str, repeated: str, name: str) -> Unfit | None:
    """A password is only asked to be long, and not to be the name."""
    if len(password) < SHORTEST_PASSWORD:
        return Unfit.SHORT_PASSWORD
    if len(password) > LONGEST_PASSWORD:
        return Unfit.LONG_PASSWORD
    if name_key(password) == name_key(name):
        return Unfit.NAME_AS_PASSWORD
    return Unfit.NOT_THE_SAME if password != repeated else None


def hashed(password: str) -> str:
    with _AT_ONCE:
        return PasswordHasher().hash(_bytes(password))


def is_right(password: str, password_hash: str | None) -> bool:
    """Without a hash (there is no such operator) the same work is done, so that the time tells nobody who exists."""
    with _AT_ONCE:
        try:
            right = PasswordHasher().verify(password_hash or _hash_of_nothing(), _bytes(password))
        except (VerificationError, InvalidHashError):
            return False
    return right and password_hash is not None


def _bytes(password: str) -> bytes:
    return unicodedata.normalize("NFC", password[: LONGEST_PASSWORD + 1]).encode(errors="replace")


@cache
def _hash_of_nothing() -> str:
    return PasswordHasher().hash("nobody has this password")
