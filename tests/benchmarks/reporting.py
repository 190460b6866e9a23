"""The report of a big campaign: each page's queries against one index scan of the redemptions whose figures it shows.

Before that everything is added up from nothing, in turns: cashiers wait for one of these at most.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, event, func, select

from merchant_app.domain.campaign_report import Breakdown, Wanted
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.db.database import Database
from merchant_app.server.db.figures import narrowed
from merchant_app.server.db.recounting import differences
from merchant_app.server.db.tables import redemptions
from merchant_app.server.services.reporting.reading import read_added
from merchant_app.server.services.reporting.refreshing import Refreshing
from tests.benchmarks.big_campaign import CAMPAIGN_ID, FIRST_DAY, FULL, SMALL, Size, big_campaign
from tests.benchmarks.rows import Row, at_most
from tests.server.postgres import private_postgres

PAGE = [by for by in Breakdown if by is not Breakdown.SUB_CATEGORY]
LIMIT = 3.0
_TIMES = 5


def rows(_pictures: Path | None = None) -> Iterator[Row]:
    """On SQLite and on PostgreSQL, at the small size; the soak runs the full one."""
    yield from measured(SMALL)


def measured(size: Size, engines: tuple[str, ...] = ("SQLite", "PostgreSQL")) -> Iterator[Row]:
    for engine in engines:
        with ExitStack() as stack:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="merchant-app-bench-")))
            postgres = stack.enter_context(private_postgres(durable=True)) if engine == "PostgreSQL" else None
            url = None if postgres is None else postgres.new_database(migrated=False)
            started = time.perf_counter()
            database = stack.enter_context(big_campaign(url, folder, size))
            print(f"  {engine}: {size.said}, written in {time.perf_counter() - started:.0f} s", file=sys.stderr)
            yield from _adding_up(database, engine, size)
            yield from _pages(database, engine, size)
            yield from _checked(database, engine)


def _adding_up(database: Database, engine: str, size: Size) -> Iterator[Row]:
    """Everything from nothing, without any rest."""
    refreshing = Refreshing(rest=lambda _seconds: None)
    started = time.perf_counter()
    left = refreshing.refresh(database)
    taken = time.perf_counter() - started
    with database.writing(patient=True) as connection:
        connection.exec_driver_sql("ANALYZE")
    detail = f"{taken:.1f} s for {size.redemptions:,} redemptions; {left} outlets' days left"
    name = f"{engine}: longest turn of adding up / the second that a cashier waits at most"
    yield at_most(name, refreshing.longest_turn, 0.5, "x", detail)


def _checked(database: Database, engine: str) -> Iterator[Row]:
    """The recount of every row, by its own way."""
    started = time.perf_counter()
    with database.reading() as connection:
        if not database.is_sqlite:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
        found = differences(connection)
    taken = time.perf_counter() - started
    yield at_most(f"{engine}: lines that a recount of every row finds wrong", len(found), 0, "", f"{taken:.1f} s")


def _pages(database: Database, engine: str, size: Size) -> Iterator[Row]:
    first = FIRST_DAY.date()
    whole = Wanted(CampaignId(CAMPAIGN_ID), first, first + timedelta(days=size.days))
    with database.reading() as connection:
        for name, wanted in _wanted(whole, first).items():
            page = partial(read_added, connection, wanted, PAGE)
            queries, scan = (
                _seconds(_queries(connection, work)) for work in (page, partial(_scan, connection, wanted))
            )
            said = f"{queries * 1000:.1f} ms / {scan * 1000:.1f} ms for {_scan(connection, wanted):,} redemptions"
            detail = f"{said}; read, added up and broken down in {_seconds(page) * 1000:.1f} ms"
            yield at_most(f"{engine}: page {name} / one scan of its redemptions", queries / scan, LIMIT, "x", detail)


def _wanted(whole: Wanted, first: date) -> dict[str, Wanted]:
    day = first + timedelta(days=3)
    return {
        "of all": whole,
        "of one day": replace(whole, first_day=day, last_day=day),
        "of a district": replace(whole, district="jiangbei"),
        "of a category": replace(whole, category="hotel"),
        "of a round": replace(whole, round_index=1),
        "of a channel": replace(whole, channel="live_stream"),
        "of an outlet": replace(whole, outlet_id=OutletId(4001)),
    }


def _scan(connection: Connection, wanted: Wanted) -> int:
    """Reads the redemptions that the page is of once, by their index, and nothing else; how many there are."""
    sums = [func.sum(redemptions.c[name]) for name in ("amount_off_fen", "bill_fen")]
    row = connection.execute(select(func.count(), *sums).where(narrowed(redemptions, wanted))).one()
    return int(row[0])


def _queries(connection: Connection, work: Callable[[], Any]) -> Callable[[], None]:
    """What `work` asks the database, to be asked again as it is."""
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        asked.append((statement, parameters))

    event.listen(connection, "before_cursor_execute", note)
    work()
    event.remove(connection, "before_cursor_execute", note)

    def again() -> None:
        for statement, parameters in asked:
            connection.exec_driver_sql(statement, parameters).fetchall()

    return again


def _seconds(work: Callable[[], Any]) -> float:
    """The median of some runs, after one that only warms up."""
    work()
    taken = []
    for _ in range(_TIMES):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return median(taken)


if __name__ == "__main__":
    for each in measured(FULL if "full" in sys.argv else SMALL, tuple(sys.argv[2:]) or ("SQLite", "PostgreSQL")):
        print(
            f"{'holds ' if each.holds else 'MISSED'} {each.name:<70} {each.value:8.3f} {each.unit} {each.detail}",
            flush=True,
        )
