"""However many ask at once, a coupon is never spent beyond its uses, and stock never issued beyond what there is."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import func, select

from merchant_app.domain.chain import Row
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.app import open_central
from merchant_app.server.db.tables import coupons, redemptions
from merchant_app.server.services.issuing import NotIssued, Wanted, issue
from merchant_app.server.settings import Settings
from tests.server.conftest import House
from tests.server.till_client import TillClient

TILLS = 6


def race(tills: list[TillClient], code: str) -> list[str]:
    """All ask for the same coupon at the same moment; their outcomes."""
    line = Barrier(len(tills))

    def run(till: TillClient) -> str:
        line.wait()
        return till.ask(code).outcome

    with ThreadPoolExecutor(len(tills)) as pool:
        return list(pool.map(run, tills))


def test_of_many_tills_that_ask_at_once_one_is_confirmed(house: House) -> None:
    tills = [house.till(4201 + number % 3) for number in range(TILLS)]
    for _ in range(5):
        assert sorted(race(tills, house.code())) == ["confirmed", *["refused"] * (TILLS - 1)]


def test_a_coupon_of_three_uses_is_given_three_times_in_a_race(house: House) -> None:
    tills = [house.till(4201 + number % 3) for number in range(TILLS)]
    assert race(tills, house.code(offer_index=1)).count("confirmed") == 3
    with house.central.database.reading() as connection:
        uses = sorted(connection.scalars(select(redemptions.c.use)))
    assert uses == [1, 2, 3]


def test_asking_and_pushing_at_once_spends_it_once(house: House) -> None:
    pushing, asking = house.till(), house.till(4202)
    for _ in range(5):
        code = house.code()
        row = pushing.redeem(code, house.clock.at)
        line = Barrier(2)
        with ThreadPoolExecutor(2) as pool:
            pushed, asked = pool.submit(push, pushing, row, line), pool.submit(ask, asking, code, line)
        assert [pushed.result(), asked.result()].count(True) == 1


def push(till: TillClient, row: Row, line: Barrier) -> bool:
    """Whether the row is confirmed."""
    line.wait()
    return till.push([row]).answers[0].outcome == "confirmed"


def ask(till: TillClient, code: str, line: Barrier) -> bool:
    line.wait()
    return till.ask(code).outcome == "confirmed"


def test_stock_is_never_issued_twice_by_two_processes_databases(house: House, database: str | None) -> None:
    stock = {"opens_at": "2026-06-28T00:00:00+08:00", "closes_at": "2026-07-14T00:00:00+08:00", "stock": {"0": 10}}
    house.campaign(campaign_id=7, rounds=[stock])
    folder = house.central.keys.folder.parent
    others = [open_central(Settings(folder, database), now=house.clock, checkpoints=False) for _ in range(3)]
    line = Barrier(4)

    def run(central: object) -> int:
        line.wait()
        made = [issue(central, Wanted(CampaignId(7), 0, 0, 1)) for _ in range(5)]  # type: ignore[arg-type]
        return sum(not isinstance(each, NotIssued) for each in made)

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(run, [house.central, *others]))
    for each in others:
        each.database.close()
    assert sum(counts) == 10
    with house.central.database.reading() as connection:
        assert connection.scalar(select(func.count()).where(coupons.c.campaign_id == 7)) == 10


def test_a_budget_is_spent_to_the_last_coupon_and_not_beyond(house: House) -> None:
    house.campaign(campaign_id=7, budget_fen=2000 * 4)
    three_uses = Wanted(CampaignId(7), 0, 1, 1)
    one_use = Wanted(CampaignId(7), 0, 0, 1)
    assert isinstance(issue(house.central, three_uses), list)
    assert issue(house.central, three_uses) is NotIssued.OVER_BUDGET
    assert isinstance(issue(house.central, one_use), list)
    assert issue(house.central, one_use) is NotIssued.OVER_BUDGET
