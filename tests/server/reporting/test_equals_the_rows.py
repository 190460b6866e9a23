"""After any history, the report equals an independent recount of the raw rows, for every breakdown, to the fen."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from merchant_app.domain.campaign_report import Added, Breakdown, Figures, Wanted
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.services.reporting.reading import read_added
from tests.server.documents import CAMPAIGN_ID
from tests.server.reporting.histories import Campaigning, campaigning, histories
from tests.server.reporting.recount import KEYS, NAMES, raw_rows, recount

ALL = Wanted(CampaignId(CAMPAIGN_ID), date(2026, 6, 1), date(2026, 8, 1))
NARROWED: list[tuple[Wanted, Any]] = [
    (ALL, lambda _row: True),
    (Wanted(ALL.campaign_id, date(2026, 6, 30), date(2026, 6, 30)), lambda row: row["day"] == date(2026, 6, 30)),
    (Wanted(ALL.campaign_id, ALL.first_day, ALL.last_day, district="jiangbei"),
     lambda row: row["place"][0] == "jiangbei"),
    (Wanted(ALL.campaign_id, ALL.first_day, ALL.last_day, category="hotel"),
     lambda row: row["place"][1] == "hotel/resort"),
    (Wanted(ALL.campaign_id, ALL.first_day, ALL.last_day, outlet_id=OutletId(4201), round_index=1),
     lambda row: (row["outlet_id"], row["round_index"]) == (4201, 1)),
    (Wanted(ALL.campaign_id, ALL.first_day, ALL.last_day, channel="", offer_index=0),
     lambda row: not row["channel"] and row["offer_index"] == 0),
]  # fmt: skip


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Any:
    """Gives each example a database of its own."""

    @contextmanager
    def fresh() -> Iterator[Campaigning]:
        postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
        url = None if postgres is None else postgres.new_database()
        with campaigning(url) as living:
            yield living
        if postgres is not None:
            postgres.drop(url)

    return fresh


def looked_at(living: Campaigning, wanted: Wanted) -> Added:
    database = living.central.database
    assert living.central.refreshing.refresh(database) == 0
    with database.reading() as connection:
        return read_added(connection, wanted, list(Breakdown))


def as_counted(figures: Figures) -> dict[str, int]:
    return {name: int(value) for name, value in asdict(figures).items()}


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(story=histories)
def test_the_report_equals_a_recount_of_the_rows(engine: Any, story: list[tuple[str, int, int, int]]) -> None:
    with engine() as living:
        for step in story:
            living.step(*step)
        for who in (0, 1):
            living.push(who)
        rows = raw_rows(living.central.database, CAMPAIGN_ID)
        for wanted, is_wanted in NARROWED:
            chosen = [row for row in rows if is_wanted(row)]
            report = looked_at(living, wanted)
            assert as_counted(report.total) == recount(chosen).get("total", as_counted(Figures()))
            for by, lines in report.lines.items():
                assert {line.key: as_counted(line.figures) for line in lines} == recount(chosen, KEYS[by.value]), by
                counted = [as_counted(line.figures) for line in lines]
                assert {name: sum(each[name] for each in counted) for name in NAMES} == as_counted(report.total)
