"""PostgreSQL as the engine: a reader sees one moment, one writes at a time, a connection that breaks is replaced."""

import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text, update

from merchant_app.errors import DatabaseBusyError, DatabaseUnusableError, DatabaseWhy
from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate
from merchant_app.server.db.notes import put_setting, setting
from merchant_app.server.db.tables import settings
from tests.server.postgres import PrivatePostgres


@pytest.fixture
def url(postgres: PrivatePostgres) -> Iterator[str]:
    made = postgres.new_database()
    yield made
    postgres.drop(made)


@pytest.fixture
def opened(url: str) -> Iterator[Database]:
    database = Database(database_url(url, Path()), wait_seconds=0.2)
    yield database
    database.close()


@pytest.fixture
def beside(url: str) -> Iterator[Database]:
    """Another process of the server, as the database sees it."""
    database = Database(database_url(url, Path()), wait_seconds=0.2)
    yield database
    database.close()


def put(database: Database, value: str) -> None:
    with database.writing() as connection:
        put_setting(connection, "a", value)


def test_a_reader_sees_one_moment_whatever_is_written_meanwhile(opened: Database, beside: Database) -> None:
    put(opened, "before")
    with opened.reading() as connection:
        seen = [setting(connection, "a")]
        put(beside, "after")
        seen.append(setting(connection, "a"))
    with opened.reading() as connection:
        assert [*seen, setting(connection, "a")] == ["before", "before", "after"]


def test_a_reader_cannot_write(opened: Database) -> None:
    with pytest.raises(DatabaseUnusableError), opened.reading() as connection:
        put_setting(connection, "a", "b")


def test_a_writer_sees_everything_that_those_before_it_wrote(opened: Database, beside: Database) -> None:
    """Its first look at the database is the lock for which it waits; what it reads then is not older than that."""
    put(opened, "0")

    def count(database: Database) -> None:
        for _ in range(20):
            with suppress(DatabaseBusyError), database.writing() as connection:
                put_setting(connection, "a", str(int(setting(connection, "a") or 0) + 1))
                done.append(1)

    done: list[int] = []
    threads = [threading.Thread(target=count, args=(each,)) for each in (opened, beside)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened.reading() as connection:
        assert setting(connection, "a") == str(len(done))


def test_whoever_waits_too_long_for_another_process_is_told_that_it_is_busy(opened: Database, beside: Database) -> None:
    with opened.writing(), pytest.raises(DatabaseBusyError), beside.writing():
        pass
    put(beside, "its turn")


def test_a_statement_that_takes_too_long_is_ended(url: str) -> None:
    hasty = Database(database_url(f"{url}&options=-c statement_timeout=50", Path()))
    with pytest.raises(DatabaseBusyError), hasty.reading() as connection:
        connection.execute(text("SELECT pg_sleep(60)"))
    hasty.close()


def break_off(database: Database) -> None:
    """Ends every other connection to this database, as a restart of PostgreSQL would."""
    with database.reading() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )


def test_a_connection_that_breaks_in_the_middle_leaves_nothing_and_the_next_one_works(
    opened: Database, beside: Database
) -> None:
    put(opened, "before")

    def write_half() -> None:
        with opened.writing() as connection:
            put_setting(connection, "a", "half")
            break_off(beside)
            connection.execute(update(settings).values(value="half"))

    with pytest.raises(DatabaseUnusableError) as raised:
        write_half()
    assert raised.value.why is DatabaseWhy.LOST
    with opened.reading() as connection:
        assert setting(connection, "a") == "before"
    put(opened, "after")


def test_connections_that_broke_while_nobody_used_them_are_replaced_unnoticed(
    opened: Database, beside: Database
) -> None:
    put(opened, "before")
    break_off(beside)
    put(opened, "after")
    with opened.reading() as connection:
        assert setting(connection, "a") == "after"


def test_a_commit_is_forced_to_the_disk_whatever_the_database_server_is_set_to(
    postgres: PrivatePostgres, url: str, opened: Database
) -> None:
    postgres.do(f"ALTER DATABASE {database_url(url, Path()).database} SET synchronous_commit = off")
    with opened.writing() as connection:
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"


def test_processes_that_are_started_at_once_on_an_empty_database_make_its_tables_once(
    postgres: PrivatePostgres,
) -> None:
    empty = postgres.new_database(migrated=False)
    several = [Database(database_url(empty, Path())) for _ in range(3)]
    line, troubles = threading.Barrier(3), []

    def start(database: Database) -> None:
        line.wait()
        try:
            migrate(database)
        except Exception as error:
            troubles.append(error)

    threads = [threading.Thread(target=start, args=(each,)) for each in several]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert troubles == []
    with several[0].writing() as connection:
        connection.execute(insert(settings).values(name="a", value="b"))
    with several[1].reading() as connection:
        assert connection.scalar(select(settings.c.value)) == "b"
    for each in several:
        each.close()
    postgres.drop(empty)
