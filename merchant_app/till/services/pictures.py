"""Offer pictures: fetched once by their hash, kept as files, shown offline."""

import hashlib
import logging
import os
from collections.abc import Mapping
from pathlib import Path

from merchant_app.errors import RequestRefusedError
from merchant_app.till.remote import Remote
from merchant_app.till.services.counter import Counter

log = logging.getLogger(__name__)

_FOLDER = "pictures"


def fetch_pictures(counter: Counter, remote: Remote) -> int:
    """Fetches what the campaigns name and is not here yet; how many. Bytes of another hash are thrown away."""
    fetched = 0
    folder = picture_folder(counter.ledger.path)
    for sha256 in set(counter.knowledge().pictures.values()):
        if (folder / sha256).exists():
            continue
        try:
            content = remote.picture(sha256)
        except RequestRefusedError:
            continue  # the server does not have it (yet); the offer is shown without
        if hashlib.sha256(content).hexdigest() != sha256:
            log.warning("picture %s came with other bytes", sha256)
            continue
        _write(folder / sha256, content)
        fetched += 1
    return fetched


def picture_path(ledger_path: Path, pictures: Mapping[str, str], name: str) -> Path | None:
    """The file of the picture that a campaign document names so; None: not fetched yet."""
    path = picture_folder(ledger_path) / pictures.get(name, name)
    return path if path.is_file() else None


def picture_folder(ledger_path: Path) -> Path:
    return ledger_path.parent / _FOLDER


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.write_bytes(content)
    os.replace(unfinished, path)
