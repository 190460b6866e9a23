"""Serving keys overlap: a new one is listed before it signs, and the old one for a while after.

A till that is online learns of the new key from the list before it meets it; one that was away finds an answer by a key
it does not know, asks for the list, and believes what the root key has signed.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from nacl.signing import SigningKey
from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId
from merchant_app.errors import KeyMissingError
from merchant_app.server.central import Central
from merchant_app.server.services.keeping_keys.list_of_keys import (
    keys_as_published,
    publish_keys,
    root_for_signing,
)
from merchant_app.server.services.keeping_keys.server_keys import SERVING_KEY_LIVES, ServingPair
from merchant_app.server.services.operators.deeds import Deed, note_deed

LISTED_BEFORE = timedelta(days=1)
LISTED_AFTER = timedelta(days=30)
RENEW_BEFORE = timedelta(days=60)
_CLOCKS_DIFFER = timedelta(minutes=5)


class ServingUnchanged(StrEnum):
    """Why no serving key was revoked."""

    UNKNOWN_KEY = "unknown_key"


def ready_to_serve(central: Central) -> None:
    """At a server's start: the list is published, and a key that nears its end has one that follows it.

    Raises a `KeysError` where no serving key is good: answers that no till believes are worse than none.
    """
    with central.database.writing() as connection:
        keys_as_published(connection, central)
    now = central.now()
    newest = central.keys.serving()[-1]
    if now >= newest.valid_until - RENEW_BEFORE and central.keys.root_path.exists():
        rotate_serving(central, at_once=now >= newest.valid_until)
    if central.keys.signing_at(now) is None:
        raise KeyMissingError(str(central.keys.folder / "serving.json"), "no serving key is good now")


def rotate_serving(central: Central, *, at_once: bool = False, by: OperatorId | None = None) -> ServingPair:
    """A new serving key: it signs from tomorrow on, or `at_once`. Raises `RootKeyAwayError`."""
    with central.database.writing() as connection:
        now = central.now()
        kept = list(central.keys.serving()) if central.keys.has_serving() else []
        new = _new_pair(now - _CLOCKS_DIFFER if at_once else now + LISTED_BEFORE)
        ends = new.valid_from + LISTED_AFTER
        going = [replace(pair, valid_until=min(pair.valid_until, ends)) for pair in kept if pair.valid_until > now]
        _keep(connection, central, [*going, new])
        note_deed(connection, by, Deed.KEY_ROTATED, f"serving {new.public_hex[:8]}", at=now)
    return new


def revoke_serving(central: Central, public_hex: str, by: OperatorId | None = None) -> ServingPair | ServingUnchanged:
    """Takes a key that leaked off the list at once; the key that signs now. Raises `RootKeyAwayError`.

    `public_hex` may be the beginning of the key that is shown to people.
    """
    with central.database.writing() as connection:
        now, kept = central.now(), central.keys.serving()
        leaked = [pair for pair in kept if len(public_hex) >= 8 and pair.public_hex.startswith(public_hex)]
        if len(leaked) != 1:
            return ServingUnchanged.UNKNOWN_KEY
        others = [pair for pair in kept if pair not in leaked and pair.valid_until > now]
        if not any(pair.is_good_at(now) for pair in others):
            others.append(_new_pair(now - _CLOCKS_DIFFER))
        _keep(connection, central, others)
        note_deed(connection, by, Deed.KEY_REVOKED, f"serving {leaked[0].public_hex[:8]}", at=now)
    signing = central.keys.signing_at(central.now())
    assert signing is not None
    return signing


def _new_pair(begins: datetime) -> ServingPair:
    return ServingPair(SigningKey.generate(), begins, begins + SERVING_KEY_LIVES)


def _keep(connection: Connection, central: Central, pairs: list[ServingPair]) -> None:
    root_for_signing(connection, central)
    central.keys.keep_serving(pairs)
    publish_keys(connection, central)
