"""1,000 tills with 500 rows each come back at once: all is drained, nothing lost or doubled, and no till is favoured.

`SOAK_TILLS`, `SOAK_ROWS` and `SOAK_SEED` in the environment make it another size, or the same again.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import func, select

from merchant_app.server.api.shares import OF_A_TILL, UNDER_WAY
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.tables import chains, disputes, events, redemption_ids, redemptions, rows
from merchant_app.server.settings import Settings
from tests.server.postgres import private_postgres
from tests.soak.coming_back import come_back, furnish, new_codes, new_till

TILLS, ROWS = int(os.environ.get("SOAK_TILLS", "1000")), int(os.environ.get("SOAK_ROWS", "500"))
SEED = int(os.environ.get("SOAK_SEED", "20260628"))


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    if request.param == "sqlite":
        yield Settings(tmp_path / "server")
        return
    with private_postgres(durable=True) as postgres:
        yield Settings(tmp_path / "server", postgres.new_database())


@contextmanager
def process(settings: Settings) -> Iterator[str]:
    command = [sys.executable, "-m", "merchant_app", "server", "--json", "--port", "0"]
    where = ["--data-dir", str(settings.data_dir), *(["--database", settings.database] if settings.database else [])]
    with subprocess.Popen([*command, *where], stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            yield str(json.loads(server.stdout.readline())["url"])
        finally:
            server.kill()


def counted(central: Central) -> dict[str, int]:
    with central.database.reading() as connection:
        counts = {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in (rows, redemptions, redemption_ids, events, disputes)
        }
        ids = select(func.count(func.distinct(redemptions.c.redemption_id)))
        coupons = select(redemptions.c.campaign_id, redemptions.c.serial).distinct().subquery()
        counts["different redemptions"] = connection.scalar(ids) or 0
        counts["different coupons"] = connection.scalar(select(func.count()).select_from(coupons)) or 0
        counts["whole chains"] = connection.scalar(select(func.count()).where(chains.c.stored_to == ROWS)) or 0
    return counts


def test_all_is_drained_and_one_abusive_till_is_given_no_more_than_its_share(settings: Settings) -> None:
    central = open_central(settings)
    furnish(central, TILLS * ROWS)
    codes = new_codes(central, TILLS * ROWS)
    with process(settings) as url:
        tills = [new_till(central, url, number) for number in range(TILLS)]
        abuser = new_till(central, url, 0)
        for till in tills:
            till.redeem_many([next(codes) for _ in range(ROWS)])
        told = come_back(tills, abuser, SEED)
        print(
            f"\nseed {SEED}: {TILLS} tills x {ROWS} rows drained in {told.seconds:.0f} s; answers {dict(told.statuses)}"
        )
        print(f"the abusive till's answers: {dict(told.of_the_abuser)}")
        counts = counted(central)
        print(f"stored: {counts}")
    central.database.close()
    everything = TILLS * ROWS
    assert told.confirmed == everything
    assert counts.pop("disputes") == 0
    assert counts.pop("whole chains") == TILLS
    assert set(counts.values()) == {everything}
    assert told.of_the_abuser[200] <= OF_A_TILL.burst + OF_A_TILL.per_second * (told.seconds + 1) + UNDER_WAY
