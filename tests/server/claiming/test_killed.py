"""The server killed in the middle of a rush: what was answered is there and was counted once, and all can go on."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from merchant_app.domain.kinds import CampaignId
from merchant_app.server.app import open_central
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.claiming.links import make_link
from merchant_app.server.settings import Settings
from tests.server.claiming.wallets import assert_counts_are_rows, new_secret, post
from tests.server.documents import CAMPAIGN_ID, document

WALLETS, STOCK, BEFORE, THREADS = 600, 400, 60, 8


@contextmanager
def process(settings: Settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The server as a process of its own, and its address."""
    command = [sys.executable, "-m", "merchant_app", "server", "--json", "--port", "0"]
    command += ["--data-dir", str(settings.data_dir)]
    command += [] if settings.database is None else ["--database", settings.database]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        ready = json.loads(server.stdout.readline())
        try:
            yield server, ready["url"]
        finally:
            server.kill()


def furnish(settings: Settings, stock: int = STOCK) -> KeptLink:
    """A campaign that runs now."""
    central, now = open_central(settings), datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": stock}}]
    add(central, document(starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(central, CAMPAIGN_ID)
    link = make_link(central, CampaignId(CAMPAIGN_ID), 0, "short_video")
    central.database.close()
    assert isinstance(link, KeptLink)
    return link


def counted(settings: Settings) -> int:
    central = open_central(settings)
    try:
        return assert_counts_are_rows(central, CAMPAIGN_ID)
    finally:
        central.database.close()


def test_a_server_killed_in_a_rush_has_kept_every_claim_that_it_answered(tmp_path: Path, database: str | None) -> None:
    settings = Settings(tmp_path / "server", database)
    link, secrets = furnish(settings), [new_secret() for _ in range(WALLETS)]
    answered: dict[str, str] = {}
    enough = threading.Event()

    def claim(url: str, secret: str) -> None:
        try:
            answer = post(url, link, secret)
        except requests.RequestException:
            return
        if answer.status_code == 200:
            known = answered.setdefault(secret, answer.json()["coupon_number"])
            assert known == answer.json()["coupon_number"]
        if len(answered) >= BEFORE:
            enough.set()

    with process(settings) as (server, url), ThreadPoolExecutor(THREADS) as pool:
        rush = [pool.submit(claim, url, secret) for secret in secrets]
        enough.wait()
        server.kill()
        for each in rush:
            each.result()
    assert BEFORE <= len(answered) <= counted(settings) <= STOCK
    with process(settings) as (_, url), ThreadPoolExecutor(THREADS) as pool:
        for each in [pool.submit(claim, url, secret) for secret in secrets]:
            each.result()
    assert len(set(answered.values())) == len(answered) == counted(settings) == STOCK
