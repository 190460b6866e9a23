"""A server that is told to stop in the middle of a rush answers whoever is in line; the rest can ask it again."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.server.claiming.wallets import assert_counts_are_rows, new_secret, post, rush
from tests.server.conftest import House

WALLETS, BEFORE, THREADS = 400, 40, 8


def test_what_was_given_is_known_and_the_rest_can_ask_again(house: House, start: Callable[[], House]) -> None:
    link, secrets = rush(house, stock=WALLETS), [new_secret() for _ in range(WALLETS)]
    answered: dict[str, str] = {}
    enough = threading.Event()

    def claim(url: str, secret: str) -> None:
        try:
            answer = post(url, link, secret)
        except requests.RequestException:
            return
        if answer.status_code == 200:
            number = answer.json()["coupon_number"]
            assert answered.setdefault(secret, number) == number
        if len(answered) >= BEFORE:
            enough.set()

    with ThreadPoolExecutor(THREADS) as pool:
        rush_of_all = [pool.submit(claim, house.url, secret) for secret in secrets]
        enough.wait()
        again = start()
        for each in rush_of_all:
            each.result()
    assert BEFORE <= len(answered) <= assert_counts_are_rows(again.central)
    with ThreadPoolExecutor(THREADS) as pool:
        for each in [pool.submit(claim, again.url, secret) for secret in secrets]:
            each.result()
    assert len(set(answered.values())) == WALLETS == assert_counts_are_rows(again.central)
