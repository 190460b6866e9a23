"""A copy of the whole database as it is at one moment, while the server goes on writing."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from merchant_app.errors import DatabaseUnusableError, OutputError
from merchant_app.server.db.database import Database
from merchant_app.server.db.troubles import shown


def copy_database(database: Database, folder: Path) -> Path:
    """The file it is in: `server.db`, which a server can be started on, or `server.pgdump` for `pg_restore`.

    Raises `OutputError`, or `DatabaseUnusableError` where the copy is not sound.
    """
    if database.path is None:
        return _dump(database, folder / "server.pgdump")
    copy = folder / "server.db"
    try:
        with closing(sqlite3.connect(database.path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
            (found,) = target.execute("PRAGMA quick_check").fetchone()
    except sqlite3.Error as error:
        raise OutputError(str(copy), str(error)) from error
    if found != "ok":
        raise DatabaseUnusableError(str(database.path), found)
    return copy


def _dump(database: Database, file: Path) -> Path:
    """By PostgreSQL's own program; the password goes where no list of processes shows it."""
    url = database.url.set(drivername="postgresql")
    address = url.set(password=None).render_as_string()
    environment = {**os.environ, **({"PGPASSWORD": str(url.password)} if url.password else {})}
    command = ["pg_dump", "--format=custom", "--no-owner", f"--file={file}", f"--dbname={address}"]
    try:
        subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    except FileNotFoundError as error:
        raise OutputError(str(file), f"pg_dump is not installed; it copies {shown(url)}") from error
    except subprocess.CalledProcessError as error:
        raise OutputError(str(file), " ".join(error.stderr.split())) from error
    return file
