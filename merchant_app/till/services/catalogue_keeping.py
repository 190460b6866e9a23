"""Taking over a catalogue: only whole, only signed, never an older one. Otherwise the last good one stays in use.

Refused are: a snapshot that no serving key signed, or for another outlet; a version lower than ours; a part whose
bytes are not those the snapshot names (old and new mixed, or cut short); a list of keys that the root did not sign; one
that has expired.
"""

import hashlib
import logging
from dataclasses import replace

from nacl.exceptions import BadSignatureError
from pydantic import ValidationError

from merchant_app.errors import CatalogueRejectedError, NotTheServerError
from merchant_app.till.db import catalogue, state
from merchant_app.till.db.catalogue import KEYS, SNAPSHOT, Part
from merchant_app.till.remote import Remote
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.withdrawing import acknowledge
from merchant_app.wire import signing
from merchant_app.wire.catalogue import PART_NAMES, Keys, SignedDocument, Snapshot, WithdrawalsPart

log = logging.getLogger(__name__)


def update_catalogue(counter: Counter, remote: Remote) -> bool:
    """Fetches what changed and takes it over, all or nothing; True where it changed.

    Raises `CatalogueRejectedError`, or a `RemoteError`; either way the last good catalogue stays.
    """
    with counter.ledger.reading() as db:
        here, outlet_id = catalogue.parts(db), state.get_number(db, state.OUTLET)
    etag = here[SNAPSHOT].sha256 if SNAPSHOT in here else None
    changed: list[Part] = []
    try:
        keys = _known_keys(remote, here.get(KEYS), changed)
        given = remote.catalogue(etag)
    except NotTheServerError:
        # Perhaps its serving key was changed; if the root key vouches for a new one, it is the server after all.
        keys = _fetch_keys(remote, here.get(KEYS), changed)
        given = remote.catalogue(etag)
    if given is None:
        _refuse_expired(counter, None)
        _confirm(counter, changed, remote, None)
        return bool(changed)
    snapshot, snapshot_part = _snapshot(given[0], given[1], remote, here.get(SNAPSHOT))
    _refuse_expired(counter, snapshot)
    if outlet_id not in (0, snapshot.outlet_id):  # 0: enrolled before a till's outlet was noted
        raise CatalogueRejectedError(f"the snapshot is for outlet {snapshot.outlet_id}, this till is at {outlet_id}")
    if snapshot.keys_version > keys.version:
        _fetch_named_keys(remote, here.get(KEYS), changed)
    changed += [_part(remote, snapshot, name, here.get(name)) for name in PART_NAMES]
    _confirm(counter, [*changed, snapshot_part], remote, snapshot)
    return True


def trust_stored_keys(counter: Counter, remote: Remote) -> None:
    """At the start: the serving keys of the list that was last taken over."""
    with counter.ledger.reading() as db:
        stored = catalogue.parts(db).get(KEYS)
    if stored is not None:
        remote.trust.take(_read_keys(stored))


def _known_keys(remote: Remote, here: Part | None, changed: list[Part]) -> Keys:
    return _fetch_keys(remote, None, changed) if here is None else _read_keys(here)


def _read_keys(part: Part) -> Keys:
    return Keys.model_validate_json(SignedDocument.model_validate_json(part.content).content)


def _fetch_keys(remote: Remote, here: Part | None, changed: list[Part]) -> Keys:
    """The server's list of keys, trusted from here on; it goes onto `changed` where it is newer than ours."""
    document, keys = remote.keys()
    if here is not None and keys.version < here.version:
        raise CatalogueRejectedError(f"list of keys {keys.version} is older than ours, {here.version}")
    remote.trust.take(keys)
    content = document.as_json()
    digest = hashlib.sha256(content).hexdigest()
    if here is None or here.sha256 != digest:
        changed.append(Part(KEYS, keys.version, digest, content))
    return keys


def _fetch_named_keys(remote: Remote, here: Part | None, changed: list[Part]) -> None:
    """The list that a good snapshot names. Signed by a root that nobody handed over to, it is refused as data is: the
    server is the one that this till knows, and what was written down still goes up to it."""
    try:
        _fetch_keys(remote, here, changed)
    except NotTheServerError as error:
        raise CatalogueRejectedError(str(error)) from error


def _snapshot(body: bytes, etag: str, remote: Remote, here: Part | None) -> tuple[Snapshot, Part]:
    try:
        document = SignedDocument.model_validate_json(body)
        snapshot = Snapshot.model_validate_json(document.content)
        remote.trust.serving_key(document.key, snapshot.issued_at).verify(
            signing.document_message(document.content.encode()), bytes.fromhex(document.signature)
        )
    except NotTheServerError as error:
        raise CatalogueRejectedError(f"the snapshot is {error}") from error
    except (ValidationError, ValueError, BadSignatureError) as error:
        raise CatalogueRejectedError("the snapshot is not signed, or not whole") from error
    if here is not None and snapshot.version < here.version:
        raise CatalogueRejectedError(f"snapshot {snapshot.version} is older than ours, {here.version}")
    return snapshot, Part(SNAPSHOT, snapshot.version, etag, body)


def _part(remote: Remote, snapshot: Snapshot, name: str, here: Part | None) -> Part:
    """A part with the version that the snapshot gives it; its bytes are fetched only where ours are others."""
    wanted = snapshot.parts.get(name)
    if wanted is None:
        raise CatalogueRejectedError(f"the snapshot has no part {name}")
    if here is not None and wanted.version < here.version:
        raise CatalogueRejectedError(f"part {name} {wanted.version} is older than ours, {here.version}")
    if here is not None and here.sha256 == wanted.sha256:
        return replace(here, version=wanted.version)
    content = remote.part(name)
    if hashlib.sha256(content).hexdigest() != wanted.sha256:
        raise CatalogueRejectedError(f"part {name} is not the one that the snapshot names")
    return Part(name, wanted.version, wanted.sha256, content)


def _refuse_expired(counter: Counter, snapshot: Snapshot | None) -> None:
    """`snapshot` None: the stored one, which is said to be the newest; it is not so for ever."""
    with counter.ledger.reading() as db:
        expires_at = state.get_time(db, state.CATALOGUE_EXPIRES_AT) if snapshot is None else snapshot.expires_at
    served = counter.clock.served()
    if expires_at is not None and served is not None and served >= expires_at:
        raise CatalogueRejectedError(f"the snapshot expired at {expires_at}")


def _confirm(counter: Counter, changed: list[Part], remote: Remote, snapshot: Snapshot | None) -> None:
    """Takes the parts over together with what they withdraw, and notes that this is the newest.

    The root that vouches for the keys is pinned in the same transaction.
    """
    with counter.writing() as db:
        catalogue.put_parts(db, changed)
        if any(part.name == KEYS for part in changed):
            state.put(db, state.ROOT_KEY, remote.trust.root_key.encode().hex())
        if snapshot is not None:
            state.put_time(db, state.CATALOGUE_ISSUED_AT, snapshot.issued_at)
            state.put_time(db, state.CATALOGUE_EXPIRES_AT, snapshot.expires_at)
        for part in changed:
            if part.name == "withdrawals":
                withdrawals = WithdrawalsPart.model_validate_json(part.content)
                catalogue.put_revoked(db, withdrawals)
                acknowledge(db, counter, withdrawals.withdrawals)
        state.put_time(db, state.CATALOGUE_CONFIRMED_AT, counter.clock.now())
