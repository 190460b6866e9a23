"""The server's database: readers beside one writer at a time, on SQLite and PostgreSQL by the same code.

SQLite: WAL, every commit forced to the disk, and writers begin with BEGIN IMMEDIATE, so that none of them finds at its
end that it has read something old. PostgreSQL: writers take one advisory lock, which gives the same order, and with it
cursors and numbers that become visible in the order in which they were given.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from merchant_app.errors import DatabaseBusyError, DatabaseUnusableError

WAIT_SECONDS = 5.0
_WRITING = "merchant_app_writing"
_WRITERS_LOCK = 0x6D657263


def database_url(database: str | None, data_dir: Path) -> URL:
    """What `--database` names: nothing (a file in the data dir), a file, or `postgresql://...`."""
    if database is not None and "://" in database:
        url = make_url(database)
        return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url
    path = data_dir / "server.db" if database is None else Path(database)
    return URL.create("sqlite", database=str(path.resolve()))


class Database:
    """One engine. `checkpoints=False` is for a second process beside the server: only one may fold the log back."""

    def __init__(self, url: URL, *, checkpoints: bool = True, wait_seconds: float = WAIT_SECONDS) -> None:
        self.url = url
        self._wait_seconds = wait_seconds
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._one_writer = threading.Lock()
        self._engine = _engine(url, checkpoints=checkpoints, wait_seconds=wait_seconds)

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view. Raises `DatabaseBusyError` or `DatabaseUnusableError`."""
        with _known_troubles(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that nobody else writes beside; all of it is stored, or nothing."""
        if not self._one_writer.acquire(timeout=self._wait_seconds):
            raise DatabaseBusyError(str(self.url))
        try:
            with _known_troubles(), self._engine.connect() as connection:
                connection.execution_options(**{_WRITING: True})
                with connection.begin():
                    if not self.is_sqlite:
                        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})
                    yield connection
        finally:
            self._one_writer.release()

    def close(self) -> None:
        self._engine.dispose()


def _engine(url: URL, *, checkpoints: bool, wait_seconds: float) -> Engine:
    if url.get_backend_name() != "sqlite":
        try:
            return create_engine(url, pool_pre_ping=True)
        except ImportError as error:
            raise DatabaseUnusableError(str(url), str(error)) from error
    engine = create_engine(url, connect_args={"timeout": wait_seconds, "check_same_thread": False}, pool_size=20)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself: `_on_begin` does
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
            if not checkpoints:
                connection.execute("PRAGMA wal_autocheckpoint=0")
        except BaseException:
            connection.close()  # the pool knows nothing of it yet
            raise

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(_WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


@contextmanager
def _known_troubles() -> Iterator[None]:
    """The database's own breakdowns by name: locked is "later", the rest (full, read-only, damaged) needs a person."""
    try:
        yield
    except OperationalError as error:
        reason = str(error.orig)
        kind = DatabaseBusyError if "locked" in reason or "timeout" in reason else DatabaseUnusableError
        raise kind("", reason) from error
    except DBAPIError as error:
        if "malformed" in str(error.orig) or "not a database" in str(error.orig) or error.connection_invalidated:
            raise DatabaseUnusableError("", str(error.orig)) from error
        raise
