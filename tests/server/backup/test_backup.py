"""The restore drill: a backup that is made while tills push is whole, and a server starts on it with the same keys."""

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from merchant_app.cli.main import main
from merchant_app.domain.chain import first_break
from merchant_app.server.app import create_app
from merchant_app.server.db.tables import redemptions, rows
from merchant_app.server.running import RunningServer
from merchant_app.server.settings import Settings
from tests.server.conftest import House
from tests.server.postgres import PrivatePostgres
from tests.server.till_client import TillClient

Restore = Callable[[Path], Settings]


@pytest.fixture
def restore(request: pytest.FixtureRequest, tmp_path: Path, database: str | None) -> Iterator[Restore]:
    """What docs/server.md tells an operator to do, on a new machine."""
    made: list[str] = []

    def run(backup: Path) -> Settings:
        folder = tmp_path / "new-machine"
        shutil.copytree(backup, folder)
        if database is None:
            return Settings(folder)
        postgres: PrivatePostgres = request.getfixturevalue("postgres")
        made.append(postgres.new_database(migrated=False))
        subprocess.run(
            [postgres.programs / "pg_restore", "--no-owner", f"--dbname={made[0]}", folder / "server.pgdump"],
            check=True,
        )
        return Settings(folder, made[0])

    yield run
    for url in made:
        request.getfixturevalue("postgres").drop(url)


@pytest.fixture
def back_up(request: pytest.FixtureRequest, tmp_path: Path, database: str | None) -> Callable[[], Path]:
    def run() -> Path:
        to, named = tmp_path / "backup", [] if database is None else ["--database", database]
        assert main(["backup", "--output", str(to), "--data-dir", str(tmp_path / "server"), *named]) == 0
        return to

    if database is not None:
        programs = request.getfixturevalue("postgres").programs
        request.getfixturevalue("monkeypatch").setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    return run


@contextmanager
def pushing(till: TillClient, batches: list[list[object]]) -> Iterator[set[int]]:
    """Meanwhile another thread pushes; the rows that were answered so far."""
    answered: set[int] = set()

    def push() -> None:
        for batch in batches:
            answered.update(each.seq for each in till.push(batch).answers)  # type: ignore[arg-type]

    thread = threading.Thread(target=push)
    thread.start()
    yield answered
    thread.join()


def test_what_was_answered_before_a_backup_is_in_it_and_tills_go_on_with_the_server_that_is_started_on_it(
    house: House, back_up: Callable[[], Path], restore: Restore
) -> None:
    till = house.till()
    for coupon in house.coupons(count=240):
        till.redeem(str(coupon.code), house.clock.at)
    batches = [till.rows[start : start + 10] for start in range(0, 240, 10)]
    till.push(batches[0])
    with pushing(till, batches[1:]) as answered:  # type: ignore[arg-type]
        before = set(answered)
        backup = back_up()
    assert backup.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o077 for each in backup.glob("keys/*")} == {0}
    with RunningServer(create_app(restore(backup), now=house.clock)) as restored:
        with restored.app.central.database.reading() as connection:
            kept = connection.execute(select(rows.c.seq, rows.c.content, rows.c.hash).order_by(rows.c.seq)).all()
            sold = connection.scalars(select(redemptions.c.redemption_id)).all()
        assert set(range(1, 11)) | before <= {row.seq for row in kept}
        assert first_break((row.seq, row.content, row.hash) for row in kept) is None
        assert len(sold) == len(kept)
        till.url = restored.url
        assert till.push().stored_to == 240
        till.snapshot()


def test_a_backup_is_never_written_over_another(house: House, back_up: Callable[[], Path], tmp_path: Path) -> None:
    made = back_up()
    before = {each: each.read_bytes() for each in made.rglob("*") if each.is_file()}
    with pytest.raises(AssertionError):
        back_up()
    assert {each: each.read_bytes() for each in made.rglob("*") if each.is_file()} == before
