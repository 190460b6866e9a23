"""Brings the database up to this version's tables, copying the file first; a newer database is refused."""

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from merchant_app.errors import DatabaseNewerError
from merchant_app.server.db.database import Database
from merchant_app.server.db.troubles import shown


def migrate(database: Database, to: str = "head") -> None:
    """Up to the newest tables, or to those of an earlier revision.

    Raises `DatabaseNewerError`, `DatabaseBusyError` or `DatabaseUnusableError`; the database is then as it was.
    """
    config, known = _config(), revisions()
    with database.reading() as connection:
        if _revision(connection) == known[-1]:
            return
    with database.writing(patient=True) as connection:
        current = _revision(connection)  # of several processes that are started at once, one migrates
        if current is not None and current not in known:
            raise DatabaseNewerError(shown(database.url), current)
        if current not in (None, known[-1]) and database.path is not None:
            _copy(database.path, database.path.with_name(f"{database.path.name}.before-{current}"))
        config.attributes["connection"] = connection
        command.upgrade(config, to)


def revisions() -> list[str]:
    """Every shape that the database has had, oldest first."""
    steps = ScriptDirectory.from_config(_config()).walk_revisions()
    return [step.revision for step in steps][::-1]


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _copy(path: Path, copy: Path) -> None:
    """By SQLite's own backup, so that what is still in the log is in the copy; and before anything is changed."""
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
