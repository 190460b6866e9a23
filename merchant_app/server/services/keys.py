"""The server's private keys: made at the first start, kept in files that only their owner reads.

root      vouches for the other keys; tills pin it when they are enrolled
serving   signs every answer and every catalogue
issuing   one for each campaign, signs its coupon codes
"""

import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from nacl.signing import SigningKey

from merchant_app.errors import DatabaseUnusableError
from merchant_app.wire.catalogue import SignedDocument
from merchant_app.wire.signing import document_message

SERVING_KEY_LIVES = timedelta(days=2 * 365)
_RENEW_BEFORE = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class ServerKeys:
    """`serving` is good from `serving_from` until `serving_until`; issuing keys lie in `folder` under their index."""

    folder: Path
    root: SigningKey
    serving: SigningKey
    serving_from: datetime
    serving_until: datetime

    @property
    def serving_hex(self) -> str:
        return self.serving.verify_key.encode().hex()

    def sign_by_root(self, content: bytes) -> SignedDocument:
        return _signed(content, self.root)

    def sign_by_serving(self, content: bytes) -> SignedDocument:
        return _signed(content, self.serving)

    def issuing(self, key_index: int) -> SigningKey:
        """The private key with this index, made where there is none yet."""
        return _seed_file(self.folder / f"issuing-{key_index:05d}.key")


def open_keys(folder: Path, now: datetime) -> ServerKeys:
    """The keys in `folder`, made where they are missing. Raises `DatabaseUnusableError` where they cannot be kept."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        serving, since, until = _serving(folder / "serving.json", now)
        return ServerKeys(folder, _seed_file(folder / "root.key"), serving, since, until)
    except (OSError, ValueError, KeyError) as error:
        raise DatabaseUnusableError(str(folder), str(error)) from error


def _serving(path: Path, now: datetime) -> tuple[SigningKey, datetime, datetime]:
    if path.exists():
        kept = json.loads(path.read_text(encoding="ascii"))
        since, until = datetime.fromisoformat(kept["valid_from"]), datetime.fromisoformat(kept["valid_until"])
        if now < until - _RENEW_BEFORE:
            return SigningKey(bytes.fromhex(kept["seed"])), since, until
        path.unlink()
    fresh = {
        "seed": SigningKey.generate().encode().hex(),
        "valid_from": (now - timedelta(days=1)).isoformat(),
        "valid_until": (now + SERVING_KEY_LIVES).isoformat(),
    }
    _write_once(path, json.dumps(fresh))
    return _serving(path, now)


def _seed_file(path: Path) -> SigningKey:
    if not path.exists():
        _write_once(path, SigningKey.generate().encode().hex())
    return SigningKey(bytes.fromhex(path.read_text(encoding="ascii").strip()))


def _write_once(path: Path, text: str) -> None:
    """Whole or not at all, and never over one that is there: another process may have made it a moment ago."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # 0600 from the start
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(name, path)
        except FileExistsError:
            return
    finally:
        os.unlink(name)


def _signed(content: bytes, key: SigningKey) -> SignedDocument:
    signature = key.sign(document_message(content)).signature
    return SignedDocument(content=content.decode(), key=key.verify_key.encode().hex(), signature=signature.hex())
