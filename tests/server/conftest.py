"""A real server on loopback with a real database, a clock that stands where it is put, and tills that enrol."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, OutletId
from merchant_app.server.app import create_app
from merchant_app.server.central import Central
from merchant_app.server.running import RunningServer
from merchant_app.server.services.campaign_desk import Opening, add, open_campaign
from merchant_app.server.services.enrolling import invite
from merchant_app.server.services.holding import Held, WantedHold, hold
from merchant_app.server.services.issuing import Issued, Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import TillClient, enrol


@dataclass
class Clock:
    """The server's time; nothing but a test moves it."""

    at: datetime = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


@dataclass
class House:
    """A running server and what an operator does at it."""

    running: RunningServer
    clock: Clock
    tills: list[TillClient] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.running.url

    @property
    def central(self) -> Central:
        return self.running.app.central

    def campaign(self, **changes: Any) -> int:
        """Adds and opens a campaign; its id."""
        text = document(**changes)
        add(self.central, text, {})
        assert open_campaign(self.central, text["campaign_id"]) is Opening.OPENED
        return int(text["campaign_id"])

    def till(self, outlet_id: int = 4201) -> TillClient:
        made = invite(self.central, OutletId(outlet_id), self.url)
        assert made is not None
        till = enrol(self.url, outlet_id, made[0].secret)
        self.tills.append(till)
        return till

    def coupons(self, count: int = 1, **changes: Any) -> list[Issued]:
        values: dict[str, Any] = {"campaign_id": CampaignId(CAMPAIGN_ID), "round_index": 0, "offer_index": 0}
        made = issue(self.central, Wanted(**{**values, "count": count, "outlet_id": ANY_OUTLET, **changes}))
        assert isinstance(made, list), made
        return made

    def code(self, **changes: Any) -> str:
        """The digits of one new bearer code."""
        digits = self.coupons(**changes)[0].code
        assert digits is not None
        return digits

    def hold(self, coupon: Issued, outlet_id: int = 4201, holder: int = 7, **changes: Any) -> str:
        """The digits of a new hold."""
        given = self.try_hold(coupon, outlet_id, holder, **changes)
        assert isinstance(given, Held), given
        return given.code

    def try_hold(self, coupon: Issued, outlet_id: int = 4201, holder: int = 7, **changes: Any) -> Any:
        """What the server says to a hold that is asked for."""
        values: dict[str, Any] = {"campaign_id": CampaignId(CAMPAIGN_ID), "serial": coupon.serial, **changes}
        return hold(self.central, WantedHold(outlet_id=OutletId(outlet_id), holder_tag=holder, **values))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One for all: a second one cannot be driven from the same thread."""
    from tests.server.console.chromium import running_chromium

    with running_chromium() as browser:
        yield browser


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start(tmp_path: Path, clock: Clock, database: str | None) -> Iterator[Callable[[], House]]:
    """Starts the server on this test's database; called again, it stops and starts it anew."""
    running: list[RunningServer] = []

    def again() -> House:
        while running:
            running.pop().stop()
        running.append(RunningServer(create_app(Settings(tmp_path / "server", database), now=clock)).start())
        return House(running[-1], clock)

    yield again
    while running:
        running.pop().stop()


@pytest.fixture
def house(start: Callable[[], House]) -> Iterator[House]:
    """A server with outlets and an open campaign."""
    made = start()
    import_outlets(made.central, OUTLETS)
    made.campaign()
    yield made
    for till in made.tills:
        till.session.close()
