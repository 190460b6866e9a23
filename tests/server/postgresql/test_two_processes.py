"""Two processes of the server on one PostgreSQL, with nothing shared but it and the keys: tills talk to either."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.outlets import add_staff
from merchant_app.server.settings import Settings
from merchant_app.wire.facts import RowOutcome
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.postgres import PrivatePostgres
from tests.server.till_client import TillClient, asked, enrol


@dataclass
class Pair:
    """`urls`: of the two processes. The operator works beside them, in this one."""

    urls: tuple[str, str]
    central: Central
    tills: list[TillClient] = field(default_factory=list)

    def till(self, outlet_id: int = 4201, *, at: int = 0) -> TillClient:
        """Enrolled at one of the processes."""
        made = invite(self.central, OutletId(outlet_id), None)
        assert made is not None
        till = enrol(self.urls[at], outlet_id, made[0].secret)
        self.tills.append(till)
        return till

    def at(self, which: int, till: TillClient) -> TillClient:
        """The same till, whose next request goes to this process."""
        till.url = self.urls[which]
        return till

    def codes(self, count: int) -> list[str]:
        made = issue(self.central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, count))
        assert isinstance(made, list), made
        return [str(each.code) for each in made]


@pytest.fixture(scope="module")
def pair(postgres: PrivatePostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """Started at once on a database without tables, and in a folder without keys."""
    url, folder = postgres.new_database(migrated=False), tmp_path_factory.mktemp("pair")
    with ExitStack() as stack:
        one = stack.enter_context(process(Settings(folder, url)))
        other = stack.enter_context(process(Settings(folder, url)))
        urls = (ready(one), ready(other))
        central = open_central(Settings(folder, url), checkpoints=False)
        furnish(central)
        made = Pair(urls, central)
        yield made
        for till in made.tills:
            till.session.close()
        central.database.close()
    postgres.drop(url)


@contextmanager
def process(settings: Settings) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "merchant_app", "server", "--json", "--port", "0"]
    where = ["--data-dir", str(settings.data_dir), "--database", str(settings.database)]
    with subprocess.Popen([*command, *where], stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.kill()


def ready(server: subprocess.Popen[str]) -> str:
    assert server.stdout is not None
    return str(json.loads(server.stdout.readline())["url"])


def furnish(central: Central) -> None:
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    import_outlets(central, OUTLETS)
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": 5000}}]
    add(central, document(starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(central, CAMPAIGN_ID)


def test_a_till_that_one_has_enrolled_gets_the_same_catalogue_from_the_other(pair: Pair) -> None:
    till = pair.till(at=0)
    first = pair.at(1, till).send("GET", "/api/catalogue")
    same = pair.at(0, till).send("GET", "/api/catalogue")
    assert (same.content, same.headers["ETag"]) == (first.content, first.headers["ETag"])
    unchanged = pair.at(1, till).send("GET", "/api/catalogue", headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    for name in till.snapshot().parts:
        assert len({pair.at(which, till).send("GET", f"/api/catalogue/{name}").content for which in (0, 1)}) == 1


def test_what_changes_is_in_both_catalogues_at_once_with_one_version(pair: Pair) -> None:
    """Each has read what it judges by before; nothing that a process remembers outlives a change beside it."""
    till = pair.till()
    before = [pair.at(which, till).snapshot().version for which in (0, 1)]
    add_staff(pair.central, OutletId(4201), "Li", "cashier", "1234")
    after = [pair.at(which, till).snapshot() for which in (1, 0)]
    assert after[0] == after[1]
    assert before == [after[0].version - 1] * 2
    assert pair.at(0, till).send("GET", "/api/catalogue/staff").json()["staff"][-1]["name"] == "Li"


def test_a_campaign_that_is_opened_beside_both_is_redeemed_at_either(pair: Pair) -> None:
    till = pair.till()
    for which in (0, 1):
        pair.at(which, till).ask(*pair.codes(1))  # it has read the campaigns that were open before
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": 2}}]
    add(pair.central, document(campaign_id=7, starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(pair.central, 7)
    made = issue(pair.central, Wanted(CampaignId(7), 0, 0, 2))
    assert isinstance(made, list)
    for which, coupon in enumerate(made):
        assert pair.at(which, till).ask(str(coupon.code)).outcome == "confirmed"


def test_an_ask_that_one_has_answered_is_a_repeat_to_the_other(pair: Pair) -> None:
    till, (code,) = pair.till(), pair.codes(1)
    coupon = asked(code)
    first = pair.at(0, till).ask_raw(coupon).json()
    again = pair.at(1, till).ask_raw(coupon).json()
    assert first["outcome"] == "confirmed"
    assert first == again
    recalled = pair.at(1, till).send("GET", f"/api/redemptions/{coupon.redemption_id}").json()
    assert recalled["outcome"] == "confirmed"


def test_a_batch_that_one_has_taken_is_a_repeat_to_the_other_and_the_next_one_follows_there(pair: Pair) -> None:
    till = pair.till()
    for code in pair.codes(4):
        till.redeem(code, datetime.now(UTC))
    assert pair.at(0, till).push(till.rows[:2]).stored_to == 2
    answers = pair.at(1, till).push(till.rows[:4]).answers
    repeat, confirmed = RowOutcome.REPEAT, RowOutcome.CONFIRMED
    assert [each.outcome for each in answers] == [repeat, repeat, confirmed, confirmed]


def test_of_two_tills_that_ask_for_one_coupon_at_both_at_once_one_is_confirmed(pair: Pair) -> None:
    tills = [pair.till(at=0), pair.till(4202, at=1)]
    for code in pair.codes(12):
        line = threading.Barrier(2)

        def race(till: TillClient, code: str = code, line: threading.Barrier = line) -> str:
            line.wait()
            return till.ask(code).outcome

        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(race, tills)) == ["confirmed", "refused"]


def test_who_reads_events_now_here_and_now_there_misses_none_and_gets_none_twice(pair: Pair) -> None:
    """While both write: a cursor that is given later is never seen earlier."""
    writers = [pair.till(at=0), pair.till(4202, at=1)]
    reader = pair.till(4203)
    cursor = reader.events().cursor
    while (page := reader.events(cursor)).events:
        cursor = page.cursor
    codes = pair.codes(40)

    def write(which: int) -> list[str]:
        sold = []
        for code in codes[which::2]:
            coupon = asked(code)
            assert writers[which].ask_raw(coupon).json()["outcome"] == "confirmed"
            sold.append(str(coupon.redemption_id))
        return sold

    seen: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        writing = [pool.submit(write, which) for which in (0, 1)]
        turn = 0
        while not all(each.done() for each in writing) or page.events:
            turn += 1
            page = pair.at(turn % 2, reader).events(cursor)
            seen += [str(each.redemption_id) for each in page.events]
            cursor = page.cursor
        sold = [each for done in writing for each in done.result()]
    page = reader.events(cursor)
    assert sorted([*seen, *(str(each.redemption_id) for each in page.events)]) == sorted(sold)


def test_one_goes_on_where_the_other_was_killed(pair: Pair, postgres: PrivatePostgres) -> None:
    """Nothing that it held keeps the other from writing."""
    folder, url = pair.central.keys.folder.parent, pair.central.database.url
    settings = Settings(folder, url.set(drivername="postgresql").render_as_string(hide_password=False))
    till = pair.till()
    with process(settings) as third:
        till.url = ready(third)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(lambda: till.ask_raw(asked(pair.codes(1)[0])))
            third.kill()
    till.session.close()
    assert pair.at(0, pair.till()).ask(*pair.codes(1)).outcome == "confirmed"
