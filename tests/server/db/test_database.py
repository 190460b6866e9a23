"""The server's database: migrated to what the code expects, copied first, kept safe, refused when newer."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import insert, select

from merchant_app.errors import DatabaseNewerError, DatabaseUnusableError, KeysUnusableError
from merchant_app.server.app import open_central
from merchant_app.server.db.coupons import coupons_by_number
from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate
from merchant_app.server.db.partitions import is_partition
from merchant_app.server.db.redemptions import by_ids
from merchant_app.server.db.tables import metadata, settings
from merchant_app.server.services.keeping_keys.server_keys import open_keys
from merchant_app.server.settings import Settings

NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
LATE = int(datetime(2026, 6, 29, 17, 0, tzinfo=UTC).timestamp()) * 1_000_000
"""In Shanghai it is the day after."""
A_REDEMPTION_OF_0003 = (
    'INSERT INTO campaigns VALUES (7, \'{"time_zone": "Asia/Shanghai"}\', 0, 0)',
    "INSERT INTO coupons VALUES (7, 99, 0, 0, 0, 0, TRUE, 0, 'live_stream', '8800112233445566', NULL, NULL)",
    "INSERT INTO redemptions VALUES ('r-1', 1, '4201-01', 4201, 7, 99, 1, 0, 0, 0, NULL, '02', 'b', 12000, 2000, 10000,"
    f" {LATE}, {LATE}, 'confirmed', NULL, FALSE, '[]', NULL)",
)


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A file. What both engines have to do is tested with `on_either`."""
    return Database(database_url(None, tmp_path))


@pytest.fixture(params=["sqlite", "postgresql"])
def on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database without tables."""
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database(migrated=False)
    opened = Database(database_url(url, tmp_path))
    yield opened
    opened.close()


def is_ours(_object: object, name: str | None, kind: str, _reflected: bool, _compared_with: object) -> bool:
    """Partitions are tables to PostgreSQL, and nothing of their own to us."""
    return not (kind == "table" and name is not None and is_partition(name))


def stamp(path: Path, revision: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))


def test_migrations_give_the_tables_that_the_code_works_with(on_either: Database) -> None:
    migrate(on_either)
    migrate(on_either)
    with on_either.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": is_ours})
        assert compare_metadata(context, metadata) == []


def test_what_an_earlier_version_stored_is_all_there_after_its_tables_were_changed(on_either: Database) -> None:
    migrate(on_either, to="0003")
    with on_either.writing() as connection:
        for statement in A_REDEMPTION_OF_0003:
            connection.exec_driver_sql(statement)
    migrate(on_either)
    with on_either.reading() as connection:
        (kept,) = by_ids(connection, ["r-1"])
        (coupon,) = coupons_by_number(connection, ["8800112233445566"]).values()
    assert (kept.day, kept.channel, kept.standing, kept.key) == (date(2026, 6, 30), "live_stream", "confirmed", (7, 99))
    assert (coupon.key, coupon.channel) == ((7, 99), "live_stream")


def test_an_older_file_is_copied_before_it_is_changed(database: Database, tmp_path: Path) -> None:
    migrate(database, to="0002")
    database.close()
    with closing(sqlite3.connect(tmp_path / "server.db")) as connection, connection:
        connection.execute("INSERT INTO settings VALUES ('kept', 'yes')")
    again = Database(database_url(None, tmp_path))
    migrate(again)
    with again.reading() as connection:
        assert connection.scalar(select(settings.c.value)) == "yes"
    again.close()
    with closing(sqlite3.connect(tmp_path / "server.db.before-0002")) as copy:
        assert copy.execute("SELECT value FROM settings").fetchall() == [("yes",)]
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0002",)]


def test_a_newer_file_is_refused_and_left_as_it_is(database: Database, tmp_path: Path) -> None:
    migrate(database)
    database.close()
    stamp(tmp_path / "server.db", "9999")
    with pytest.raises(DatabaseNewerError):
        open_central(Settings(tmp_path))
    with closing(sqlite3.connect(tmp_path / "server.db")) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("9999",)]


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "server.db").write_bytes(b"no database at all, but long enough to be looked at" * 50)
    with pytest.raises(DatabaseUnusableError):
        open_central(Settings(tmp_path))


def test_every_commit_is_forced_to_the_disk_and_writers_begin_at_once(database: Database) -> None:
    migrate(database)
    with database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    path = database.path
    assert path is not None
    locked = pytest.raises(sqlite3.OperationalError, match="locked")
    with database.writing(), closing(sqlite3.connect(path, timeout=0)) as other, locked:
        other.execute("BEGIN IMMEDIATE")
    database.close()


def test_what_fails_in_the_middle_leaves_nothing_behind(database: Database) -> None:
    migrate(database)

    def fail() -> None:
        with database.writing() as connection:
            connection.execute(insert(settings).values(name="a", value="b"))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with database.reading() as connection:
        assert connection.scalar(select(settings.c.value)) is None
    with database.writing() as connection:
        connection.execute(insert(settings).values(name="a", value="c"))
    database.close()


def test_private_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    first, again = open_keys(tmp_path, NOW, are_new=True), open_keys(tmp_path, NOW, are_new=True)
    assert (first.root(), first.serving()) == (again.root(), again.serving())
    assert first.make_issuing(3) == again.make_issuing(3) != first.make_issuing(4)
    assert first.folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in first.folder.iterdir()} == {0o600}
    assert {path.name for path in first.folder.iterdir()} == {
        "root.key",
        "serving.json",
        "issuing-00003.key",
        "issuing-00004.key",
    }


def test_a_damaged_key_is_said_so(tmp_path: Path) -> None:
    keys = open_keys(tmp_path, NOW, are_new=True)
    (keys.folder / "root.key").write_text("zz")
    with pytest.raises(KeysUnusableError):
        keys.root()
    for text in ("zz", "[]", "{}", '{"keys": [{}]}'):
        (keys.folder / "serving.json").write_text(text)
        with pytest.raises(KeysUnusableError):
            keys.serving()


def test_keys_that_once_lay_beside_the_database_are_moved_to_their_folder(tmp_path: Path) -> None:
    seed, life = "07" * 32, {"valid_from": NOW.isoformat(), "valid_until": (NOW + timedelta(days=9)).isoformat()}
    (tmp_path / "root.key").write_text("05" * 32)
    (tmp_path / "serving.json").write_text(json.dumps({"seed": seed, **life}))
    (tmp_path / "issuing-00001.key").write_text("06" * 32)
    keys = open_keys(tmp_path, NOW, are_new=False)
    assert keys.root().encode() == bytes.fromhex("05" * 32)
    assert [pair.key.encode().hex() for pair in keys.serving()] == [seed]
    assert keys.issuing(1).encode() == bytes.fromhex("06" * 32)
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]
