"""Closing a period: looked at first, some outlets at a time, broken off and gone on with, by several at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest

from merchant_app.domain.kinds import OutletId
from merchant_app.server.db import periods as period_rows
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.settling.closing import Closed, NotClosed, Preview, close, preview
from merchant_app.server.services.settling.sheets import period_sheet, settlement_sheet
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID, OUTLETS
from tests.server.till_client import TillClient

LAST = date(2026, 6, 30)


@pytest.fixture
def house_of_many(house: House) -> House:
    """Sixty outlets more; a redemption at the first and the last of them and one in between, on 30 June."""
    header = OUTLETS.splitlines()[0]
    rows = (f"{number},店,Outlet {number},jiangbei,catering/foods,,,,," for number in range(5001, 5061))
    import_outlets(house.central, "\n".join([header, *rows]))
    for number in (5001, 5030, 5060):
        redeem(house, house.till(number))
    house.clock.forward(days=1)
    return house


def redeem(house: House, till: TillClient) -> None:
    till.redeem(house.code(), house.clock.at)
    till.push()


def numbers(house: House) -> list[tuple[int, int]]:
    """(number, outlet_id) of every settlement."""
    with house.central.database.reading() as connection:
        periods = period_rows.periods_of(connection, CAMPAIGN_ID)
        found = [period_rows.settlements_of(connection, CAMPAIGN_ID, each.period_index) for each in periods]
    return sorted((each.number, each.outlet_id) for some in found for each in some)


def closed(house: House, last_day: date = LAST) -> Closed:
    done = close(house.central, CAMPAIGN_ID, last_day, by="HQ")
    assert isinstance(done, Closed), done
    return done


def test_what_is_looked_at_first_is_what_closing_gives(house_of_many: House) -> None:
    seen = preview(house_of_many.central, CAMPAIGN_ID, LAST)
    assert isinstance(seen, Preview)
    assert numbers(house_of_many) == []
    done = closed(house_of_many)
    assert (seen.owed_fen, seen.lines, len(seen.outlets)) == (6000, 3, 3)
    assert (done.totals.owed_fen, done.totals.lines, done.totals.outlets) == (6000, 3, 3)
    assert numbers(house_of_many) == [(1, 5001), (2, 5030), (3, 5060)]
    assert preview(house_of_many.central, CAMPAIGN_ID, LAST) is NotClosed.ALREADY_CLOSED


def test_a_closing_that_was_broken_off_goes_on_where_it_stopped(house_of_many: House) -> None:
    def fail(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            close(house_of_many.central, CAMPAIGN_ID, LAST, by="HQ", progress=fail)
    with house_of_many.central.database.reading() as connection:
        half = period_rows.last_period(connection, CAMPAIGN_ID)
    assert half is not None
    assert half.closed_at is None
    later = date(2026, 7, 1)
    house_of_many.clock.forward(days=1)
    done = closed(house_of_many, later)
    assert (done.period.first_day, done.period.last_day) == (later, later)
    assert numbers(house_of_many) == [(1, 5001), (2, 5030), (3, 5060)]


def test_two_who_close_at_once_close_it_once(house_of_many: House) -> None:
    with ThreadPoolExecutor(2) as pool:
        both = list(pool.map(lambda _: close(house_of_many.central, CAMPAIGN_ID, LAST, by="HQ"), range(2)))
    assert any(isinstance(each, Closed) for each in both)
    assert numbers(house_of_many) == [(1, 5001), (2, 5030), (3, 5060)]
    assert closed_lines(house_of_many) == 3


def closed_lines(house: House) -> int:
    with house.central.database.reading() as connection:
        return sum(total.lines for total in period_rows.totals_of(connection, CAMPAIGN_ID).values())


def test_a_day_is_over_where_the_campaign_is(house: House) -> None:
    redeem(house, house.till())
    house.clock.at = datetime(2026, 6, 30, 15, 59, tzinfo=UTC)
    assert close(house.central, CAMPAIGN_ID, LAST, by="HQ") is NotClosed.NOT_OVER
    house.clock.at = datetime(2026, 6, 30, 16, 0, tzinfo=UTC)
    assert closed(house).totals.owed_fen == 2000


def test_progress_tells_how_many_outlets_are_done(house_of_many: House) -> None:
    told: list[tuple[int, int]] = []
    close(house_of_many.central, CAMPAIGN_ID, LAST, by="HQ", progress=lambda done, of: told.append((done, of)))
    assert [of for _, of in told] == [64] * len(told)
    assert [done for done, _ in told] == [25, 50, 64]


def test_a_late_row_is_a_line_of_the_next_period_with_its_own_day(house: House) -> None:
    till, code, at = house.till(), house.code(), house.clock.at
    house.clock.forward(days=1)
    closed(house)
    till.redeem(code, at)
    till.push()
    house.clock.forward(days=1)
    done = closed(house, date(2026, 7, 1))
    assert (done.totals.owed_fen, done.totals.adjusted_fen) == (2000, 2000)
    sheet = settlement_sheet(house.central, CAMPAIGN_ID, 1)
    assert sheet is not None
    (line,) = sheet.lines
    assert (line.day, line.why, line.redemption_id) == (LAST, "late", till.rows[0].fact_id)
    whole = period_sheet(house.central, CAMPAIGN_ID, 2)
    assert whole is not None
    assert (whole.lines, whole.owed_fen, whole.settlements[0].outlet_id) == ((line,), 2000, OutletId(4201))
