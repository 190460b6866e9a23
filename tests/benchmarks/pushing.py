"""The server under a till's sync and under cashiers: rows pushed, and redemptions asked for, over HTTP on loopback."""

import json
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from merchant_app.domain.chain import Row as FactRow
from merchant_app.domain.coupon_code import CouponCode, decode
from merchant_app.domain.judging import Network, Outlet, Scene, judge
from merchant_app.domain.kinds import CampaignId, Fen, OutletId
from merchant_app.domain.redemption import Redemption
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate
from merchant_app.server.db.tables import events, redemptions
from merchant_app.server.db.tables import rows as rows_table
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.campaigns import key_ring, open_campaigns
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from merchant_app.wire.facts import LARGEST_BATCH, PushRequest, Report, as_pushed, parse_row
from tests.benchmarks.rows import Row, at_most
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import TillClient, asked, enrol

ROWS = 10_000
ASKS = 400
HERE = Outlet(OutletId(4201), "jiangbei", "catering/foods")


def rows(_pictures: Path | None = None) -> Iterator[Row]:
    """10,000 offline redemptions in batches against the sum of their parts; then one redemption a request."""
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        settings = Settings(Path(folder, "server"))
        central = open_central(settings)
        codes = _furnish(central)
        made = invite(central, HERE.outlet_id, None)
        assert made is not None
        with _server(settings) as url:
            till = enrol(url, HERE.outlet_id, made[0].secret)
            for code in codes[:ROWS]:
                till.redeem(code, datetime.now(UTC))
            bodies = list(_bodies(till))
            parts = _parts(Path(folder), central, bodies)
            pushed = _push(till, bodies)
            detail = ", ".join(f"{name} {seconds:.2f} s" for name, seconds in parts.items())
            together = sum(parts.values())
            yield at_most(f"push of {ROWS} rows / its parts", pushed / together, 2.0, "x", f"{pushed:.2f} s; {detail}")
            yield from _asking(till, codes[ROWS:])
        central.database.close()


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
    with subprocess.Popen(
        [*command, "--data-dir", str(settings.data_dir)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        yield str(json.loads(process.stdout.readline())["url"])
        process.terminate()


def _bodies(till: TillClient) -> Iterator[bytes]:
    for start in range(0, ROWS, LARGEST_BATCH):
        batch = till.rows[start : start + LARGEST_BATCH]
        report = Report(floor=datetime.now(UTC), head_seq=till.head.seq, head_hash=till.head.hash.hex())
        pushed = [as_pushed(row) for row in batch]
        yield PushRequest(chain_id=till.chain_id, rows=pushed, report=report).as_json()


def _push(till: TillClient, bodies: list[bytes]) -> float:
    """Seconds for all; every row is confirmed, or the figure is worth nothing."""
    started = time.perf_counter()
    answers = [till.send("POST", "/api/facts", body) for body in bodies]
    taken = time.perf_counter() - started
    outcomes = [row["outcome"] for answer in answers for row in answer.json()["answers"]]
    assert outcomes == ["confirmed"] * ROWS, {each: outcomes.count(each) for each in set(outcomes)}
    return taken


def _parts(folder: Path, central: Central, bodies: list[bytes]) -> dict[str, float]:
    """Seconds in this process for parsing, verifying, judging, and inserting in batches with a commit each."""
    taken = {}
    started = time.perf_counter()
    pushes = [PushRequest.model_validate_json(body) for body in bodies]
    parsed = [row for push in pushes for row in map(parse_row, (each.content for each in push.rows)) if row]
    taken["parse"] = time.perf_counter() - started
    facts = [row.fact for row in parsed if isinstance(row.fact, Redemption)]
    with central.database.reading() as connection:
        keys, campaign = key_ring(connection), open_campaigns(connection)[CampaignId(CAMPAIGN_ID)]
    started = time.perf_counter()
    codes = [decode(fact.code or "", keys) for fact in facts]
    taken["verify"] = time.perf_counter() - started
    started = time.perf_counter()
    for code, fact in zip(codes, facts, strict=True):
        assert isinstance(code, CouponCode)
        judge(code, campaign, Scene(fact.moment.at, HERE, Network.OFFLINE, fact.bill.bill_fen))
    taken["judge"] = time.perf_counter() - started
    taken["insert"] = _insert(folder, pushes, facts)
    return taken


def _insert(folder: Path, pushes: list[PushRequest], facts: list[Redemption]) -> float:
    """The same rows into the same tables, prepared before the time is taken."""
    database = Database(database_url(str(folder / "parts.db"), folder))
    migrate(database)
    now, made = datetime.now(UTC), iter(facts)
    batches = []
    for number, push in enumerate(pushes):
        some = [next(made) for _ in push.rows]
        batches.append((
            [
                {"chain_id": push.chain_id, "seq": row.seq, "content": row.content.encode(), "hash": b"0" * 32,
                 "state": "applied", "kind": "redemption", "fact_id": fact.redemption_id,
                 "redemption_id": fact.redemption_id, "stored_at": now}
                for row, fact in zip(push.rows, some, strict=True)
            ],
            [_kept(fact, number * LARGEST_BATCH + place, now) for place, fact in enumerate(some)],
            [
                {"kind": "redeemed", "till_id": fact.till_id, "scope_outlet_id": 0, "redemption_id": fact.redemption_id,
                 "campaign_id": fact.campaign_id, "serial": fact.serial, "outlet_id": 4201, "holder_tag": None,
                 "offer_index": 0, "redeemed_at": now, "standing": None, "dispute_id": None, "reasons": "[]"}
                for fact in some
            ],
        ))  # fmt: skip
    started = time.perf_counter()
    for of_rows, of_redemptions, of_events in batches:
        with database.writing() as connection:
            connection.execute(insert(rows_table), of_rows)
            connection.execute(insert(redemptions), of_redemptions)
            connection.execute(insert(events), of_events)
    taken = time.perf_counter() - started
    database.close()
    return taken


def _kept(fact: Redemption, order: int, now: datetime) -> dict[str, object]:
    return {
        "redemption_id": fact.redemption_id, "stored_order": order + 1, "till_id": fact.till_id, "outlet_id": 4201,
        "campaign_id": fact.campaign_id, "serial": fact.serial, "use": 1, "round_index": 0, "offer_index": 0,
        "scope_outlet_id": 0, "holder_tag": None, "cashier": fact.cashier, "bill_id": fact.bill.bill_id,
        "bill_fen": fact.bill.bill_fen, "amount_off_fen": Fen(2000), "payable_fen": fact.payable_fen,
        "redeemed_at": now, "stored_at": now, "standing": "confirmed", "freed_by": None, "waits_for_use": False,
        "reasons": "[]", "dispute_id": None,
    }  # fmt: skip


def _asking(till: TillClient, codes: list[str]) -> Iterator[Row]:
    """One redemption a request, by one client and by four at once: how many a second, and no answer of 500 or above."""
    assert isinstance(till.rows[0], FactRow)
    for clients, some in ((1, codes[:ASKS]), (4, codes[ASKS : 2 * ASKS])):
        with ThreadPoolExecutor(clients) as pool:
            started = time.perf_counter()
            answers = list(pool.map(lambda code: _ask(till, code), some))
            taken = time.perf_counter() - started
        failed = sum(status >= 500 for status, _ in answers)
        confirmed = sum(outcome == "confirmed" for _, outcome in answers)
        detail = f"{len(some) / taken:.0f} redemptions a second; {confirmed} of {len(some)} confirmed"
        yield at_most(f"answers of 500 and above, {clients} at once", failed, 0, "", detail)


def _ask(till: TillClient, code: str) -> tuple[int, str]:
    answer = till.ask_raw(asked(code))
    return answer.status_code, answer.json().get("outcome", secrets.token_hex(0))
