"""What tills judge by: each outlet's catalogue, signed, with versions that only grow.

A version changes when what it stands for changes, and only then. What was published is kept, so that every process of
the server gives the same bytes, and old and new cannot be mixed.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from merchant_app.domain.kinds import OutletId
from merchant_app.domain.plain import canonical
from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import Picture, picture_of
from merchant_app.server.db.notes import changes
from merchant_app.server.db.published import Published, note_version, published_as
from merchant_app.server.services.catalogue_parts import parts_for
from merchant_app.server.services.hashing import fingerprint_of
from merchant_app.server.services.keeping_keys.list_of_keys import keys_as_published, keys_fingerprint
from merchant_app.server.services.versions import publish
from merchant_app.wire.catalogue import PartName, PartRef, Snapshot

SNAPSHOT_LIVES = timedelta(days=7)
SNAPSHOT_IS_FRESH = timedelta(minutes=10)
"""A till sees by a snapshot's age that nobody holds an old one before it: so it is signed anew this often."""


def snapshot(central: Central, outlet_id: OutletId) -> Published:
    """The signed snapshot of this outlet's catalogue as it is now; its parts are published with it.

    An unchanged one costs two look-ups. One that only had to be looked at again, since something changed elsewhere, is
    made without writing anything; one that was only signed anew writes one row.
    """
    now = central.now()
    with central.database.reading() as connection:
        count = changes(connection, outlet_id)
        kept = published_as(connection, f"{outlet_id}/snapshot")
        if kept is not None and _is_current(kept, outlet_id, count, central, now):
            return kept
        parts = parts_for(connection, central.memory, outlet_id, now)
        if (
            kept is not None
            and _is_fresh(kept, central, now)
            and _says(kept, parts, keys_fingerprint(connection, central))
        ):
            central.memory.verified[outlet_id] = count, kept.version
            return kept
    with central.database.writing() as connection:
        if changes(connection, outlet_id) != count:
            parts = parts_for(connection, central.memory, outlet_id, now)
        return _publish_snapshot(connection, central, outlet_id, parts, now)


def _is_current(kept: Published, outlet_id: OutletId, count: int, central: Central, now: datetime) -> bool:
    """Nothing has changed since it was made or was last looked at, and it is fresh."""
    is_unchanged = kept.made_after == count or central.memory.verified.get(outlet_id) == (count, kept.version)
    return is_unchanged and _is_fresh(kept, central, now)


def _is_fresh(kept: Published, central: Central, now: datetime) -> bool:
    """It is not old, and the key that signed it is still the serving key."""
    is_young = timedelta(0) <= now - kept.made_at < SNAPSHOT_IS_FRESH
    signing = central.keys.signing_at(now)
    return is_young and signing is not None and signing.public_hex.encode() in kept.content


def _says(kept: Published, parts: dict[PartName, bytes], keys: str) -> bool:
    return kept.fingerprint == _fingerprint(keys, {name: fingerprint_of(content) for name, content in parts.items()})


def part(central: Central, outlet_id: OutletId, name: str) -> bytes | None:
    """The part that the last snapshot names."""
    with central.database.reading() as connection:
        kept = published_as(connection, f"{outlet_id}/{name}")
    return None if kept is None else kept.content


def picture(central: Central, sha256: str) -> Picture | None:
    """An offer's picture."""
    with central.database.reading() as connection:
        return picture_of(connection, sha256)


def _publish_snapshot(
    connection: Connection, central: Central, outlet_id: OutletId, contents: dict[PartName, bytes], now: datetime
) -> Published:
    keys = keys_as_published(connection, central)
    parts = {}
    for name, content in contents.items():
        kept = publish(connection, f"{outlet_id}/{name}", fingerprint_of(content), partial(_as_it_is, content), now)
        parts[name] = PartRef(version=kept.version, sha256=kept.fingerprint)
    fingerprint = _fingerprint(keys.fingerprint, {name: ref.sha256 for name, ref in parts.items()})

    def content_of(version: int) -> bytes:
        document = Snapshot(
            version=version,
            outlet_id=outlet_id,
            issued_at=now,
            expires_at=now + SNAPSHOT_LIVES,
            keys_version=keys.version,
            parts=parts,
        )
        return central.keys.sign_by_serving(document.as_json(), now).as_json()

    made_after = changes(connection, outlet_id)
    new = publish(connection, f"{outlet_id}/snapshot", fingerprint, content_of, now, made_after=made_after)
    note_version(connection, outlet_id, new.version, now)
    return new


def _fingerprint(keys: str, hashes: Mapping[PartName, str]) -> str:
    return fingerprint_of(canonical({"keys": keys, "parts": dict(hashes)}))


def _as_it_is(content: bytes, _version: int) -> bytes:
    """A part carries no version of its own."""
    return content
