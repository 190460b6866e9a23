"""The time rules on every clock on the wall: zones that skip midnights, repeat hours, lose a whole day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from merchant_app.domain.campaign import Campaign, Validity, WeeklyWindow
from merchant_app.domain.judging.reasons import ExcludedDate, Expired, OutsideHours, TooSoon
from merchant_app.domain.judging.validity import midnight, wall_instant
from tests.domain.building import a_campaign, a_code, a_round, a_scene, an_offer, at, reasons

ZONES = [
    ZoneInfo(name)
    for name in (
        "Asia/Shanghai",
        "Asia/Urumqi",
        "America/Havana",
        "Pacific/Apia",
        "Europe/London",
        "America/Sao_Paulo",
    )
]
# Around these the clocks jump: at midnight in Havana and Sao Paulo, over a whole day in Apia.
JUMPS = [
    datetime(2022, 3, 13, 5, tzinfo=UTC),
    datetime(2022, 11, 6, 5, tzinfo=UTC),
    datetime(2011, 12, 30, 10, tzinfo=UTC),
    datetime(2022, 3, 27, 1, tzinfo=UTC),
    datetime(2022, 10, 30, 1, tzinfo=UTC),
    datetime(2018, 11, 4, 3, tzinfo=UTC),
    datetime(2018, 2, 18, 2, tzinfo=UTC),
    datetime(2022, 6, 28, 16, tzinfo=UTC),
]
zones = st.sampled_from(ZONES)
near_jumps = st.builds(
    lambda jump, away: jump + timedelta(minutes=away), st.sampled_from(JUMPS), st.integers(-6 * 1440, 6 * 1440)
)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
windows = st.builds(WeeklyWindow, st.frozensets(st.integers(0, 6), min_size=1), times, times).filter(
    lambda window: window.from_time != window.until_time
)


def always(zone: ZoneInfo, *windows: WeeklyWindow, valid_for: Validity | None = None, **changes: object) -> Campaign:
    """A campaign that runs for ever, so that only the rule in question decides."""
    offer = an_offer(weekly_windows=windows, valid_for=valid_for, **changes)
    return a_campaign(
        offer, zone=zone, starts_at=at(2000, 1, 1), ends_at=at(2100, 1, 1), rounds=(a_round(coupons_end_at=None),)
    )


def wall(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None)


@given(zones, near_jumps)
def test_a_midnight_is_the_first_instant_of_its_day_and_no_earlier(zone: ZoneInfo, instant: datetime) -> None:
    day = wall(instant, zone).date()
    opens = midnight(day, zone)
    assert wall(opens, zone).date() == day
    assert wall(opens - timedelta(seconds=1), zone).date() < day


def test_midnights_that_the_clocks_skip() -> None:
    havana, sao_paulo, apia = ZONES[2], ZONES[5], ZONES[3]
    assert midnight(date(2022, 3, 13), havana) == datetime(2022, 3, 13, 5, tzinfo=UTC)
    assert midnight(date(2018, 11, 4), sao_paulo) == datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert midnight(date(2011, 12, 30), apia) == midnight(date(2011, 12, 31), apia)


@pytest.mark.parametrize(
    ("wall_clock", "instant"),
    [
        ("2022-03-27T01:30", datetime(2022, 3, 27, 1, tzinfo=UTC)),
        ("2022-03-27T00:59", datetime(2022, 3, 27, 0, 59, tzinfo=UTC)),
        ("2022-03-27T02:00", datetime(2022, 3, 27, 1, tzinfo=UTC)),
        ("2022-10-30T01:30", datetime(2022, 10, 30, 0, 30, tzinfo=UTC)),
    ],
)
def test_an_hour_that_is_skipped_or_comes_twice_in_london(wall_clock: str, instant: datetime) -> None:
    assert wall_instant(datetime.fromisoformat(wall_clock), ZoneInfo("Europe/London")) == instant


@given(zones, near_jumps, st.integers(1, 6), st.integers(0, 7 * 1440))
def test_calendar_days_end_when_the_wall_calendar_says_so(
    zone: ZoneInfo, issued_at: datetime, days: int, later: int
) -> None:
    now = issued_at + timedelta(minutes=later)
    found = reasons(a_code(issued_at=issued_at), always(zone, valid_for=Validity(days=days)), a_scene(now=now))
    over = wall(now, zone).date() >= wall(issued_at, zone).date() + timedelta(days=days)
    assert any(isinstance(reason, Expired) for reason in found) is over


@given(zones, near_jumps, st.integers(1, 6), st.integers(0, 7 * 1440))
def test_a_wait_in_days_is_over_when_the_wall_calendar_says_so(
    zone: ZoneInfo, issued_at: datetime, days: int, later: int
) -> None:
    now = issued_at + timedelta(minutes=later)
    campaign = always(zone, usable_after=Validity(days=days))
    found = reasons(a_code(issued_at=issued_at), campaign, a_scene(now=now))
    waiting = wall(now, zone).date() < wall(issued_at, zone).date() + timedelta(days=days)
    assert any(isinstance(reason, TooSoon) for reason in found) is waiting


@given(zones, near_jumps, st.integers(1, 200), st.integers(-2, 200 * 60))
def test_hours_are_sixty_minutes_whatever_the_clocks_do(
    zone: ZoneInfo, issued_at: datetime, hours: int, later: int
) -> None:
    now = issued_at + timedelta(minutes=later)
    found = reasons(a_code(issued_at=issued_at), always(zone, valid_for=Validity(hours=hours)), a_scene(now=now))
    assert any(isinstance(reason, Expired) for reason in found) is (later >= hours * 60)


def holds_by_the_wall(window: WeeklyWindow, now: datetime) -> bool:
    """The rule again, said by naive times: a window of today, or one of yesterday that runs past midnight."""
    for began in (now.date(), now.date() - timedelta(days=1)):
        opens = datetime.combine(began, window.from_time)
        closes = datetime.combine(began, window.until_time)
        closes += timedelta(days=1) if window.until_time <= window.from_time else timedelta(0)
        if began.weekday() in window.days and opens <= now < closes:
            return True
    return False


@given(zones, near_jumps, st.lists(windows, min_size=1, max_size=3))
def test_a_window_holds_while_the_clock_on_the_wall_says_so(
    zone: ZoneInfo, now: datetime, some: list[WeeklyWindow]
) -> None:
    found = reasons(a_code(issued_at=at(2001, 1, 1)), always(zone, *some), a_scene(now=now))
    outside = any(isinstance(reason, OutsideHours) for reason in found)
    assert outside is not any(holds_by_the_wall(window, wall(now, zone)) for window in some)


@example(
    ZoneInfo("America/Havana"),
    at(2022, 11, 6, 5),  # the hour from 0:00 to 1:00 comes again, and the window in it opens again
    [WeeklyWindow(frozenset(range(7)), time(0, 30), time(0))],
    0.5,
)
@given(zones, near_jumps, st.lists(windows, min_size=1, max_size=2), st.floats(0, 0.999))
def test_the_next_window_is_usable_when_it_opens_and_nothing_is_before(
    zone: ZoneInfo, now: datetime, some: list[WeeklyWindow], part: float
) -> None:
    code, campaign = a_code(issued_at=at(2001, 1, 1)), always(zone, *some)
    found = reasons(code, campaign, a_scene(now=now))
    assume(found)
    (outside,) = found
    assert isinstance(outside, OutsideHours)
    assert outside.next_from is not None
    assert outside.next_until is not None
    assert now < outside.next_from < outside.next_until
    assert reasons(code, campaign, a_scene(now=outside.next_from)) == ()
    # An hour that comes twice is promised only once: the sentence would be longer than it is worth.
    assume(not _goes_back(now, outside.next_from, zone))
    between = now + (outside.next_from - now) * part
    assert reasons(code, campaign, a_scene(now=between)) != ()


def _goes_back(first: datetime, last: datetime, zone: ZoneInfo) -> bool:
    return (last - first) > (wall(last, zone) - wall(first, zone))


@given(zones, near_jumps, st.frozensets(st.integers(-3, 3), min_size=1))
def test_excluded_dates_are_dates_on_the_wall(zone: ZoneInfo, now: datetime, away: frozenset[int]) -> None:
    today = wall(now, zone).date()
    excluded = frozenset(today + timedelta(days=days) for days in away)
    code, campaign = a_code(issued_at=at(2001, 1, 1)), always(zone, excluded_dates=excluded)
    found = reasons(code, campaign, a_scene(now=now))
    assert bool(found) is (today in excluded)
    for reason in found:
        assert isinstance(reason, ExcludedDate)
        assert reason.next_date is not None
        assert reasons(code, campaign, a_scene(now=midnight(reason.next_date, zone))) == ()
