"""Tills that were offline for weeks and come back at once, and one among them that does not stop asking."""

import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import requests

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.central import Central
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.issuing import MOST_AT_ONCE, Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.wire.facts import PushAnswer, as_pushed
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import TillClient, enrol

OUTLET_IDS = (4201, 4202, 4203)
LATER = (429, 503)


@dataclass
class Told:
    """What the tills heard, all together."""

    confirmed: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    of_the_abuser: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0
    guard: threading.Lock = field(default_factory=threading.Lock)

    def note(self, status: int, confirmed: int = 0) -> None:
        with self.guard:
            self.statuses[status] += 1
            self.confirmed += confirmed


def furnish(central: Central, coupons: int) -> None:
    """Outlets, and a campaign that runs now with so many coupons in stock."""
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    import_outlets(central, OUTLETS)
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": coupons}}]
    add(central, document(starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(central, CAMPAIGN_ID)


def new_codes(central: Central, coupons: int) -> Iterator[str]:
    """Bearer codes, taken from stock in large lots."""
    for left in range(coupons, 0, -MOST_AT_ONCE):
        made = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, min(left, MOST_AT_ONCE)))
        assert isinstance(made, list), made
        yield from (str(each.code) for each in made)


def new_till(central: Central, url: str, number: int) -> TillClient:
    outlet_id = OUTLET_IDS[number % len(OUTLET_IDS)]
    made = invite(central, OutletId(outlet_id), None)
    assert made is not None
    return enrol(url, outlet_id, made[0].secret)


def come_back(tills: list[TillClient], abuser: TillClient, seed: int) -> Told:
    """All push at once and wait as they are told; the abuser pushes on from several threads and waits for nothing."""
    told, drained = Told(), threading.Event()
    started = time.monotonic()
    with ThreadPoolExecutor(len(tills)) as pool, ThreadPoolExecutor(4) as abusing:
        for _ in range(4):
            abusing.submit(_abuse, abuser, told, drained)
        coming = [pool.submit(_drain, till, told, random.Random(seed + n)) for n, till in enumerate(tills)]
        for each in coming:
            each.result()
        told.seconds = time.monotonic() - started
        drained.set()
    return told


def _drain(till: TillClient, told: Told, jitter: random.Random) -> None:
    pushed = [as_pushed(row) for row in till.rows]
    while True:
        try:
            answer = till.push_raw(pushed)
        except requests.RequestException:
            told.note(0)
            continue
        if answer.status_code == 200:
            outcomes = [each.outcome.value for each in PushAnswer.model_validate_json(answer.content).answers]
            told.note(200, sum(each in ("confirmed", "repeat") for each in outcomes))
            break
        told.note(answer.status_code)
        assert answer.status_code in LATER, answer.text
        time.sleep(int(answer.headers["Retry-After"]) * (1 + jitter.random()))
    till.session.close()


def _abuse(till: TillClient, told: Told, drained: threading.Event) -> None:
    mine = TillClient(**{**vars(till), "session": requests.Session()})
    while not drained.is_set():
        try:
            status = mine.push_raw([]).status_code
        except requests.RequestException:
            status = 0
        with told.guard:
            told.of_the_abuser[status] += 1
    mine.session.close()
