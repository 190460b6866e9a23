"""Claims through the waiting line, against a bare conditional UPDATE of one counter, committed for each claim.

The peer does the least that keeps a stock from being exceeded, on a connection of its own that waits for nobody: no
coupon, no number, no limit per wallet, no repeat recognised. Both in turn, on the same engine and disk.
"""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import psycopg
from sqlalchemy import make_url

from merchant_app.domain.kinds import CampaignId
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.claiming.asking import Claimed, WantedClaim, wallet_of
from merchant_app.server.services.claiming.line import ClaimLine
from merchant_app.server.services.claiming.links import make_link
from merchant_app.server.services.claiming.serving import serve
from merchant_app.server.settings import Settings
from tests.benchmarks.rows import Row, at_most
from tests.server.documents import CAMPAIGN_ID, document, offer
from tests.server.postgres import private_postgres

CLAIMS = 2000
ROUNDS = 3
THREADS = 8
_UPDATE = (
    "UPDATE issued SET issued_count = issued_count + 1"
    f" WHERE campaign_id = {CAMPAIGN_ID} AND round_index = 0 AND offer_index = 0 AND issued_count < 1000000000"
)


def rows(_pictures: Path | None = None) -> Iterator[Row]:
    """On SQLite, and on a PostgreSQL that forces every commit to the disk."""
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        yield _compare("SQLite", Settings(Path(folder)))
    with (
        private_postgres(durable=True) as postgres,
        tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder,
    ):
        yield _compare("PostgreSQL", Settings(Path(folder), postgres.new_database()))


def _compare(engine: str, settings: Settings) -> Row:
    central = open_central(settings)
    link = _furnish(central)
    ours, peer = 0.0, 0.0
    with _bare_updates(central, settings) as update:
        for number in range(ROUNDS):
            ours += _rush(central, link, number)
            started = time.perf_counter()
            for _ in range(CLAIMS):
                update()
            peer += time.perf_counter() - started
    central.database.close()
    count = CLAIMS * ROUNDS
    detail = f"{count / ours:.0f} claims a second by {THREADS} threads against {count / peer:.0f} updates, {count} each"
    return at_most(f"claims / bare committed updates, {engine}", ours / peer, 5, "x", detail)


def _furnish(central: Central) -> KeptLink:
    now = datetime.now(UTC)
    times = {"starts_at": (now - timedelta(days=1)).isoformat(), "ends_at": (now + timedelta(days=9)).isoformat()}
    stock = {"opens_at": times["starts_at"], "closes_at": times["ends_at"], "stock": {"0": 2 * CLAIMS * ROUNDS}}
    add(central, document(**times, rounds=[stock], offers=[offer(per_holder={"claims": 1})]), {})
    open_campaign(central, CAMPAIGN_ID)
    link = make_link(central, CampaignId(CAMPAIGN_ID), 0, "short_video")
    assert isinstance(link, KeptLink), link
    return link


def _rush(central: Central, link: KeptLink, number: int) -> float:
    """Seconds until every claim has its answer; every one is given, or the figure is worth nothing."""
    wanted = [WantedClaim(link.link_id, wallet_of(f"{number} {who}"), "1", 0) for who in range(CLAIMS)]
    line = ClaimLine(partial(serve, central))
    line.start()

    def claim(thread: int) -> int:
        answers = [line.join(each) for each in wanted[thread::THREADS]]
        return sum(isinstance(answer.result(), Claimed) for answer in answers if answer is not None)

    with ThreadPoolExecutor(THREADS) as pool:
        started = time.perf_counter()
        claimed = sum(pool.map(claim, range(THREADS)))
        taken = time.perf_counter() - started
    line.close()
    assert claimed == CLAIMS, claimed
    return taken


@contextmanager
def _bare_updates(central: Central, settings: Settings) -> Iterator[Callable[[], None]]:
    """The statement by the bare driver, each time committed by itself, as durable as the server's own."""
    if settings.database is None:
        assert central.database.path is not None
        file = sqlite3.connect(central.database.path, isolation_level=None)
        file.execute("PRAGMA synchronous=FULL")
        yield lambda: file.execute(_UPDATE).close()
        file.close()
        return
    url = make_url(settings.database).render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        yield lambda: connection.execute(_UPDATE).close()
