"""`--database postgresql://...` from the command line: what is wrong with an address is said, its password never."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import make_url

from merchant_app.cli.main import main
from merchant_app.errors import DatabaseUnusableError
from merchant_app.server.db.engines import check
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown
from tests.server.postgres import PrivatePostgres

PASSWORD = "7HUNTER7"
Say = Callable[[str], str]


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Say:
    """Runs an operator's command on this database, which fails; what it says."""

    def run(database: str) -> str:
        assert main(["till", "list", "--data-dir", str(tmp_path), "--database", database]) == 1
        out, err = capsys.readouterr()
        assert out == ""
        assert PASSWORD not in err
        assert err.count("\n") == 1
        return err

    return run


@pytest.fixture
def url(postgres: PrivatePostgres) -> Iterator[str]:
    made = postgres.new_database(migrated=False)
    yield made
    postgres.drop(made)


def with_parts(url: str, **parts: str) -> str:
    return make_url(url).set(**parts).render_as_string(hide_password=False)


def test_a_database_that_is_not_there(say: Say, url: str) -> None:
    assert say(with_parts(url, database="nowhere")) == (
        "PostgreSQL has no database nowhere. Make it: createdb --encoding=UTF8 nowhere\n"
    )


def test_a_wrong_password(say: Say, url: str, postgres: PrivatePostgres) -> None:
    postgres.let_in_by_password("cashbox", "right")
    said = say(with_parts(url, username="cashbox", password=PASSWORD))
    assert said.startswith("PostgreSQL does not let this user in: postgresql://cashbox:***@")
    assert said.endswith("Correct the user and the password, or allow them in pg_hba.conf.\n")


def test_a_user_that_is_not_there(say: Say, url: str) -> None:
    assert say(with_parts(url, username="nobody")).startswith("PostgreSQL does not let this user in")


@pytest.mark.parametrize("place", ["127.0.0.1:1", "nowhere.invalid"])
def test_a_database_server_that_is_not_there(say: Say, place: str) -> None:
    assert say(f"postgresql://till:{PASSWORD}@{place}/tills") == (
        f"PostgreSQL does not answer at postgresql://till:***@{place}/tills. Start it, or correct the address.\n"
    )


def test_a_user_who_may_not_make_tables(say: Say, url: str, postgres: PrivatePostgres) -> None:
    postgres.do("CREATE ROLE reader LOGIN")
    said = say(with_parts(url, username="reader"))
    assert said.startswith("The user is not allowed what the server needs in the database test_")
    assert "ALTER DATABASE" in said


def test_a_database_that_cannot_keep_every_character(say: Say, url: str, postgres: PrivatePostgres) -> None:
    postgres.do("CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    said = say(with_parts(url, database="latin"))
    assert said.startswith("The database latin keeps its text as LATIN1.")
    assert "--encoding=UTF8" in said


def test_a_postgresql_that_is_too_old() -> None:
    with pytest.raises(DatabaseUnusableError) as raised:
        check(120_022, "UTF8", "tills")
    said = breakdown(Words("en"), raised.value).sentence
    assert said == "PostgreSQL 12 is too old. Bring it to version 13 or newer."


@pytest.mark.parametrize(
    "address", ["mysql://u:p@h/d", f"postgresql://u:{PASSWORD}@h:port/d", "nothing://", "sqlite:///x.db"]
)
def test_what_is_no_address_is_not_repeated(say: Say, address: str) -> None:
    said = say(address)
    assert said.startswith("What --database names is neither a file nor an address that can be read.")
    assert address not in said
