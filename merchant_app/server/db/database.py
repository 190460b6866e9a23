"""The server's database: readers beside one writer at a time, on SQLite and PostgreSQL by the same code.

A reader sees one moment, however many statements it asks. A writer begins when it alone may write: what it has read is
still true when it writes, and cursors and numbers become visible in the order in which they were given. On SQLite it
begins with BEGIN IMMEDIATE; on PostgreSQL it takes one advisory lock, which is one for all processes of the server.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import ArgumentError

from merchant_app.errors import DatabaseBusyError, DatabaseUnusableError, DatabaseWhy
from merchant_app.server.db.engines import POSTGRESQL, WRITING, postgresql_engine, sqlite_engine
from merchant_app.server.db.troubles import known_troubles, shown
from merchant_app.server.db.turns import Turns

WAIT_SECONDS = 5.0
"""So long a request waits for its turn to write; then it is told "busy", and can be sent again."""
_PATIENT_MINUTES = 10
_WRITERS_LOCK = 0x6D657263
_ONE_MOMENT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
_AS_IT_IS_NOW = {"isolation_level": "READ COMMITTED", WRITING: True}
"""Each statement sees what is committed: everything, since the lock that the first of them waited for."""


def database_url(database: str | None, data_dir: Path) -> URL:
    """What `--database` names: nothing (a file in the data dir), a file, or `postgresql://...`.

    Raises `DatabaseUnusableError`.
    """
    if database is None or "://" not in database:
        path = data_dir / "server.db" if database is None else Path(database)
        return URL.create("sqlite", database=str(path.resolve()))
    try:
        url = make_url(database)
    except (ArgumentError, ValueError):
        url = URL.create("unknown")
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseUnusableError("", why=DatabaseWhy.NOT_AN_ADDRESS)  # repeated nowhere: a password may be in it
    return url.set(drivername=POSTGRESQL)


class Database:
    """One engine. `checkpoints=False` is for a second process beside the server: only one may fold the log back."""

    def __init__(self, url: URL, *, checkpoints: bool = True, wait_seconds: float = WAIT_SECONDS) -> None:
        self.url = url
        self._wait_seconds = wait_seconds
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._one_writer = Turns()
        if self.is_sqlite:
            self._engine = self._readers = sqlite_engine(url, checkpoints=checkpoints, wait_seconds=wait_seconds)
        else:
            self._engine = postgresql_engine(url, wait_seconds=wait_seconds)
            self._readers = self._engine.execution_options(**_ONE_MOMENT)

    @property
    def path(self) -> Path | None:
        """The file, where it is one."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One consistent view. Raises `DatabaseBusyError` or `DatabaseUnusableError`."""
        with known_troubles(self.url), self._readers.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, patient: bool = False) -> Iterator[Connection]:
        """One transaction that nobody else writes beside; all of it is stored, or nothing.

        `patient`: for work that takes its time, such as a migration. Raises as `reading`.
        """
        if not self._one_writer.acquire(_PATIENT_MINUTES * 60 if patient else self._wait_seconds):
            raise DatabaseBusyError(shown(self.url))
        try:
            with known_troubles(self.url), self._engine.connect() as connection:
                connection.execution_options(**({WRITING: True} if self.is_sqlite else _AS_IT_IS_NOW))
                with connection.begin():
                    if not self.is_sqlite:
                        _wait_to_be_the_only_writer(connection, patient)
                    yield connection
        finally:
            self._one_writer.release()

    def close(self) -> None:
        self._engine.dispose()


def _wait_to_be_the_only_writer(connection: Connection, patient: bool) -> None:
    if patient:
        for limit, value in (("lock_timeout", f"{_PATIENT_MINUTES}min"), ("statement_timeout", "0")):
            connection.execute(text(f"SET LOCAL {limit} = '{value}'"))
        connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = '0'"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _WRITERS_LOCK})
