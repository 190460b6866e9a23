"""The list of keys: the public half of every key that tills need, signed by the root key, its version only grows.

Beside it travels the chain of root keys: each change is signed by the old root and by the new one, so that a till which
has pinned an old one finds the new one without a visit.
"""

import json
from dataclasses import asdict

from nacl.signing import SigningKey
from sqlalchemy import Connection

from merchant_app.errors import RootKeyAwayError
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.notes import note_change
from merchant_app.server.db.published import Published, published_as, version_of
from merchant_app.server.services.hashing import fingerprint_of
from merchant_app.server.services.keeping_keys.server_keys import ServerKeys, signed
from merchant_app.server.services.versions import publish
from merchant_app.wire.catalogue import IssuingKeyPart, Keys, KeysDocument, ServingKey, SignedDocument
from merchant_app.wire.root_chain import SignedRootChange

_KEYS, _ROOTS = "keys", "roots"


def keys_document(central: Central) -> KeysDocument:
    """The list as it is now, with the chain of root keys."""
    with central.database.reading() as connection:
        kept, is_new = published_as(connection, _KEYS), not _is_current(connection, central)
        changes = root_changes(connection)
    if kept is None or is_new:
        with central.database.writing() as connection:
            keys_as_published(connection, central)
            kept, changes = published_as(connection, _KEYS), root_changes(connection)
    assert kept is not None
    document = SignedDocument.model_validate_json(kept.content)
    return KeysDocument(**document.model_dump(), root_changes=changes)


def keys_as_published(connection: Connection, central: Central) -> Published:
    """The list's version, published anew where keys have changed. With the root key away, what it signed last stays.

    Whoever changes a key asks for the root first (`root_for_signing`): what stays then is what a change that broke off
    has left.
    """
    try:
        return publish_keys(connection, central)
    except RootKeyAwayError:
        kept = version_of(connection, _KEYS)
        if kept is None:
            raise
        return kept


def publish_keys(connection: Connection, central: Central) -> Published:
    """The list's version, published anew where keys have changed; `RootKeyAwayError` where that needs the root key."""
    root_hex = root_public_hex(connection, central)

    def content_of(version: int) -> bytes:
        content = _keys_part(connection, central.keys, version).as_json()
        return signed(content, central.keys.root(root_hex)).as_json()

    before = version_of(connection, _KEYS)
    made = publish(connection, _KEYS, _fingerprint(connection, central.keys, root_hex), content_of, central.now())
    if before is None or before.version != made.version:
        note_change(connection)  # every catalogue names the list's version: tills hear of it at their next sync
    return made


def root_for_signing(connection: Connection, central: Central) -> SigningKey:
    """The root key, before anything is changed that it has to vouch for. Raises `RootKeyAwayError`."""
    return central.keys.root(root_public_hex(connection, central))


def root_public_hex(connection: Connection, central: Central) -> str:
    """The public half of the root: of the chain's end, else of what signed the list, else of the file."""
    kept = published_as(connection, _ROOTS)
    if kept is not None:
        return str(json.loads(kept.content)["root_key"])
    keys = published_as(connection, _KEYS)
    if keys is not None:
        return SignedDocument.model_validate_json(keys.content).key
    return central.keys.root().verify_key.encode().hex()


def root_changes(connection: Connection) -> list[SignedRootChange]:
    """Every change of the root that an old root has signed, oldest first."""
    kept = published_as(connection, _ROOTS)
    return [] if kept is None else [SignedRootChange(**each) for each in json.loads(kept.content)["changes"]]


def put_root(connection: Connection, central: Central, root_hex: str, changes: list[SignedRootChange]) -> None:
    """From now on this is the root; `changes` lead to it from those before, or not, where the old one was lost."""
    content = json.dumps({"root_key": root_hex, "changes": [each.model_dump() for each in changes]}).encode()
    publish(connection, _ROOTS, fingerprint_of(content), lambda _version: content, central.now())


def is_published(connection: Connection) -> bool:
    """Whether tills may know this server's keys already."""
    return published_as(connection, _KEYS) is not None


def keys_fingerprint(connection: Connection, central: Central) -> str:
    """Of the list that tills have to know by now."""
    kept = version_of(connection, _KEYS)
    if kept is not None and not central.keys.root_path.exists():
        return kept.fingerprint
    return _fingerprint(connection, central.keys, root_public_hex(connection, central))


def _is_current(connection: Connection, central: Central) -> bool:
    kept = published_as(connection, _KEYS)
    if kept is None:
        return False
    return kept.fingerprint == _fingerprint(connection, central.keys, root_public_hex(connection, central))


def _keys_part(connection: Connection, keys: ServerKeys, version: int) -> Keys:
    serving = [
        ServingKey(public_key=pair.public_hex, valid_from=pair.valid_from, valid_until=pair.valid_until)
        for pair in keys.serving()
    ]
    kept = campaign_rows.all_keys(connection)
    issuing = [IssuingKeyPart(**{**asdict(key), "public_key": key.public_key.hex()}) for key in kept]
    return Keys(version=version, serving_keys=serving, issuing_keys=issuing)


def _fingerprint(connection: Connection, keys: ServerKeys, root_hex: str) -> str:
    return fingerprint_of(_keys_part(connection, keys, 0).as_json() + root_hex.encode())
