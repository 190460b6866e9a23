"""What tills judge by: the list of keys, and each outlet's catalogue, signed, with versions that only grow.

A version changes when what it stands for changes, and only then. What was published is kept, so that every process of
the server gives the same bytes, and old and new cannot be mixed.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from merchant_app.domain.kinds import OutletId
from merchant_app.domain.plain import canonical
from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import Picture, picture_of
from merchant_app.server.db.notes import changes
from merchant_app.server.db.published import Published, published_as, put_published
from merchant_app.server.services.catalogue_parts import keys_part, parts_for
from merchant_app.wire.catalogue import PartRef, SignedDocument, Snapshot

SNAPSHOT_LIVES = timedelta(days=7)
SNAPSHOT_IS_FRESH = timedelta(minutes=10)
"""A till sees by a snapshot's age that nobody holds an old one before it: so it is signed anew this often."""


def keys_document(central: Central) -> SignedDocument:
    """The list of keys, signed by the root key."""
    with central.database.reading() as connection:
        kept, wanted = published_as(connection, "keys"), _keys_fingerprint(connection, central)
    if kept is None or kept.fingerprint != wanted:
        with central.database.writing() as connection:
            kept = _publish_keys(connection, central)
    return SignedDocument.model_validate_json(kept.content)


def snapshot(central: Central, outlet_id: OutletId) -> Published:
    """The signed snapshot of this outlet's catalogue as it is now; its parts are published with it."""
    now = central.now()
    with central.database.reading() as connection:
        kept = published_as(connection, f"{outlet_id}/snapshot")
        if kept is not None and _is_current(kept, changes(connection), central, now):
            return kept
    with central.database.writing() as connection:
        return _publish_snapshot(connection, central, outlet_id, now)


def _is_current(kept: Published, changes_now: int, central: Central, now: datetime) -> bool:
    """Nothing has changed since it was made, it is not old, and the key that signed it is still the serving key."""
    is_fresh = timedelta(0) <= now - kept.made_at < SNAPSHOT_IS_FRESH
    return is_fresh and kept.made_after == changes_now and central.keys.serving_hex.encode() in kept.content


def part(central: Central, outlet_id: OutletId, name: str) -> bytes | None:
    """The part that the last snapshot names."""
    with central.database.reading() as connection:
        kept = published_as(connection, f"{outlet_id}/{name}")
    return None if kept is None else kept.content


def picture(central: Central, sha256: str) -> Picture | None:
    """An offer's picture."""
    with central.database.reading() as connection:
        return picture_of(connection, sha256)


def _publish_snapshot(connection: Connection, central: Central, outlet_id: OutletId, now: datetime) -> Published:
    keys = _publish_keys(connection, central)
    parts = {}
    for name, content in parts_for(connection, outlet_id, now).items():
        kept = _publish(connection, f"{outlet_id}/{name}", _sha256(content), partial(_as_it_is, content), now)
        parts[name] = PartRef(version=kept.version, sha256=kept.fingerprint)
    hashes = {name: ref.sha256 for name, ref in parts.items()}
    fingerprint = _sha256(canonical({"keys": keys.fingerprint, "parts": hashes}))

    def content_of(version: int) -> bytes:
        document = Snapshot(
            version=version,
            outlet_id=outlet_id,
            issued_at=now,
            expires_at=now + SNAPSHOT_LIVES,
            keys_version=keys.version,
            parts=parts,
        )
        return central.keys.sign_by_serving(document.as_json()).as_json()

    return _publish(connection, f"{outlet_id}/snapshot", fingerprint, content_of, now, again=True)


def _publish_keys(connection: Connection, central: Central) -> Published:
    def content_of(version: int) -> bytes:
        return central.keys.sign_by_root(keys_part(connection, central.keys, version).as_json()).as_json()

    return _publish(connection, "keys", _keys_fingerprint(connection, central), content_of, central.now())


def _publish(
    connection: Connection,
    name: str,
    fingerprint: str,
    content_of: Callable[[int], bytes],
    now: datetime,
    *,
    again: bool = False,
) -> Published:
    """What is published under `name`: with a higher version where it is another thing than before.

    `again`: the same version is made anew where nothing has changed.
    """
    kept = published_as(connection, name)
    if kept is not None and kept.fingerprint == fingerprint and not again:
        return kept
    version = 1 if kept is None else kept.version + (kept.fingerprint != fingerprint)
    new = Published(version, fingerprint, content_of(version), now, changes(connection))
    put_published(connection, name, new)
    return new


def _as_it_is(content: bytes, _version: int) -> bytes:
    """A part carries no version of its own."""
    return content


def _keys_fingerprint(connection: Connection, central: Central) -> str:
    return _sha256(keys_part(connection, central.keys, 0).as_json())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
