"""What 3,000 outlets cost: a till's catalogue in bytes, and the server's work for a till, changed and unchanged.

Twenty campaigns that all 3,000 opted in to, over a district of a city.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from random import Random

from sqlalchemy import select

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.outlets import open_outlets
from merchant_app.server.db.tables import published
from merchant_app.server.services import publishing
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.campaigns import open_campaigns, parsed
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.participation import go_by_opting_in, opt_in, opt_out
from merchant_app.server.settings import Settings
from merchant_app.wire.catalogue import PART_NAMES
from tests.benchmarks.rows import Row, at_most
from tests.server.documents import document

OUTLETS, CAMPAIGNS, TILLS, SEED = 3000, 20, 200, 7
NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
_HEADER = "outlet_id,name_zh,name_en,district,category,latitude,longitude,hours,address_zh,address_en\n"


def rows(_pictures: Path | None) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        central = open_central(Settings(Path(folder)), now=lambda: NOW)
        _furnish(central)
        yield from _measured(central)
        central.database.close()


def _measured(central: Central) -> Iterator[Row]:
    _each(lambda outlet_id: publishing.snapshot(central, outlet_id))
    cut, whole = _bytes(central)
    detail = f"{cut} bytes against {whole}, {CAMPAIGNS} campaigns"
    yield at_most("a till's whole catalogue against all outlets and lists", cut / whole * 100, 15, "%", detail)
    unchanged, look_up = _each(lambda each: publishing.snapshot(central, each)), _each(lambda each: _row(central, each))
    detail = f"{unchanged * 1e6:.0f} us against {look_up * 1e6:.0f} us"
    yield at_most("the snapshot of an unchanged outlet against reading its row", unchanged / look_up, 3, "x", detail)
    opt_out(central, CampaignId(1), [OUTLETS])
    publishing.snapshot(central, OutletId(1))
    changed, sorted_by_way = _each(lambda each: publishing.snapshot(central, each)), _each(_by_way(central))
    detail = f"{changed * 1e3:.2f} ms against {sorted_by_way * 1e3:.2f} ms"
    name = "a snapshot after a change elsewhere against sorting all by distance"
    yield at_most(name, changed / sorted_by_way, 2, "x", detail)
    taking, reading = _each(lambda _: _open(central)), _each(lambda _: _documents(central))
    detail = f"{taking * 1e6:.0f} us against {reading * 1e6:.0f} us, {CAMPAIGNS} x {OUTLETS} participants"
    yield at_most("campaigns with who takes part against their documents", taking / reading, 2, "x", detail)


def _furnish(central: Central) -> None:
    random = Random(SEED)
    lines = (
        f"{number},渝舟第{number}店,Yuzhou No {number},jiangbei,catering/foods,{29.5 + random.random() / 5:.5f},"
        f"{106.4 + random.random() / 5:.5f},11:00-02:00,建新北路{number}号,{number} Jianxin North Road\n"
        for number in range(1, OUTLETS + 1)
    )
    import_outlets(central, _HEADER + "".join(lines))
    for number in range(1, CAMPAIGNS + 1):
        add(central, document(campaign_id=number), {})
        go_by_opting_in(central, CampaignId(number), by_opt_in=True)
        opt_in(central, CampaignId(number), range(1, OUTLETS + 1))
        open_campaign(central, number)


def _each(work: Callable[[OutletId], object]) -> float:
    """Seconds for one till, over many."""
    start = time.perf_counter()
    for number in range(1, TILLS + 1):
        work(OutletId(number))
    return (time.perf_counter() - start) / TILLS


def _bytes(central: Central) -> tuple[int, int]:
    """A till's catalogue, and what it would be with every outlet and every list."""
    parts = [publishing.part(central, OutletId(1), name) or b"" for name in PART_NAMES]
    cut = sum(map(len, parts)) + len(publishing.snapshot(central, OutletId(1)).content)
    with central.database.reading() as connection:
        outlets = sum(len(each.as_json()) for each in open_outlets(connection))
        documents = sum(len(each.encode()) for each in campaign_rows.open_documents(connection))
    lists = CAMPAIGNS * sum(len(f"{number}, ") for number in range(1, OUTLETS + 1))
    return cut, outlets + documents + lists


def _row(central: Central, outlet_id: OutletId) -> object:
    with central.database.reading() as connection:
        name = f"{outlet_id}/snapshot"
        return connection.execute(select(published).where(published.c.name == name)).one()


def _by_way(central: Central) -> Callable[[OutletId], object]:
    with central.database.reading() as connection:
        known = [(each.outlet_id, each.latitude or 0.0, each.longitude or 0.0) for each in open_outlets(connection)]
    places = {number: (north, east) for number, north, east in known}

    def way(here: tuple[float, float], there: tuple[float, float]) -> float:
        (north, east), (to_north, to_east) = (tuple(map(radians, each)) for each in (here, there))
        half = sin((to_north - north) / 2) ** 2 + cos(north) * cos(to_north) * sin((to_east - east) / 2) ** 2
        return 2 * asin(sqrt(half))

    return lambda outlet_id: sorted(known, key=lambda each: way(places[outlet_id], each[1:]))[:30]


def _open(central: Central) -> object:
    with central.database.reading() as connection:
        return open_campaigns(connection)


def _documents(central: Central) -> object:
    with central.database.reading() as connection:
        return [parsed(each) for each in campaign_rows.open_documents(connection)]
