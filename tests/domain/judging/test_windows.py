"""On which days at which hours: windows, those past midnight, excluded dates, only-dates, and what comes next."""

from datetime import date, datetime

import pytest

from merchant_app.domain.campaign import Offer, Validity
from merchant_app.domain.judging.reasons import ExcludedDate, OutsideHours, Reason
from tests.domain.building import a_campaign, a_code, a_scene, a_window, an_offer, at, dates, reasons

# 28 June 2022 is a Tuesday.


def said_at(now: datetime, offer: Offer) -> tuple[Reason, ...]:
    return reasons(a_code(), a_campaign(offer), a_scene(now=now))


def an_evening(**changes: object) -> Offer:
    return an_offer(weekly_windows=(a_window("tue thu", "17:00", "22:00"),), **changes)


@pytest.mark.parametrize(
    ("now", "good"),
    [
        (at(2022, 6, 28, 16, 59), False),
        (at(2022, 6, 28, 17), True),
        (at(2022, 6, 28, 21, 59), True),
        (at(2022, 6, 28, 22), False),
        (at(2022, 6, 29, 18), False),
        (at(2022, 6, 30, 18), True),
    ],
)
def test_a_window_takes_its_first_minute_and_not_its_last(now: datetime, *, good: bool) -> None:
    assert (said_at(now, an_evening()) == ()) is good


def test_outside_hours_names_the_next_window() -> None:
    tuesday = OutsideHours(at(2022, 6, 28, 17), at(2022, 6, 28, 22))
    thursday = OutsideHours(at(2022, 6, 30, 17), at(2022, 6, 30, 22))
    assert said_at(at(2022, 6, 28, 16), an_evening()) == (tuesday,)
    assert said_at(at(2022, 6, 28, 22), an_evening()) == (thursday,)


def test_of_several_windows_the_next_to_open_is_named() -> None:
    offer = an_offer(weekly_windows=(a_window("tue", "20:00", "22:00"), a_window("tue", "14:00", "15:00")))
    assert said_at(at(2022, 6, 28, 12), offer) == (OutsideHours(at(2022, 6, 28, 14), at(2022, 6, 28, 15)),)
    assert said_at(at(2022, 6, 28, 16), offer) == (OutsideHours(at(2022, 6, 28, 20), at(2022, 6, 28, 22)),)


def test_a_window_after_the_coupons_end_is_no_comfort() -> None:
    offer = an_offer(weekly_windows=(a_window("mon", "17:00", "22:00"),), valid_for=Validity(days=5))
    assert said_at(at(2022, 6, 28, 12), offer) == (OutsideHours(None, None),)


def test_a_window_that_the_coupons_end_cuts_short_is_named_as_far_as_it_helps() -> None:
    offer = an_offer(weekly_windows=(a_window("wed", "09:00", "22:00"),), valid_for=Validity(hours=24))
    assert said_at(at(2022, 6, 28, 12), offer) == (OutsideHours(at(2022, 6, 29, 9), at(2022, 6, 29, 10)),)


def test_a_window_before_the_coupon_is_usable_is_not_named() -> None:
    offer = an_evening(usable_after=Validity(days=1))
    assert said_at(at(2022, 6, 28, 12), offer)[-1] == OutsideHours(at(2022, 6, 30, 17), at(2022, 6, 30, 22))


def test_a_window_in_which_the_coupon_becomes_usable_is_named_from_then() -> None:
    offer = an_evening(usable_after=Validity(hours=8))
    assert said_at(at(2022, 6, 28, 12), offer)[-1] == OutsideHours(at(2022, 6, 28, 18), at(2022, 6, 28, 22))


@pytest.mark.parametrize(
    ("now", "good"),
    [
        (at(2022, 6, 28, 20), True),
        (at(2022, 6, 29, 1, 59), True),
        (at(2022, 6, 29, 2), False),
        (at(2022, 6, 29, 20), False),
        (at(2022, 6, 28, 1), False),
    ],
)
def test_a_window_past_midnight_belongs_to_the_day_it_began_on(now: datetime, *, good: bool) -> None:
    offer = an_offer(weekly_windows=(a_window("tue", "17:00", "02:00"),))
    campaign = a_campaign(offer, starts_at=at(2022, 6, 1))
    found = reasons(a_code(issued_at=at(2022, 6, 27)), campaign, a_scene(now=now))
    assert (found == ()) is good


def test_a_window_to_midnight_ends_there() -> None:
    offer = an_offer(weekly_windows=(a_window("tue", "17:00", "24:00"),))
    assert said_at(at(2022, 6, 28, 23, 59), offer) == ()
    assert said_at(at(2022, 6, 29), offer) == (OutsideHours(None, None),)
    assert said_at(at(2022, 6, 28, 12), offer) == (OutsideHours(at(2022, 6, 28, 17), at(2022, 6, 29)),)


def test_a_whole_day_is_from_midnight_to_midnight() -> None:
    offer = an_offer(weekly_windows=(a_window("wed", "00:00", "24:00"),))
    assert said_at(at(2022, 6, 29), offer) == said_at(at(2022, 6, 29, 23, 59), offer) == ()
    assert said_at(at(2022, 6, 28, 23, 59), offer) == (OutsideHours(at(2022, 6, 29), at(2022, 6, 30)),)


def test_an_excluded_date_names_the_next_good_one() -> None:
    offer = an_offer(excluded_dates=dates("2022-06-29", "2022-06-30"))
    assert said_at(at(2022, 6, 28, 23, 59), offer) == ()
    assert said_at(at(2022, 6, 29), offer) == (ExcludedDate(date(2022, 7, 1)),)
    assert said_at(at(2022, 7, 1), offer) == ()


def test_no_good_date_before_the_end_is_said_as_none() -> None:
    offer = an_offer(excluded_dates=dates("2022-07-02"))
    assert said_at(at(2022, 7, 2, 12), offer) == (ExcludedDate(None),)


def test_only_dates_leave_nothing_else() -> None:
    offer = an_offer(only_dates=dates("2022-06-30"))
    assert said_at(at(2022, 6, 28, 12), offer) == (ExcludedDate(date(2022, 6, 30)),)
    assert said_at(at(2022, 6, 30, 12), offer) == ()


def test_an_excluded_date_holds_for_the_window_that_began_on_it() -> None:
    offer = an_offer(
        weekly_windows=(a_window("tue wed", "17:00", "02:00"),), excluded_dates=dates("2022-06-28"), valid_for=None
    )
    assert said_at(at(2022, 6, 29, 1), offer) == (ExcludedDate(date(2022, 6, 29)),)
    assert said_at(at(2022, 6, 29, 18), offer) == ()
    assert said_at(at(2022, 6, 30, 1), offer) == ()


def test_on_an_excluded_date_outside_the_hours_both_are_said() -> None:
    offer = an_evening(excluded_dates=dates("2022-06-28"))
    thursday = OutsideHours(at(2022, 6, 30, 17), at(2022, 6, 30, 22))
    assert said_at(at(2022, 6, 28, 12), offer) == (thursday, ExcludedDate(date(2022, 6, 30)))
    assert said_at(at(2022, 6, 29, 12), offer) == (thursday,)


def test_the_next_date_is_one_on_which_the_coupon_is_usable() -> None:
    offer = an_offer(excluded_dates=dates("2022-06-28"), usable_after=Validity(days=2))
    assert said_at(at(2022, 6, 28, 12), offer)[-1] == ExcludedDate(date(2022, 6, 30))
