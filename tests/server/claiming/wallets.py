"""A campaign that people claim from, and those people."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import requests
from sqlalchemy import func, select

from merchant_app.domain.kinds import CampaignId
from merchant_app.server.central import Central
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.db.tables import claims, coupons, issued
from merchant_app.server.services.claiming.asking import Claimed, NotClaimed, WantedClaim, wallet_of
from merchant_app.server.services.claiming.links import make_link
from merchant_app.server.services.claiming.tally import check_tally
from tests.server.conftest import House
from tests.server.documents import offer

RUSH = 7
"""The campaign of these tests."""
OPENS, CLOSES = "2026-06-28T00:00:00+08:00", "2026-07-14T00:00:00+08:00"


def rush(house: House, stock: int = 10, *, channel: str = "short_video", **changes: Any) -> KeptLink:
    """Opens a campaign with one round and one offer, of which each wallet may claim one; a link to it."""
    values = {
        "campaign_id": RUSH,
        "rounds": [{"opens_at": OPENS, "closes_at": CLOSES, "stock": {"0": stock}}],
        "offers": [offer(per_holder={"claims": 1})],
        "channels": [],
        **changes,
    }
    house.campaign(**values)
    return link_to(house, channel=channel)


def link_to(house: House, round_index: int = 0, channel: str = "short_video") -> KeptLink:
    made = make_link(house.central, CampaignId(RUSH), round_index, channel)
    assert isinstance(made, KeptLink), made
    return made


def wanted(link: KeptLink, who: object, claim_id: str = "first", offer_index: int = 0) -> WantedClaim:
    """What the wallet of `who` asks for."""
    return WantedClaim(link.link_id, wallet_of(str(who)), claim_id, offer_index)


def why(answer: Claimed | NotClaimed) -> str:
    """The code of a refusal; "claimed" where there is none."""
    return "claimed" if isinstance(answer, Claimed) else answer.why.value


def all_at_once(number: int, ask: Callable[[int], Any]) -> list[Any]:
    """So many threads that begin in the same moment; what each got."""
    line = Barrier(number)

    def run(index: int) -> Any:
        line.wait()
        return ask(index)

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


def post(url: str, link: KeptLink, secret: str, claim_id: str = "first", **headers: str) -> requests.Response:
    """One claim over HTTP."""
    return requests.post(
        f"{url}/api/claim-links/{link.link_id}/claims",
        json={"claim_id": claim_id, "offer_index": 0},
        headers={"Authorization": f"Bearer {secret}", **headers},
        timeout=60,
    )


def new_secret() -> str:
    return secrets.token_urlsafe(16)


def assert_counts_are_rows(central: Central, campaign_id: int = RUSH) -> int:
    """The coupons, the claims and both counters of a campaign say the same number; that number."""
    with central.database.reading() as connection:
        counts = {
            connection.scalar(select(func.count()).where(table.c.campaign_id == campaign_id))
            for table in (coupons, claims)
        }
        counts.add(
            int(
                connection.scalar(select(func.sum(issued.c.issued_count)).where(issued.c.campaign_id == campaign_id))
                or 0
            )
        )
    assert len(counts) == 1, counts
    assert check_tally(central) == []
    return int(counts.pop() or 0)
