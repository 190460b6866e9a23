"""However many claim at once, by however many processes: exactly as many coupons as there are, and to each its own."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path

from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.claiming.asking import Claimed, WantedClaim
from merchant_app.server.services.claiming.line import ClaimLine
from merchant_app.server.services.claiming.links import close_link
from merchant_app.server.services.claiming.serving import Answer, serve
from merchant_app.server.settings import Settings
from tests.server.claiming.wallets import all_at_once, assert_counts_are_rows, rush, wanted, why
from tests.server.conftest import House
from tests.server.documents import offer

CLAIMS, STOCK, WALLETS, THREADS = 20_000, 5_000, 12_000, 32


@contextmanager
def lines(house: House, database: str | None, number: int = 2) -> Iterator[list[ClaimLine]]:
    """A waiting line for each of several processes that share the database."""
    opened = [_open(house, database) for _ in range(number)]
    made = [ClaimLine(partial(serve, central), longest=CLAIMS) for central in opened]
    for line in made:
        line.start()
    yield made
    for line, central in zip(made, opened, strict=True):
        line.close()
        central.database.close()


def _open(house: House, database: str | None) -> Central:
    settings = Settings(Path(house.central.keys.folder.parent), database)
    return open_central(settings, now=house.clock, checkpoints=False, wait_seconds=60)


def ask(line: ClaimLine, *asked: WantedClaim) -> list[Answer]:
    """All of them put in line, then the answers waited for."""
    waiting = [line.join(each) for each in asked]
    return [answer.result(120) for answer in waiting if answer is not None]


def test_20000_claims_for_5000_coupons_give_exactly_5000(house: House, database: str | None) -> None:
    link = rush(house, stock=STOCK)
    asked = [wanted(link, number % WALLETS, f"claim {number // WALLETS}") for number in range(CLAIMS)]
    with lines(house, database) as both:
        parts = all_at_once(THREADS, lambda thread: ask(both[thread % 2], *asked[thread::THREADS]))
    answers = [parts[number % THREADS][number // THREADS] for number in range(CLAIMS)]
    given = {answer.coupon_number for answer in answers if isinstance(answer, Claimed)}
    assert len(given) == STOCK
    assert Counter(map(why, answers)).keys() == {"claimed", "limit_reached", "out_of_stock"}
    per_wallet = Counter(
        each.wallet_id for each, answer in zip(asked, answers, strict=True) if why(answer) == "claimed"
    )
    assert max(per_wallet.values()) == 1
    assert assert_counts_are_rows(house.central) == STOCK


def test_the_same_claim_50_times_at_once_is_one_coupon(house: House, database: str | None) -> None:
    link = rush(house, offers=[offer()])
    with lines(house, database) as both:
        answers = [each for (each,) in all_at_once(50, lambda n: ask(both[n % 2], wanted(link, "li")))]
    assert len(set(answers)) == 1
    assert why(answers[0]) == "claimed"
    assert assert_counts_are_rows(house.central) == 1


def test_a_budget_is_spent_to_the_last_fen_by_many_at_once(house: House, database: str | None) -> None:
    link = rush(house, stock=1000, budget_fen=2000 * 37 + 1999)
    with lines(house, database) as both:
        answers = all_at_once(THREADS, lambda who: ask(both[who % 2], *(wanted(link, f"{who} {n}") for n in range(4))))
    counts = Counter(why(answer) for some in answers for answer in some)
    assert counts == {"claimed": 37, "over_budget": THREADS * 4 - 37}
    assert assert_counts_are_rows(house.central) == 37


def test_a_round_that_closes_in_the_middle_gives_nothing_from_that_moment_on(
    house: House, database: str | None
) -> None:
    closes = house.clock.at + timedelta(minutes=1)
    rounds = [{"opens_at": "2026-06-28T00:00:00+08:00", "closes_at": closes.isoformat(), "stock": {"0": 5000}}]
    link = rush(house, rounds=rounds)

    def close() -> None:
        house.clock.at = closes

    answers = _rush_until(house, database, link, close)
    assert {why(answer) for answer in answers} <= {"claimed", "round_over"}
    assert why(answers[-1]) == "round_over"
    assert all(answer.claimed_at < closes for answer in answers if isinstance(answer, Claimed))
    assert assert_counts_are_rows(house.central) == sum(why(answer) == "claimed" for answer in answers) >= THREADS


def test_a_link_that_is_closed_in_the_middle_gives_nothing_from_that_moment_on(
    house: House, database: str | None
) -> None:
    link = rush(house, stock=5000)
    answers = _rush_until(house, database, link, lambda: close_link(house.central, link.link_id))
    assert {why(answer) for answer in answers} <= {"claimed", "link_closed"}
    assert why(answers[-1]) == "link_closed"
    assert assert_counts_are_rows(house.central) == sum(why(answer) == "claimed" for answer in answers) >= THREADS


def _rush_until(house: House, database: str | None, link: KeptLink, end: Callable[[], object]) -> list[Answer]:
    """Claims by many threads; in the middle of them `end` is done. The answers, and last that to a claim after all."""
    with lines(house, database) as both, ThreadPoolExecutor(THREADS) as pool:
        first = list(pool.map(lambda who: ask(both[who % 2], wanted(link, who)), range(THREADS)))
        rest = [pool.submit(ask, both[who % 2], wanted(link, who)) for who in range(THREADS, 1000)]
        end()
        parts = [*first, *(each.result() for each in rest), ask(both[0], wanted(link, "last"))]
    return [answer for part in parts for answer in part]


def test_a_rush_keeps_no_cashier_waiting_until_it_is_over(house: House) -> None:
    """Writers take turns, so an ask waits for the group that is being served, and not for the line."""
    link, till, code = rush(house, stock=5000), house.till(), house.code()
    line = ClaimLine(partial(serve, house.central), longest=5000)
    line.start()
    in_line = [line.join(wanted(link, who)) for who in range(5000)]
    assert till.ask(code).outcome == "confirmed"
    assert not all(answer is not None and answer.done() for answer in in_line)
    line.close()
