"""A server's database that any released version left behind is brought up to date on both engines, row for row."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Boolean, Connection, MetaData, Table, inspect, select

from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate, revisions
from merchant_app.server.db.redemptions import by_ids, last_cursor, last_order

FILES = sorted(Path(__file__).parent.glob("server-*.db"))
Content = dict[str, list[dict[str, Any]]]


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, file: Path, tmp_path: Path) -> Iterator[Database]:
    """The database as that version left it; what it left in a file is put into PostgreSQL."""
    if request.param == "sqlite":
        shutil.copy(file, tmp_path / "server.db")
        opened = Database(database_url(None, tmp_path))
    else:
        postgres = request.getfixturevalue("postgres")
        opened = Database(database_url(postgres.new_database(migrated=False), tmp_path))
        migrate(opened, to=revision_of(file))
        fill(opened, file)
    yield opened
    opened.close()


def revision_of(file: Path) -> str:
    return file.stem.rpartition("-")[2]


def fill(database: Database, file: Path) -> None:
    with closing(sqlite3.connect(file)) as source, database.writing() as connection:
        source.row_factory = sqlite3.Row
        for table in tables(connection):
            rows = [dict(row) for row in source.execute(f"SELECT * FROM {table.name}")]
            for name in (column.name for column in table.columns if isinstance(column.type, Boolean)):
                for row in rows:
                    row[name] = bool(row[name])
            if rows:
                connection.execute(table.insert(), rows)


def tables(connection: Connection) -> list[Table]:
    """Without partitions, whose rows are their parents'."""
    metadata = MetaData()
    names = [name for name in inspect(connection).get_table_names() if name != "alembic_version" and "_p" not in name]
    metadata.reflect(connection, only=names)
    return list(metadata.sorted_tables)


def content(database: Database) -> Content:
    with database.reading() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(select(table))]
            for table in tables(connection)
        }


def is_kept(row: dict[str, Any], now: list[dict[str, Any]]) -> bool:
    """Whether a row is still there, in the columns that there were. What was unknown may have been found out."""
    known = {name: value for name, value in row.items() if value is not None}
    return any(all(each.get(name, value) == value for name, value in known.items()) for each in now)


def test_there_is_one_for_every_release() -> None:
    assert [path.stem for path in FILES] == ["server-0003"]


def test_it_is_brought_up_to_date_step_by_step_and_no_row_is_lost_or_changed(old: Database, file: Path) -> None:
    before = content(old)
    assert sum(map(len, before.values())) > 40
    later = revisions()
    for step in later[later.index(revision_of(file)) + 1 :]:
        migrate(old, to=step)
        now = content(old)
        for name, rows in before.items():
            assert [row for row in rows if not is_kept(row, now[name])] == [], f"{name} after {step}"
            assert len(now[name]) == len(rows) or not rows, f"{name} after {step}"


def test_it_is_worked_with_as_if_it_had_always_been_of_this_version(old: Database, file: Path) -> None:
    before = content(old)
    migrate(old)
    with old.reading() as connection:
        ids = [row["redemption_id"] for row in before["redemptions"]]
        kept = by_ids(connection, ids)
        assert sorted(each.redemption_id for each in kept) == sorted(ids)
        assert {str(each.day) for each in kept} == {"2026-06-30"}
        assert last_order(connection) == len(ids)
        assert last_cursor(connection) == len(before["events"])
