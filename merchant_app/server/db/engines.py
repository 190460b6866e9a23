"""How connections to SQLite and to PostgreSQL are made, kept, and told how long they may take."""

import math
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from merchant_app.errors import DatabaseUnusableError, DatabaseWhy

POSTGRESQL = "postgresql+psycopg"
WRITING = "merchant_app_writing"
"""The execution option that tells a writer's connection from a reader's."""
OLDEST_POSTGRESQL = 13
_CONNECTIONS = 20
"""Of one process at most. Writers wait for their turn without one, so these are for readers, who are quick."""
_STATEMENT_SECONDS = 60
_IDLE_SECONDS = 30
"""A process that stops in the middle of a transaction (a frozen machine) must not keep the others from writing."""


def sqlite_engine(url: URL, *, checkpoints: bool, wait_seconds: float) -> Engine:
    """WAL, and every commit forced to the disk."""
    engine = create_engine(
        url,
        connect_args={"timeout": wait_seconds, "check_same_thread": False},
        pool_size=_CONNECTIONS,
        pool_timeout=wait_seconds,
    )

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
        writing = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def postgresql_engine(url: URL, *, wait_seconds: float) -> Engine:
    """Connections are tried before they are used, so that a PostgreSQL that was started anew is met by new ones."""
    engine = create_engine(
        url,
        connect_args=_connect_args(url, wait_seconds),
        pool_pre_ping=True,
        pool_size=_CONNECTIONS // 4,
        max_overflow=_CONNECTIONS - _CONNECTIONS // 4,
        pool_timeout=wait_seconds,
        pool_use_lifo=True,
    )

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: Any) -> None:
        try:
            greeting = connection.info  # both are told without being asked for
            check(greeting.server_version, greeting.parameter_status("server_encoding"), str(url.database))
        except BaseException:
            connection.close()
            raise

    return engine


def _connect_args(url: URL, wait_seconds: float) -> dict[str, Any]:
    """What the address says itself goes before this. Milliseconds, where nothing else is said."""
    limits = {
        "lock_timeout": math.ceil(wait_seconds * 1000),
        "statement_timeout": _STATEMENT_SECONDS * 1000,
        "idle_in_transaction_session_timeout": _IDLE_SECONDS * 1000,
        "synchronous_commit": "on",  # whoever was answered relies on it
        "plan_cache_mode": "force_custom_plan",  # what was planned for an empty table does not suit a full one
    }
    said = url.query.get("options", "")
    options = [f"-c {name}={value}" for name, value in limits.items()] + [said if isinstance(said, str) else said[-1]]
    given = {
        "application_name": "merchant-app",
        "client_encoding": "utf8",
        "connect_timeout": max(2, math.ceil(wait_seconds)),
        "keepalives_idle": 30,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 30_000,
    }
    return {name: value for name, value in given.items() if name not in url.query} | {"options": " ".join(options)}


def check(version: int, encoding: str | None, database: str) -> None:
    """`version` as 130004 for 13.4. Raises `DatabaseUnusableError` where the server could not work with it."""
    if version < OLDEST_POSTGRESQL * 10_000:
        raise DatabaseUnusableError(database, str(version // 10_000), DatabaseWhy.TOO_OLD)
    if encoding != "UTF8":
        raise DatabaseUnusableError(database, str(encoding), DatabaseWhy.NOT_UTF8)
