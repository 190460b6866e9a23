"""Writing a file for people: whole or not at all."""

import os
from pathlib import Path

from merchant_app.errors import OutputError


def write_whole(path: Path, content: bytes) -> None:
    """`content` under `path`, replacing what was there only once everything is written.

    Raises `OutputError` where that cannot be; what was there before is then still there.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        try:
            with beside.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(str(path), error.strerror or str(error)) from error
