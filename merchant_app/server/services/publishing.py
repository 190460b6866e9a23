"""What tills judge by: the list of keys, and each outlet's catalogue, signed, with versions that only grow.

A version changes when what it stands for changes, and only then. What was published is kept, so that every process of
the server gives the same bytes, and old and new cannot be mixed.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection, delete, insert, select

from ...domain.kinds import OutletId
from ...domain.plain import canonical
from ...wire.catalogue import PartRef, SignedDocument, Snapshot
from ..central import Central
from ..db.tables import pictures, published
from .catalogue_parts import keys_part, parts_for

SNAPSHOT_LIVES = timedelta(days=7)
SNAPSHOT_IS_FRESH = timedelta(minutes=10)
"""A till sees by a snapshot's age that nobody holds an old one before it: so it is signed anew this often."""


@dataclass(frozen=True, slots=True)
class Published:
    version: int
    fingerprint: str
    content: bytes
    made_at: datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.content).hexdigest()[:32]}"'


def keys_document(central: Central) -> SignedDocument:
    """The list of keys, signed by the root key."""
    with central.database.reading() as connection:
        kept, wanted = _kept(connection, "keys"), _keys_fingerprint(connection, central)
    if kept is None or kept.fingerprint != wanted:
        with central.database.writing() as connection:
            kept = _publish_keys(connection, central)
    return SignedDocument.model_validate_json(kept.content)


def snapshot(central: Central, outlet_id: OutletId) -> Published:
    """The signed snapshot of this outlet's catalogue as it is now; its parts are published with it."""
    now = central.now()
    with central.database.reading() as connection:
        kept = _kept(connection, f"{outlet_id}/snapshot")
        fresh = kept is not None and timedelta(0) <= now - kept.made_at < SNAPSHOT_IS_FRESH
        if kept is not None and fresh and _wanted(connection, central, outlet_id) == kept.fingerprint:
            return kept
    with central.database.writing() as connection:
        return _publish_snapshot(connection, central, outlet_id, now)


def part(central: Central, outlet_id: OutletId, name: str) -> bytes | None:
    """The part that the last snapshot names."""
    with central.database.reading() as connection:
        kept = _kept(connection, f"{outlet_id}/{name}")
    return None if kept is None else kept.content


def picture(central: Central, sha256: str) -> tuple[str, bytes] | None:
    """An offer's picture: its media type and its bytes."""
    with central.database.reading() as connection:
        row = connection.execute(select(pictures).where(pictures.c.sha256 == sha256)).one_or_none()
    return None if row is None else (row.media_type, row.content)


def _publish_snapshot(connection: Connection, central: Central, outlet_id: OutletId, now: datetime) -> Published:
    keys = _publish_keys(connection, central)
    parts = {}
    for name, content in parts_for(connection, outlet_id, now).items():
        kept = _publish(connection, f"{outlet_id}/{name}", _sha256(content), partial(_as_it_is, content), now)
        parts[name] = PartRef(version=kept.version, sha256=_sha256(content))
    wanted = _wanted(connection, central, outlet_id)

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

    return _publish(connection, f"{outlet_id}/snapshot", wanted, content_of, now, again=True)


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
    kept = _kept(connection, name)
    if kept is not None and kept.fingerprint == fingerprint and not again:
        return kept
    version = 1 if kept is None else kept.version + (kept.fingerprint != fingerprint)
    new = Published(version, fingerprint, content_of(version), now)
    connection.execute(delete(published).where(published.c.name == name))
    row = {"version": version, "fingerprint": fingerprint, "content": new.content, "made_at": now}
    connection.execute(insert(published).values(name=name, **row))
    return new


def _kept(connection: Connection, name: str) -> Published | None:
    row = connection.execute(select(published).where(published.c.name == name)).one_or_none()
    return None if row is None else Published(row.version, row.fingerprint, row.content, row.made_at)


def _wanted(connection: Connection, central: Central, outlet_id: OutletId) -> str:
    """The fingerprint of the snapshot that fits what is in the database now."""
    parts = {name: _sha256(content) for name, content in parts_for(connection, outlet_id, central.now()).items()}
    return _sha256(canonical({"keys": _keys_fingerprint(connection, central), "parts": parts}))


def _as_it_is(content: bytes, _version: int) -> bytes:
    """A part carries no version of its own."""
    return content


def _keys_fingerprint(connection: Connection, central: Central) -> str:
    return _sha256(keys_part(connection, central.keys, 0).as_json())


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
