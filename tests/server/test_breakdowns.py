"""The server killed in the middle of its work, and its database held by another: nothing is lost, nothing doubled."""

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import requests

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.domain.redemption import Standing
from merchant_app.server.app import create_app, open_central
from merchant_app.server.running import RunningServer
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import asked, enrol

ROWS = 120


@contextmanager
def process(data_dir: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "merchant_app", "server", "--json", "--port", "0", "--data-dir", str(data_dir)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        ready = json.loads(server.stdout.readline())
        try:
            yield server, ready["url"]
        finally:
            server.kill()


def furnish(data_dir: Path) -> tuple[list[str], str]:
    """Codes of a campaign that runs now, and an invitation."""
    central = open_central(Settings(data_dir))
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    import_outlets(central, OUTLETS)
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": ROWS}}]
    add(central, document(starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(central, CAMPAIGN_ID)
    issued = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, ROWS))
    invited = invite(central, OutletId(4201), None)
    central.database.close()
    assert isinstance(issued, list)
    assert invited is not None
    return [str(each.code) for each in issued], invited[0].secret


def test_a_server_killed_between_and_in_the_middle_of_batches_ends_up_with_every_row_once(tmp_path: Path) -> None:
    codes, secret = furnish(tmp_path)
    with process(tmp_path) as (server, url):
        till = enrol(url, 4201, secret)
        for code in codes:
            till.redeem(code, datetime.now(UTC))
        till.push(till.rows[:40])

        def push_on() -> None:
            with suppress(requests.RequestException):
                till.push(till.rows[40:80])
                till.push(till.rows[80:])

        pushing = threading.Thread(target=push_on)
        pushing.start()
        server.kill()
        pushing.join()
    till.session.close()
    with process(tmp_path) as (_, url):
        till.url = url
        answer = till.push()
        assert answer.stored_to == ROWS
        assert {each.standing for each in answer.answers} == {Standing.CONFIRMED}
        assert {each.outcome.value for each in answer.answers[:40]} == {"repeat"}
        till.session.close()


def test_a_database_that_another_holds_is_said_to_be_busy_and_the_ask_can_be_repeated(tmp_path: Path) -> None:
    codes, secret = furnish(tmp_path)
    with RunningServer(create_app(Settings(tmp_path), wait_seconds=0.2)) as running:
        till, coupon = enrol(running.url, 4201, secret), asked(codes[0])
        with closing(sqlite3.connect(tmp_path / "server.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            busy = till.ask_raw(coupon)
            other.execute("ROLLBACK")
        assert (busy.status_code, busy.json()["code"]) == (503, "busy")
        assert int(busy.headers["Retry-After"]) > 0
        assert till.ask_raw(coupon).json()["outcome"] == "confirmed"
        till.session.close()
