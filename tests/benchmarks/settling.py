"""Closing a period against a bare copy of the same rows: one INSERT from a SELECT, nothing looked up, nothing added up.

First with every redemption new, against a table with a key like the lines' own; then with all of them settled before
and one in twenty added, against one scan each of the redemptions and of what was settled. As many outlets as a large
campaign has; on the same engine and disk, in the same run.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from merchant_app.server.app import open_central
from merchant_app.server.central import Central
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.settling.closing import Closed, close
from merchant_app.server.settings import Settings
from tests.benchmarks.rows import Row, at_most
from tests.server.documents import CAMPAIGN_ID, document
from tests.server.postgres import private_postgres

OUTLETS = 3000
REDEMPTIONS = 200_000
BEGAN = datetime(2026, 6, 28, 4, 0, tzinfo=UTC)
_DAYS = 9
_AT_A_TIME = 100_000
_FILL = """
INSERT INTO redemptions (redemption_id, stored_order, till_id, outlet_id, campaign_id, serial, use, round_index,
    offer_index, scope_outlet_id, cashier, bill_id, bill_fen, amount_off_fen, payable_fen, redeemed_at, stored_at,
    standing, waits_for_use, reasons, day)
WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})
SELECT 'r-' || i, i, 't', 1 + i % {outlets} * 7919 % {outlets}, {campaign}, i * 7, 1, 0, 0, 0, '02', 'b', 12000,
    1900 + i % 100, 10000, 0, 0, 'confirmed', FALSE, '[]', {day} FROM n
"""
_PEER = (
    "CREATE TABLE peer (campaign_id BIGINT, outlet_id BIGINT, redemption_id TEXT, serial BIGINT, day DATE,"
    " amount BIGINT, PRIMARY KEY (campaign_id, outlet_id, redemption_id))"
)
_COPY = (
    "INSERT INTO peer SELECT campaign_id, outlet_id, redemption_id, serial, day, amount_off_fen FROM redemptions"
    f" WHERE campaign_id = {CAMPAIGN_ID}"
)
_SCANS = (
    "SELECT outlet_id, count(*), sum(amount_off_fen), max(standing) FROM redemptions"
    f" WHERE campaign_id = {CAMPAIGN_ID} GROUP BY outlet_id",
    "SELECT item_id, sum(amount_fen) FROM settlement_lines"
    f" WHERE campaign_id = {CAMPAIGN_ID} GROUP BY outlet_id, item_id",
)


def rows(_pictures: Path | None = None) -> Iterator[Row]:
    """On SQLite, and on a PostgreSQL that forces every commit to the disk."""
    with tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder:
        yield from compare("SQLite", Settings(Path(folder)))
    with (
        private_postgres(durable=True) as postgres,
        tempfile.TemporaryDirectory(prefix="merchant-app-bench-") as folder,
    ):
        yield from compare("PostgreSQL", Settings(Path(folder), postgres.new_database()))


def compare(engine: str, settings: Settings, count: int = REDEMPTIONS) -> Iterator[Row]:
    now = [BEGAN + timedelta(days=_DAYS + 1)]
    central = open_central(settings, now=lambda: now[0])
    _furnish(central)
    _fill(central, 1, count, day=0)
    longest: list[float] = []
    ours, closed = _timed(lambda: _close(central, now[0], longest))
    _execute(central, _PEER)
    peer, _ = _timed(lambda: _execute(central, _COPY))
    assert isinstance(closed, Closed)
    assert (closed.totals.lines, closed.totals.outlets) == (count, OUTLETS)
    detail = f"{count} redemptions of {OUTLETS} outlets in {ours:.1f} s, longest transaction {max(longest):.2f} s"
    yield at_most(f"closing with every row new / bare copy, {engine}", ours / peer, 4, "x", detail)
    _fill(central, count + 1, count + count // 20, day=_DAYS)
    now[0] += timedelta(days=1)
    ours, again = _timed(lambda: _close(central, now[0], longest))
    peer, _ = _timed(lambda: [_execute(central, scan) for scan in _SCANS])
    assert isinstance(again, Closed)
    assert again.totals.lines == count // 20
    detail = f"{again.totals.lines} new beside {count} settled in {ours:.1f} s; the scans {peer:.2f} s"
    yield at_most(f"closing with one row in twenty new / two scans, {engine}", ours / peer, 3, "x", detail)
    central.database.close()


def _furnish(central: Central) -> None:
    header = "outlet_id,name_zh,name_en,district,category,latitude,longitude,hours,address_zh,address_en\n"
    lines = (f"{each},店{each},Outlet {each},jiangbei,catering/foods,,,,," for each in range(1, OUTLETS + 1))
    import_outlets(central, header + "\n".join(lines))
    add(central, document(), {})
    open_campaign(central, CAMPAIGN_ID)


def _fill(central: Central, first: int, last: int, *, day: int) -> None:
    """Redemptions on the first days of the campaign, or all on one later day."""
    at = f"'{(BEGAN + timedelta(days=day)).date()}'"
    days = at if central.database.is_sqlite else f"DATE {at}"
    for some in range(first, last + 1, _AT_A_TIME):
        values = {"first": some, "last": min(some + _AT_A_TIME - 1, last), "day": days}
        _execute(central, _FILL.format(**values, outlets=OUTLETS, campaign=CAMPAIGN_ID))
    if not central.database.is_sqlite:
        _execute(central, "ANALYZE redemptions")


def _close(central: Central, now: datetime, longest: list[float]) -> object:
    began = [time.perf_counter()]

    def progress(_done: int, _of: int) -> None:
        longest.append(time.perf_counter() - began[0])
        began[0] = time.perf_counter()

    return close(central, CAMPAIGN_ID, (now - timedelta(days=1)).date(), by="bench", progress=progress)


def _execute(central: Central, statement: str) -> None:
    with central.database.writing() as connection:
        result = connection.execute(text(statement))
        if result.returns_rows:
            result.all()


def _timed(act: Callable[[], object]) -> tuple[float, object]:
    started = time.perf_counter()
    value = act()
    return time.perf_counter() - started, value
