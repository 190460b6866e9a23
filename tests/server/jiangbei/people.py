"""People who claim by links as fast as they can, over many connections, until there is nothing left."""

import secrets
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import cycle, islice

import requests

from tests.server.addresses import FromAddress

CONNECTIONS = 24
GONE = "out_of_stock"


@dataclass
class Rush:
    """`coupons` are (channel, offer_index, serial, coupon_number) of everybody who got one."""

    coupons: list[tuple[str, int, int, str]] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)


def claim_empty(url: str, links: Sequence[tuple[str, str]], stock: dict[int, int], over: float = 1.2) -> Rush:
    """More people than there are coupons ask at once, some of them twice under the same id. `links`: (id, channel)."""
    wishes = [offer for offer, count in stock.items() for _ in range(int(count * over) + 1)]
    people = list(zip(islice(cycle(links), len(wishes)), wishes, strict=True))
    rush = Rush()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        shares = [people[index::CONNECTIONS] for index in range(CONNECTIONS)]
        for came in pool.map(lambda index: _stand_in_line(url, index, shares[index]), range(CONNECTIONS)):
            rush.coupons += came.coupons
            rush.refused += came.refused
    return rush


def _stand_in_line(url: str, index: int, people: Sequence[tuple[tuple[str, str], int]]) -> Rush:
    came = Rush()
    with requests.Session() as session:
        session.mount("http://", FromAddress(f"127.0.0.{index + 2}"))
        for number, ((link_id, channel), offer) in enumerate(people):
            secret = secrets.token_urlsafe(24)
            for _ in range(2 if number % 10 == 0 else 1):
                answer = session.post(
                    f"{url}/api/claim-links/{link_id}/claims",
                    json={"claim_id": "one", "offer_index": offer},
                    headers={"Authorization": f"Bearer {secret}"},
                    timeout=60,
                )
            body = answer.json()
            if answer.ok:
                came.coupons.append((channel, offer, int(body["serial"]), body["coupon_number"]))
            else:
                came.refused[body["code"]] += 1
    return came
