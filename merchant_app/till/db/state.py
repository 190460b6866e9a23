"""What this till knows of itself: who it is, its server, the floor of its clock, how far it has synced."""

from datetime import datetime

from sqlite_utils import Database

TILL_ID = "till_id"
CHAIN_ID = "chain_id"
SERVER = "server"
ROOT_KEY = "root_key"
OUTLET = "outlet"
ENROLLING = "enrolling"
FLOOR = "floor"
REPORTED_FLOOR = "reported_floor"
EVENTS_CURSOR = "events_cursor"
PUSHED_TO = "pushed_to"
LAST_SYNC_AT = "last_sync_at"
NEXT_SYNC_AT = "next_sync_at"
FAILURES = "failures"
CATALOGUE_CONFIRMED_AT = "catalogue_confirmed_at"
CATALOGUE_ISSUED_AT = "catalogue_issued_at"
CATALOGUE_EXPIRES_AT = "catalogue_expires_at"
REVOKED = "revoked"


OF_ONE_CHAIN = (
    REPORTED_FLOOR, EVENTS_CURSOR, PUSHED_TO, LAST_SYNC_AT, NEXT_SYNC_AT, FAILURES, CATALOGUE_CONFIRMED_AT,
    CATALOGUE_ISSUED_AT, CATALOGUE_EXPIRES_AT, REVOKED,
)  # fmt: skip
"""How far one till came with its server: a till that is enrolled anew begins anew."""


def get(db: Database, name: str) -> str | None:
    row = db.conn.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
    return None if row is None else row[0]


def put(db: Database, name: str, value: str | None) -> None:
    """Within a transaction of the caller's."""
    db.conn.execute(
        "INSERT INTO state (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


def get_time(db: Database, name: str) -> datetime | None:
    text = get(db, name)
    return None if text is None else datetime.fromisoformat(text)


def put_time(db: Database, name: str, value: datetime | None) -> None:
    put(db, name, None if value is None else value.isoformat())


def get_number(db: Database, name: str) -> int:
    return int(get(db, name) or 0)
