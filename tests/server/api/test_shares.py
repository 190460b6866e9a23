"""An abusive till is given no more than its share: it is told to come again, and the others are answered as before."""

from collections import Counter
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import UTC, datetime, timedelta

import pytest
import requests

from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.shares import OF_A_TILL, Shares
from merchant_app.wire.facts import as_pushed
from tests.server.conftest import House
from tests.server.till_client import TillClient


def push(till: TillClient) -> requests.Response:
    return till.push_raw([as_pushed(row) for row in till.rows])


def test_a_till_that_floods_is_told_to_wait_and_its_neighbour_is_answered(house: House) -> None:
    flooding, honest = house.till(), house.till()
    codes = [house.code() for _ in range(5)]

    def flood() -> Counter[int]:
        answers = [flooding.send("GET", "/api/events") for _ in range(3 * OF_A_TILL.burst)]
        assert all(int(each.headers["Retry-After"]) >= 1 for each in answers if each.status_code == 429)
        assert {each.json()["code"] for each in answers if each.status_code == 429} == {"too_fast"}
        return Counter(each.status_code for each in answers)

    with ThreadPoolExecutor(1) as pool:
        flooded = pool.submit(flood)
        assert [honest.ask(code).outcome for code in codes] == ["confirmed"] * 5
        statuses = flooded.result()
    assert statuses[200] >= OF_A_TILL.burst
    assert set(statuses) == {200, 429}
    assert statuses[429] > 0


def test_a_till_has_one_batch_under_way_and_another_tills_waits_its_turn_beside_it(house: House) -> None:
    one, other = house.till(), house.till()
    for till in (one, other):
        till.redeem(house.code(), house.clock.at)
    with ThreadPoolExecutor(3) as pool:
        with house.central.database.writing():
            twice = [pool.submit(push, TillClient(**{**vars(one), "session": requests.Session()})) for _ in range(2)]
            beside = pool.submit(push, other)
            refused = first_done(twice)
            assert (refused.status_code, refused.json()["code"]) == (429, "too_fast")
            assert int(refused.headers["Retry-After"]) == 1
        assert sorted(each.result().status_code for each in twice) == [200, 429]
        assert beside.result().status_code == 200
    assert push(one).status_code == 200


def first_done(futures: "list[Future[requests.Response]]") -> requests.Response:
    return wait(futures, return_when=FIRST_COMPLETED).done.pop().result()


def test_weeks_of_batches_one_after_the_other_are_taken(house: House) -> None:
    till = house.till()
    for _ in range(30):
        assert push(till).status_code == 200


def test_a_share_is_a_burst_and_a_pace_and_is_given_back() -> None:
    now = datetime(2026, 6, 30, tzinfo=UTC)
    shares = Shares(clock=lambda: now)
    for _ in range(OF_A_TILL.burst):
        scope = {"path": "/api/events"}
        shares.enter(scope, "4201-01")
        shares.leave(scope)
    with pytest.raises(RefusalError):
        shares.enter({"path": "/api/events"}, "4201-01")
    shares.enter({"path": "/api/events"}, "4201-02")
    now += timedelta(seconds=1)
    shares.enter({"path": "/api/events"}, "4201-01")


def test_what_nobody_may_do_takes_nobodys_share(house: House) -> None:
    """Who signs wrongly in another till's name is refused as before, and that till is answered."""
    till = house.till()
    for _ in range(2 * OF_A_TILL.burst):
        answer = requests.get(f"{house.url}/api/events", headers={"Till-Id": till.till_id}, timeout=30)
        assert answer.status_code == 401
    assert till.events().events == []
