"""Claiming over HTTP: what a link shows, what a wallet gets, every refusal with its code, and a crowd at once."""

import socket
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
import requests

from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.claiming.links import close_link
from merchant_app.server.services.claiming.pacing import OF_A_WALLET, Pace, Pacing
from merchant_app.wire.claiming import ClaimAnswer, ClaimRefusal, LinkAnswer
from tests.server.claiming.wallets import all_at_once, assert_counts_are_rows, new_secret, post, rush
from tests.server.conftest import House

SECRET = "A" * 22


def shown(house: House, link_id: str) -> LinkAnswer:
    house.clock.forward(seconds=1)
    answer = requests.get(f"{house.url}/api/claim-links/{link_id}", timeout=60)
    assert answer.status_code == 200, answer.text
    return LinkAnswer.model_validate_json(answer.content)


def test_a_link_shows_what_is_left_and_when(house: House) -> None:
    link = rush(house, stock=2)
    first = shown(house, link.link_id)
    assert (first.campaign_id, first.name.en, first.organiser.zh) == (7, "Xindong Life", "江北区")
    assert (first.now, first.refused_because) == (house.clock.at, None)
    (of_offer,) = first.offers
    assert (of_offer.offer_index, of_offer.title.zh, of_offer.left) == (0, "满100减20", 2)
    for _ in range(2):
        assert post(house.url, link, new_secret()).status_code == 200
    assert [each.left for each in shown(house, link.link_id).offers] == [0]
    assert shown(house, link.link_id).refused_because == "out_of_stock"
    close_link(house.central, link.link_id)
    assert shown(house, link.link_id).refused_because == "link_closed"


def test_a_link_is_read_once_a_second_however_many_look(house: House) -> None:
    link = rush(house)
    before = shown(house, link.link_id)
    post(house.url, link, SECRET)
    again = requests.get(f"{house.url}/api/claim-links/{link.link_id}", timeout=60)
    assert again.json()["offers"][0]["left"] == before.offers[0].left
    assert shown(house, link.link_id).offers[0].left == before.offers[0].left - 1


def test_a_repeated_claim_gets_the_same_answer(house: House) -> None:
    link = rush(house)
    first, again = post(house.url, link, SECRET), post(house.url, link, SECRET)
    assert first.json() == again.json()
    answer = ClaimAnswer.model_validate_json(first.content)
    assert (answer.claim_id, answer.claimed_at) == ("first", house.clock.at)
    assert post(house.url, link, SECRET, "second").json()["code"] == "limit_reached"


def test_refusals_carry_their_code_and_when_to_ask_again(house: House) -> None:
    opens = house.clock.at + timedelta(hours=1)
    times = {"opens_at": opens.isoformat(), "closes_at": (opens + timedelta(hours=1)).isoformat()}
    link = rush(house, rounds=[{**times, "stock": {"0": 10}}])
    answer = post(house.url, link, SECRET)
    refusal = ClaimRefusal.model_validate_json(answer.content)
    assert (answer.status_code, refusal.code, refusal.possible_from) == (409, "not_open_yet", opens)
    close_link(house.central, link.link_id)
    assert (post(house.url, link, SECRET).status_code, post(house.url, link, SECRET).json()["code"]) == (
        410,
        "link_closed",
    )
    unknown = f"{house.url}/api/claim-links/{'x' * 18}"
    assert requests.get(unknown, timeout=60).json()["code"] == "unknown_link"
    given = requests.post(
        f"{unknown}/claims",
        json={"claim_id": "1", "offer_index": 0},
        headers={"Authorization": f"Bearer {SECRET}"},
        timeout=60,
    )
    assert (given.status_code, given.json()["code"]) == (404, "unknown_link")


@pytest.mark.parametrize("token", ["", "Bearer short", f"Basic {SECRET}", f"Bearer {SECRET}!", f"Bearer {'x' * 129}"])
def test_without_a_wallets_secret_nothing_is_claimed(house: House, token: str) -> None:
    url = f"{house.url}/api/claim-links/{rush(house).link_id}/claims"
    answer = requests.post(
        url, json={"claim_id": "1", "offer_index": 0}, headers={"Authorization": token} if token else {}, timeout=60
    )
    assert (answer.status_code, answer.json()["code"]) == (401, "no_wallet")


