"""A backup: the database and the keys in one folder, from which a server can be started again.

The database is copied first: whatever key it knows of is there when the keys are copied, for a key is always made
before the database says so.
"""

import os
import shutil
from pathlib import Path

from merchant_app.errors import OutputError
from merchant_app.server.central import Central
from merchant_app.server.db.backup import copy_database
from merchant_app.server.db.published import raise_versions


def back_up(central: Central, to: Path) -> Path:
    """Makes the folder `to`, whole or not at all, readable by its owner alone; the database's file in it.

    Raises `OutputError`, also where the folder is there already: a good backup is never written over.
    """
    half = to.with_name(f"{to.name}.half")
    if to.exists():
        raise OutputError(str(to), "it is there already")
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700, parents=True)
        file = copy_database(central.database, half)
        shutil.copytree(central.keys.folder, half / central.keys.folder.name)
        for each in half.rglob("*"):
            _force_to_disk(each)
        half.rename(to)
        _force_to_disk(to.parent)
    except OSError as error:
        raise OutputError(str(to), str(error)) from error
    return to / file.name


def note_start(central: Central) -> None:
    """A server that starts may have been restored from a backup: then tills have seen versions that it has forgotten.

    Versions go with the time, so those of this start are higher than any that were given before it.
    """
    with central.database.writing() as connection:
        raise_versions(connection, int(central.now().timestamp()))


def _force_to_disk(path: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
