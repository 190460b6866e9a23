"""20,000 claims for 5,000 coupons over HTTP: from many addresses and connections, by two server processes at once.

The claims a second are printed (`pytest -s`); what is promised is the count.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import requests

from merchant_app.server.app import open_central
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.settings import Settings
from tests.server.addresses import FromAddress
from tests.server.claiming.test_killed import furnish, process
from tests.server.claiming.wallets import all_at_once, assert_counts_are_rows, new_secret
from tests.server.documents import CAMPAIGN_ID
from tests.server.postgres import private_postgres

CLAIMS, STOCK, CONNECTIONS = 20_000, 5_000, 48


@pytest.fixture(params=["sqlite", "postgresql"])
def servers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Settings, KeptLink, list[str]]]:
    """One process on SQLite, two on a PostgreSQL that forces every commit to the disk; each at its own address."""
    with ExitStack() as stack:
        settings, number = Settings(tmp_path / "server"), 1
        if request.param == "postgresql":
            postgres = stack.enter_context(private_postgres(durable=True))
            settings, number = Settings(tmp_path / "server", postgres.new_database()), 2
        link = furnish(settings, STOCK)
        yield settings, link, [stack.enter_context(process(settings))[1] for _ in range(number)]


def test_a_rush_over_http_gives_exactly_what_there_is(servers: tuple[Settings, KeptLink, list[str]]) -> None:
    settings, link, urls = servers

    def claim(connection: int) -> list[str]:
        session = requests.Session()
        session.mount("http://", FromAddress(f"127.0.1.{connection + 1}"))
        url = f"{urls[connection % len(urls)]}/api/claim-links/{link.link_id}/claims"
        answers = [_claim(session, url) for _ in range(connection, CLAIMS, CONNECTIONS)]
        session.close()
        return answers

    started = time.perf_counter()
    answers = [answer for some in all_at_once(CONNECTIONS, claim) for answer in some]
    taken = time.perf_counter() - started
    print(
        f"\n{len(answers) / taken:.0f} claims a second over HTTP by {len(urls)} process(es), {CONNECTIONS} connections"
    )
    codes = Counter("given" if answer.isdecimal() else answer for answer in answers)
    assert codes == {"given": STOCK, "out_of_stock": CLAIMS - STOCK}
    assert len({answer for answer in answers if answer.isdecimal()}) == STOCK
    central = open_central(settings)
    assert assert_counts_are_rows(central, CAMPAIGN_ID) == STOCK
    central.database.close()


def _claim(session: requests.Session, url: str) -> str:
    """The coupon's number, or the code of the refusal. Told to come back, one does, under the same id."""
    token = {"Authorization": f"Bearer {new_secret()}"}
    while True:
        answer = session.post(url, json={"claim_id": "1", "offer_index": 0}, headers=token, timeout=120)
        told = answer.json()
        if answer.status_code != 503:
            return str(told.get("coupon_number") or told["code"])
        time.sleep(float(answer.headers["Retry-After"]))
