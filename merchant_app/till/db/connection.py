"""The connections to the till's file: one that writes, in one process, and any number that only read.

WAL with `synchronous=FULL`: what is committed survives a power cut. The log is given its room when the file is opened
and is written over after each checkpoint: a commit that does not lengthen a file costs about half of one that does.
SQLite before 3.51.3 can damage a file when two
connections write and checkpoint at the same instant, so there is one writing connection, its lock taken per
transaction, and readers never checkpoint.
"""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout
from sqlite_utils import Database

from merchant_app.errors import LedgerBusyError, LedgerDamagedError, LedgerError, LedgerUnwritableError
from merchant_app.till.db.migrations import bring_up_to_date, refuse_newer

LEDGER_FILE = "ledger.db"
_BUSY_SECONDS = 5.0
_ROOM_IN_THE_LOG = 4_000_000
"""Bytes: a hundred redemptions and more between two checkpoints."""
_PAGES_BEFORE_CHECKPOINT = 20_000
"""A backstop only: checkpoints are made between syncs (`checkpoint`), never while a cashier waits."""

_UNWRITABLE = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN}
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


class Ledger:
    """The writing connection. `with ledger.transaction() as db:` is the only way to write."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. Raises a `LedgerError` that says what is wrong with it."""
        self.path = path
        self._process_lock = FileLock(path.with_suffix(".lock"))
        self._lock = threading.RLock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._process_lock.acquire(timeout=0)
        except Timeout:
            raise LedgerBusyError(str(path)) from None
        except OSError as error:
            raise LedgerUnwritableError(str(path), str(error)) from error
        try:
            with known_troubles(path):
                self._db = self._open()
        except BaseException:
            self._process_lock.release()
            raise

    def _open(self) -> Database:
        connection = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "foreign_keys=ON",
                f"wal_autocheckpoint={_PAGES_BEFORE_CHECKPOINT}",
            ):
                connection.execute(f"PRAGMA {pragma}")
            db = Database(connection)
            bring_up_to_date(db, self.path)
            _make_room_in_the_log(connection)
        except BaseException:
            connection.close()
            raise
        return db

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        """All or nothing, durable when it ends. Takes the write lock at once, so that what is read stays true."""
        with self._lock, known_troubles(self.path):
            connection = self._db.conn
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Database]:
        """For a short look by whoever is about to write; long lists are read through `reading_connection`."""
        with self._lock, known_troubles(self.path):
            yield self._db

    def checkpoint(self) -> None:
        """Moves what is in the write-ahead file into the database, when nobody waits for it."""
        with self._lock, known_troubles(self.path):
            self._db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        with self._lock:
            self._db.conn.close()
            self._process_lock.release()


class ReadOnlyLedger(Ledger):
    """The same file, beside the process that writes it: what it says now, and no transactions."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.RLock()
        self._db = open_reading(path)

    @contextmanager
    def transaction(self) -> Iterator[Database]:
        raise LedgerUnwritableError(str(self.path), "opened only for reading")
        yield self._db

    def close(self) -> None:
        self._db.conn.close()


def _make_room_in_the_log(connection: sqlite3.Connection) -> None:
    """Lengthens the write-ahead file once, so that no redemption has to."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("CREATE TABLE room (bytes BLOB)")
    connection.execute("INSERT INTO room VALUES (zeroblob(?))", (_ROOM_IN_THE_LOG,))
    connection.execute("DROP TABLE room")
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchall()


def open_reading(path: Path) -> Database:
    """A connection that only reads, beside the writing one, also from another process. May cross threads."""
    with known_troubles(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=ro",
            uri=True,
            timeout=_BUSY_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        try:
            connection.execute("PRAGMA query_only=ON")
            connection.execute("PRAGMA wal_autocheckpoint=0")
            db = Database(connection)
            refuse_newer(db, path)
        except BaseException:
            connection.close()
            raise
        return db


@contextmanager
def known_troubles(path: Path) -> Iterator[None]:
    """SQLite's breakdowns, by their number, as ours; what is not on the list is a mistake of this program."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        trouble = _trouble(path, error)
        if trouble is None:
            raise
        raise trouble from error


def _trouble(path: Path, error: sqlite3.DatabaseError) -> LedgerError | None:
    number = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if number in _DAMAGED:
        return LedgerDamagedError(str(path), str(error))
    if number in _BUSY:
        return LedgerBusyError(str(path), str(error))
    if number in _UNWRITABLE:
        return LedgerUnwritableError(str(path), str(error))
    return None
