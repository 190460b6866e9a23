"""A real server on loopback with a real campaign, and real tills enrolled with it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import insert

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import OutletId
from merchant_app.server.app import create_app
from merchant_app.server.db.tables import outlets
from merchant_app.server.running import RunningServer
from merchant_app.server.services import campaign_desk, enrolling, issuing
from merchant_app.server.services.issuing import Issued, Wanted
from merchant_app.server.settings import Settings
from merchant_app.till.parts import Outside, Parts, build_parts, open_ledger
from merchant_app.till.services.enrolling import Enrolling
from merchant_app.wire.campaign_document import parse_campaign
from tests.fakes import FakeClock, Plug
from tests.till.made_till import document

HERE, THERE = OutletId(4201), OutletId(4300)
_PLACES = {
    HERE: ("观音桥店", "Guanyinqiao", 29.575, 106.533),
    THERE: ("北仓店", "Beicang", 29.580, 106.540),
}


@dataclass
class TillInHand:
    """An enrolled till with its cable and its own wall clock in hand."""

    parts: Parts
    plug: Plug
    clock: FakeClock
    data_dir: Path

    def restart(self) -> "TillInHand":
        """The next start of the program, after an orderly end."""
        self.parts.close()
        return self.start_again()

    def start_again(self) -> "TillInHand":
        """The next start of the program, over whatever is in its folder."""
        return open_till(self.data_dir, self.plug, self.clock)


@dataclass
class World:
    """`clock` is the server's; every till gets one of its own that shows the same time at first."""

    data_dir: Path
    clock: FakeClock
    campaign: Campaign
    server: RunningServer
    port: int
    tills: list[TillInHand] = field(default_factory=list)
    database: str | None = None

    @property
    def central(self) -> Any:
        return self.server.app.central

    def new_till(self, outlet_id: OutletId = HERE) -> TillInHand:
        """Invites a till, enrols it over HTTP, and lets it sync once."""
        invited = enrolling.invite(self.central, outlet_id, self.server.url)
        assert invited is not None
        folder = self.data_dir / f"till-{len(self.tills) + 1}"
        plug = Plug()
        ledger = open_ledger(folder)
        enrol = Enrolling(ledger, new_id=Outside().new_id, session=plug.session())
        enrol.enrol(None, invited[0].as_qr_text(), "till")
        ledger.close()
        till = open_till(folder, plug, FakeClock(self.clock.at))
        report = till.parts.syncing.sync()
        assert report.trouble is None, report.trouble
        self.tills.append(till)
        return till

    def issue(self, outlet_id: OutletId = HERE, *, count: int = 1, on_paper: bool = True) -> list[Issued]:
        """Coupons of the campaign's only offer, on paper for this outlet (`ANY_OUTLET`: for any)."""
        wanted = Wanted(self.campaign.campaign_id, 0, 0, count, outlet_id=outlet_id, on_paper=on_paper)
        issued = issuing.issue(self.central, wanted)
        assert isinstance(issued, list), issued
        return issued

    def paper(self, outlet_id: OutletId = HERE) -> str:
        """The digits of a new paper coupon."""
        (issued,) = self.issue(outlet_id)
        assert issued.code is not None
        return issued.code

    def stop_server(self) -> None:
        self.server.stop()

    def start_server(self) -> None:
        """The same server again: its data, its keys, its port."""
        self.server = _serve(self.data_dir, self.clock, self.port, self.database)

    def pass_by(self, **span: float) -> None:
        """Time passes, everywhere."""
        self.clock.pass_by(**span)
        for till in self.tills:
            till.clock.pass_by(**span)


@contextmanager
def open_world(data_dir: Path, *, database: str | None = None, **changes: Any) -> Iterator[World]:
    """A server with the campaign of `made_till.document(**changes)`, open since an hour ago."""
    campaign_document = document(**changes)
    campaign = parse_campaign(campaign_document)
    clock = FakeClock(campaign.starts_at + timedelta(hours=1))
    server = _serve(data_dir, clock, 0, database)
    world = World(data_dir, clock, campaign, server, int(server.url.rsplit(":", 1)[1]), database=database)
    try:
        _furnish(world, campaign_document)
        yield world
    finally:
        for till in world.tills:
            till.parts.close()
        world.server.stop()


def open_till(data_dir: Path, plug: Plug, clock: FakeClock) -> TillInHand:
    ledger = open_ledger(data_dir)
    outside = Outside(wall=clock.wall, monotonic=clock.monotonic, session=plug.session())
    identity = Enrolling(ledger, new_id=outside.new_id, session=outside.session).identity()
    return TillInHand(build_parts(ledger, identity, outside, lambda: "02"), plug, clock, data_dir)


def _serve(data_dir: Path, clock: FakeClock, port: int, database: str | None) -> RunningServer:
    now: Callable[[], datetime] = clock.wall
    return RunningServer(create_app(Settings(data_dir / "server", database), now=now), port=port).start()


def _furnish(world: World, campaign_document: dict[str, Any]) -> None:
    place = {"district": "jiangbei", "category": "catering/foods", "hours": "", "address_zh": "", "address_en": ""}
    with world.central.database.writing() as connection:
        for outlet_id, (zh, en, latitude, longitude) in _PLACES.items():
            where = {"outlet_id": outlet_id, "name_zh": zh, "name_en": en, "latitude": latitude, "longitude": longitude}
            connection.execute(insert(outlets).values(**where, **place))
    campaign_desk.add(world.central, {**campaign_document}, {})
    campaign_desk.open_campaign(world.central, world.campaign.campaign_id)
