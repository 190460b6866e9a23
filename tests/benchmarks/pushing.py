"""The server under a till's sync and under cashiers: rows pushed, and redemptions asked for, over HTTP on loopback."""

import itertools
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from merchant_app.domain.judging import Outlet
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.campaigns import key_ring, open_campaigns
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from merchant_app.wire.facts import LARGEST_BATCH, PushRequest, Report, as_pushed
from tests.benchmarks.parts import Parts
from tests.benchmarks.rows import Row, at_most
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.postgres import private_postgres
from tests.server.till_client import TillClient, asked, enrol

ROWS = 10_000
ASKS = 400
TILLS = 10
HERE = Outlet(OutletId(4201), "jiangbei", "catering/foods")


def rows(_pictures: Path | None = None) -> Iterator[Row]:
    """On each engine: 10,000 offline redemptions in batches against the sum of their parts; then one a request."""
    yield from _on("SQLite", None, None)
    with private_postgres(durable=True) as postgres:
        yield from _on("PostgreSQL", postgres.new_database(), postgres.new_database())


def _on(engine: str, database: str | None, for_parts: str | None) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        settings = Settings(Path(folder, "server"), database)
        central = open_central(settings)
        codes = _furnish(central)
        with _server(settings) as url:
            till = _till(central, url)
            for code in codes[:ROWS]:
                till.redeem(code, datetime.now(UTC))
            bodies = list(_bodies(till))
            beside = Database(database_url(for_parts or str(Path(folder, "parts.db")), Path(folder)))
            migrate(beside)
            parts, pushed = _parts(central, beside), 0.0
            for body in bodies:  # in turns, so that whatever else the machine does slows both alike
                parts.take(body)
                pushed += _push(till, body)
            beside.close()
            detail = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in parts.seconds.items())
            name, together = f"push of {ROWS} rows / its parts, {engine}", parts.seconds.total()
            yield at_most(name, pushed / together, 1.5, "x", f"{pushed:.2f} s; {detail}")
            yield from _asking(engine, [_till(central, url) for _ in range(TILLS)], codes[ROWS:])
        central.database.close()


def _parts(central: Central, beside: Database) -> Parts:
    with central.database.reading() as connection:
        return Parts(beside, key_ring(connection), open_campaigns(connection)[CampaignId(CAMPAIGN_ID)], HERE)


def _till(central: Central, url: str) -> TillClient:
    made = invite(central, HERE.outlet_id, None)
    assert made is not None
    return enrol(url, HERE.outlet_id, made[0].secret)


def _furnish(central: Central) -> list[str]:
    now = datetime.now(UTC)
    times = {"starts_at": (now - timedelta(days=1)).isoformat(), "ends_at": (now + timedelta(days=9)).isoformat()}
    count = ROWS + 2 * ASKS
    stock = {"opens_at": times["starts_at"], "closes_at": times["ends_at"], "stock": {"0": count}}
    import_outlets(central, OUTLETS)
    add(central, document(**times, rounds=[stock]), {})
    open_campaign(central, CAMPAIGN_ID)
    issued = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, count))
    assert isinstance(issued, list), issued
    return [each.code for each in issued if each.code is not None]


@contextmanager
def _server(settings: Settings) -> Iterator[str]:
    command = [sys.executable, "-m", "merchant_app", "server", "--json", "--port", "0"]
    where = ["--data-dir", str(settings.data_dir), *(["--database", settings.database] if settings.database else [])]
    with subprocess.Popen([*command, *where], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield str(json.loads(process.stdout.readline())["url"])
        finally:
            process.terminate()


def _bodies(till: TillClient) -> Iterator[bytes]:
    for start in range(0, ROWS, LARGEST_BATCH):
        batch = till.rows[start : start + LARGEST_BATCH]
        report = Report(floor=datetime.now(UTC), head_seq=till.head.seq, head_hash=till.head.hash.hex())
        pushed = [as_pushed(row) for row in batch]
        yield PushRequest(chain_id=till.chain_id, rows=pushed, report=report).as_json()


def _push(till: TillClient, body: bytes) -> float:
    """Seconds; every row is confirmed, or the figure is worth nothing."""
    started = time.perf_counter()
    answer = till.send("POST", "/api/facts", body)
    taken = time.perf_counter() - started
    outcomes = [row["outcome"] for row in answer.json()["answers"]]
    assert set(outcomes) == {"confirmed"}, outcomes
    return taken


def _asking(engine: str, tills: list[TillClient], codes: list[str]) -> Iterator[Row]:
    """One redemption a request, by one client and by four at once: how many a second, and no answer of 500 or above."""
    turns = itertools.cycle(tills)  # one till alone would ask faster than a till may
    for clients, some in ((1, codes[:ASKS]), (4, codes[ASKS : 2 * ASKS])):
        with ThreadPoolExecutor(clients) as pool:
            started = time.perf_counter()
            answers = list(pool.map(_ask, turns, some))
            taken = time.perf_counter() - started
        failed = sum(status >= 500 for status, _ in answers)
        confirmed = sum(outcome == "confirmed" for _, outcome in answers)
        detail = f"{len(some) / taken:.0f} redemptions a second; {confirmed} of {len(some)} confirmed"
        yield at_most(f"answers of 500 and above, {clients} at once, {engine}", failed, 0, "", detail)


def _ask(till: TillClient, code: str) -> tuple[int, str]:
    answer = till.ask_raw(asked(code))
    return answer.status_code, answer.json().get("outcome", answer.text)
