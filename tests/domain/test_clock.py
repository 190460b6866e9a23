"""The defended clock: the wall clock between the floor and its lead, the floor outside of them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.clock import LEAD, TOLERANCE, defend, heard, heard_fresh
from merchant_app.domain.redemption import TimeFrom
from tests.domain.building import NOW

SECOND = timedelta(seconds=1)
instants = st.integers(-(10**7), 10**7).map(lambda seconds: NOW + timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("wall", "believed"),
    [(NOW, True), (NOW - SECOND, False), (NOW + LEAD, True), (NOW + LEAD + SECOND, False)],
)
def test_the_wall_clock_is_believed_from_the_floor_to_its_lead(wall: datetime, *, believed: bool) -> None:
    defended = defend(wall, NOW)
    if believed:
        assert (defended.moment.at, defended.moment.time_from, defended.off_by) == (wall, TimeFrom.WALL, None)
    else:
        assert (defended.moment.at, defended.moment.time_from, defended.off_by) == (NOW, TimeFrom.FLOOR, wall - NOW)
    assert defended.moment.floor == NOW


def test_a_till_that_never_heard_the_time_has_only_its_wall_clock() -> None:
    moment = defend(NOW, None).moment
    assert (moment.at, moment.time_from, moment.floor) == (NOW, TimeFrom.WALL, None)


@given(instants, instants)
def test_what_is_judged_by_is_never_before_the_floor_nor_far_after_it(wall: datetime, floor: datetime) -> None:
    assert floor <= defend(wall, floor).moment.at <= floor + LEAD


@given(instants, instants)
def test_an_old_signed_time_never_lowers_the_floor(floor: datetime, signed_at: datetime) -> None:
    assert heard(floor, signed_at) == max(floor, signed_at)
    assert heard(None, signed_at) == signed_at


def test_a_fresh_time_lowers_a_floor_that_was_wrong() -> None:
    wrong = NOW + timedelta(days=400)
    assert heard_fresh(wrong, NOW, None) == NOW


def test_a_floor_is_never_lowered_below_one_that_was_reported() -> None:
    wrong, reported = NOW + timedelta(days=400), NOW + timedelta(days=3)
    assert heard_fresh(wrong, NOW, reported) == reported
    assert heard_fresh(wrong, NOW, NOW - timedelta(days=3)) == NOW


def test_an_answer_that_travelled_a_while_lowers_nothing() -> None:
    assert heard_fresh(NOW, NOW - TOLERANCE, None) == NOW
    assert heard_fresh(NOW, NOW - TOLERANCE - SECOND, None) == NOW - TOLERANCE - SECOND


@given(instants, instants, instants)
def test_no_fresh_time_goes_below_what_was_reported(floor: datetime, server_time: datetime, reported: datetime) -> None:
    highest = max(floor, reported)
    assert heard_fresh(highest, server_time, reported) >= reported
