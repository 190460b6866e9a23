"""Private keys as files that only their owner reads: each is whole or not there, however the writing ends."""

import os
import tempfile
from pathlib import Path


def write_once(path: Path, text: str) -> None:
    """Never over one that is there: another process may have made it a moment ago."""
    name = _written_beside(path, text)
    try:
        os.link(name, path)
    except FileExistsError:
        return
    finally:
        os.unlink(name)
    _sync_folder(path.parent)


def write_anew(path: Path, text: str) -> None:
    """In the place of one that may be there."""
    os.replace(_written_beside(path, text), path)
    _sync_folder(path.parent)


def _written_beside(path: Path, text: str) -> str:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent)  # 0600 from the start
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        os.unlink(name)
        raise
    return name


def _sync_folder(folder: Path) -> None:
    """A name outlives a power cut only when its folder was forced to the disk too; Windows knows no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
