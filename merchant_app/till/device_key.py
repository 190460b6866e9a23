"""The till's private key: in the system's keyring where there is one, else in a file that only its owner reads."""

import contextlib
import os
from pathlib import Path

import keyring
from keyring.errors import KeyringError
from nacl.encoding import HexEncoder
from nacl.signing import SigningKey

_SERVICE = "merchant-app till"
_FILE = "till.key"


def make_key(data_dir: Path, name: str) -> SigningKey:
    """A new key, kept under `name` (a chain's id: one key for each enrolment)."""
    key = SigningKey.generate()
    secret = key.encode(HexEncoder).decode()
    try:
        keyring.set_password(_SERVICE, name, secret)
    except (KeyringError, RuntimeError):
        _write_private(data_dir / _FILE, secret)
    return key


def load_key(data_dir: Path, name: str) -> SigningKey | None:
    """The key kept under `name`; None where it is gone, and the till has to be enrolled again."""
    secret = None
    with contextlib.suppress(KeyringError, RuntimeError):
        secret = keyring.get_password(_SERVICE, name)
    if secret is None and (data_dir / _FILE).exists():
        secret = (data_dir / _FILE).read_text(encoding="ascii").strip()
    return None if secret is None else SigningKey(secret.encode(), encoder=HexEncoder)


def _write_private(path: Path, secret: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
