"""Backups of the private keys: one file that opens by a passphrase alone, good on any computer.

The key of its box is made from the passphrase by argon2id, with the costs that stand in the file.
"""

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from nacl import pwhash
from nacl.exceptions import CryptoError
from nacl.secret import SecretBox
from nacl.utils import random

from merchant_app.errors import KeyBackupError, KeysUnusableError
from merchant_app.server.central import Central
from merchant_app.server.db.notes import put_setting, setting
from merchant_app.server.services.keeping_keys.private_files import write_anew

_FORMAT = "merchant-app keys v1"
_NAME = re.compile(r"^(root\.key|root-next\.key|serving\.json|issuing-\d{5}\.key)$")
_BACKED_UP_AT = "keys_backed_up_at"
_DEAREST = 1 << 31
"""Bytes of memory: a file that somebody made up must not take all there is."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess at the passphrase costs: passes, and bytes of memory."""

    passes: int = pwhash.argon2id.OPSLIMIT_MODERATE
    memory: int = pwhash.argon2id.MEMLIMIT_MODERATE


def back_up(central: Central, folder: Path, passphrase: str, cost: Cost | None = None) -> tuple[Path, list[str]]:
    """The file that was written into `folder`, and the names of the keys in it. Raises a `KeysError`."""
    if not folder.is_dir():  # a disk that is not plugged in must not become a folder on this one
        raise KeysUnusableError(str(folder), "no such folder")
    now, cost = central.now(), cost or Cost()
    files = {path.name: path.read_text(encoding="ascii") for path in _key_files(central.keys.folder)}
    salt = random(pwhash.argon2id.SALTBYTES)
    box = SecretBox(_box_key(passphrase, salt, cost)).encrypt(json.dumps(files).encode())
    written = {
        "format": _FORMAT,
        "made_at": now.isoformat(),
        "passes": cost.passes,
        "memory": cost.memory,
        "salt": _text(salt),
        "box": _text(bytes(box)),
    }
    path = folder / f"merchant-app-keys-{now:%Y%m%d-%H%M%S}.backup"
    try:
        write_anew(path, json.dumps(written))
    except OSError as error:
        raise KeysUnusableError(str(folder), str(error)) from error
    with central.database.writing() as connection:
        put_setting(connection, _BACKED_UP_AT, now.isoformat())
    return path, sorted(files)


def last_backup_at(central: Central) -> datetime | None:
    with central.database.reading() as connection:
        kept = setting(connection, _BACKED_UP_AT)
    return None if kept is None else datetime.fromisoformat(kept)


def restore(folder: Path, backup: Path, passphrase: str, *, replace: bool = False) -> list[str]:
    """Puts the keys of a backup into `folder`; their names. Nothing is written unless all of it can be.

    Raises `KeyBackupError`: `unreadable`, `wrong_passphrase`, or `in_the_way` where other keys are there already and
    `replace` was not said.
    """
    files = _opened(backup, passphrase)
    here = {path.name: path.read_text(encoding="ascii") for path in _key_files(folder)}
    others = sorted(name for name, text in files.items() if here.get(name, text) != text)
    if others and not replace:
        raise KeyBackupError(", ".join(others), "in_the_way")
    try:
        for name, text in files.items():
            write_anew(folder / name, text)
    except OSError as error:
        raise KeysUnusableError(str(folder), str(error)) from error
    return sorted(files)


def _opened(backup: Path, passphrase: str) -> Mapping[str, str]:
    try:
        written: Any = json.loads(backup.read_text(encoding="ascii"))
        cost = Cost(int(written["passes"]), int(written["memory"]))
        salt, box = (base64.b64decode(written[name], validate=True) for name in ("salt", "box"))
        if written["format"] != _FORMAT or cost.memory > _DEAREST or cost.passes > 64:
            raise KeyBackupError(str(backup), "unreadable")
        files: Any = json.loads(SecretBox(_box_key(passphrase, salt, cost)).decrypt(box))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise KeyBackupError(str(backup), "unreadable") from error
    except CryptoError:
        raise KeyBackupError(str(backup), "wrong_passphrase") from None
    if not all(_NAME.match(name) for name in files):
        raise KeyBackupError(str(backup), "unreadable")
    return {str(name): str(text) for name, text in files.items()}


def _box_key(passphrase: str, salt: bytes, cost: Cost) -> bytes:
    return bytes(pwhash.argon2id.kdf(SecretBox.KEY_SIZE, passphrase.encode(), salt, cost.passes, cost.memory))


def _key_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*")) if _NAME.match(path.name)]


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()