WRONG_BODIES: list[Any] = [
    None, 7, [], {}, {"claim_id": "1"}, {"claim_id": "", "offer_index": 0}, {"claim_id": "x" * 65, "offer_index": 0},
    {"claim_id": "a b", "offer_index": 0}, {"claim_id": "1", "offer_index": -1}, {"claim_id": "1", "offer_index": 1e70},
    {"claim_id": "\ud800", "offer_index": 0}, {"claim_id": 1.5, "offer_index": "all"},
]  # fmt: skip


def test_a_body_of_the_wrong_kind_is_refused_with_its_field(house: House) -> None:
    url = f"{house.url}/api/claim-links/{rush(house).link_id}/claims"
    for body in WRONG_BODIES:
        answer = requests.post(url, json=body, headers={"Authorization": f"Bearer {SECRET}"}, timeout=60)
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid"), body
    assert requests.get(f"{house.url}/api/claim-links/short", timeout=60).json()["field"] == "link_id"
    assert assert_counts_are_rows(house.central) == 0


def test_a_wallet_that_never_stops_pressing_is_told_to_wait(house: House) -> None:
    link = rush(house)
    answers = [post(house.url, link, SECRET) for _ in range(OF_A_WALLET.burst + 1)]
    assert {answer.status_code for answer in answers[:-1]} == {200}
    assert (answers[-1].status_code, answers[-1].json()["code"]) == (429, "too_fast")
    house.clock.forward(seconds=int(answers[-1].headers["Retry-After"]))
    assert post(house.url, link, SECRET).status_code == 200


def test_a_pace_is_a_burst_and_then_so_many_a_second(house: House) -> None:
    pacing, now = Pacing(Pace(burst=3, per_second=2)), house.clock.at
    assert [pacing.seconds_to_wait("a", now) for _ in range(4)] == [0, 0, 0, 1]
    assert pacing.seconds_to_wait("b", now) == 0
    later = now + timedelta(seconds=1)
    assert [pacing.seconds_to_wait("a", later) for _ in range(3)] == [0, 0, 1]


def test_of_a_crowd_with_a_connection_each_as_many_get_one_as_there_are(house: House) -> None:
    link = rush(house, stock=40)
    answers = all_at_once(100, lambda _: post(house.url, link, new_secret()))
    given = [answer.json()["coupon_number"] for answer in answers if answer.status_code == 200]
    assert len(set(given)) == len(given) == 40
    assert {answer.json()["code"] for answer in answers if answer.status_code != 200} == {"out_of_stock"}
    assert assert_counts_are_rows(house.central) == 40


def test_a_caller_that_has_gone_costs_no_coupon(house: House) -> None:
    """Nothing can be written for a moment: one claim is at its turn, another waits behind it, and its caller goes."""
    link, line = rush(house), house.running.app.api.state.claim_door.line
    address = ("127.0.0.1", int(house.url.rpartition(":")[2]))
    with ThreadPoolExecutor(1) as pool:
        with house.central.database.writing():
            first = pool.submit(post, house.url, link, new_secret())
            wait_until(lambda: line.is_serving)
            with socket.create_connection(address) as caller:
                caller.sendall(raw_claim(link, new_secret()))
                wait_until(lambda: line.waiting == 1)
            wait_until(lambda: line.waiting == 0)
        assert first.result().status_code == 200
    assert assert_counts_are_rows(house.central) == 1


def raw_claim(link: KeptLink, secret: str) -> bytes:
    body = b'{"claim_id": "1", "offer_index": 0}'
    lines = [
        f"POST /api/claim-links/{link.link_id}/claims HTTP/1.1",
        "Host: here",
        f"Authorization: Bearer {secret}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(3000):
        if is_so():
            return
        threading.Event().wait(0.01)
    raise AssertionError("it never came to that")
