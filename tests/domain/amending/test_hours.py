"""Hours and dates as sets: what is cut differently and leaves nothing out takes nothing."""

from typing import Any

import pytest

from merchant_app.domain.amending import taken_from_holders
from tests.domain.building import a_campaign, a_window, an_offer, dates

ALL = "mon tue wed thu fri sat sun"
EVENING = a_window("fri", "17:00", "02:00")
# 1 July 2022 is a Friday.


def taken(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    found = taken_from_holders(a_campaign(an_offer(**old)), a_campaign(an_offer(**{**old, **new})))
    return [path.removeprefix("offers.0.") for path, _ in found]


def windows(*these: Any) -> dict[str, Any]:
    return {"weekly_windows": these}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([a_window("mon", "09:00", "21:00")], [a_window("mon", "09:00", "12:00"), a_window("mon", "12:00", "21:00")]),
        ([a_window("mon", "09:00", "21:00")], [a_window("mon tue", "09:00", "21:30")]),
        ([a_window("mon", "17:00", "24:00")], [a_window("mon", "17:00", "02:00")]),
        ([EVENING], [a_window("fri", "17:00", "24:00"), a_window("sat", "00:00", "02:00")]),
        ([EVENING], []),
        ([], [a_window(ALL, "00:00", "24:00")]),
        ([], [a_window(ALL, "00:00", "12:00"), a_window(ALL, "12:00", "24:00")]),
    ],
)
def test_hours_that_hold_all_of_the_old_ones_take_nothing(old: list[Any], new: list[Any]) -> None:
    assert taken(windows(*old), windows(*new)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ([a_window("mon", "09:00", "21:00")], [a_window("mon", "09:00", "20:59")]),
        ([a_window("mon", "09:00", "21:00")], [a_window("mon", "09:00", "12:00"), a_window("mon", "12:01", "21:00")]),
        ([a_window("mon tue", "09:00", "21:00")], [a_window("mon", "09:00", "21:00")]),
        ([EVENING], [a_window("fri", "17:00", "24:00")]),
        ([EVENING], [a_window("fri", "17:00", "24:00"), a_window("fri", "00:00", "02:00")]),
        ([], [a_window(ALL, "00:00", "23:59")]),
    ],
)
def test_hours_that_leave_out_a_minute_take_it(old: list[Any], new: list[Any]) -> None:
    assert taken(windows(*old), windows(*new)) == ["weekly_windows"]


def test_a_window_past_midnight_belongs_to_the_day_on_which_it_began() -> None:
    """Cut in two it is the same in a plain week; with the Friday excluded, its Saturday half stays."""
    halves = windows(a_window("fri", "17:00", "24:00"), a_window("sat", "00:00", "02:00"))
    friday, saturday = dates("2022-07-01"), dates("2022-07-02")
    assert taken({**windows(EVENING), "excluded_dates": friday}, halves) == []
    assert taken({**windows(EVENING), "excluded_dates": saturday}, halves) == ["weekly_windows"]


def test_an_excluded_date_on_which_nothing_was_good_takes_nothing() -> None:
    assert taken(windows(EVENING), {"excluded_dates": dates("2022-06-30")}) == []
    assert taken(windows(EVENING), {"excluded_dates": dates("2022-07-01")}) == ["excluded_dates"]
    assert taken({"only_dates": dates("2022-07-01")}, {"excluded_dates": dates("2022-07-02")}) == []


def test_only_dates_may_grow_or_go() -> None:
    only = {"only_dates": dates("2022-07-01", "2022-07-02")}
    assert taken(only, {"only_dates": dates("2022-07-01", "2022-07-02", "2022-07-03")}) == []
    assert taken(only, {"only_dates": frozenset()}) == []
    assert taken(only, {"only_dates": dates("2022-07-01")}) == ["only_dates"]
    assert taken({**only, "excluded_dates": dates("2022-07-02")}, {"only_dates": dates("2022-07-01")}) == []


def test_what_hours_and_dates_take_only_together_is_told_of_the_dates() -> None:
    """Saturday's small hours were good twice over: by Friday's window, and by Saturday's own."""
    small_hours = a_window("sat", "00:00", "02:00")
    cut, saturday = windows(a_window("fri", "17:00", "24:00"), small_hours), {"excluded_dates": dates("2022-07-02")}
    old = windows(EVENING, small_hours)
    assert (taken(old, cut), taken(old, saturday)) == ([], [])
    assert taken(old, {**cut, **saturday}) == ["excluded_dates"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_dates_at_the_ends_of_the_calendar_are_compared_too(day: str) -> None:
    assert taken({}, {"excluded_dates": dates(day)}) in ([], ["excluded_dates"])
