"""The coupon number typed by hand: a wrong digit, and two that were swapped, are noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.coupon_number import coupon_number, grouped, is_coupon_number, normalise

numbers = st.integers(0, 10**15 - 1).map(lambda body: coupon_number(lambda _: body))


@given(numbers)
def test_a_new_number_has_sixteen_digits_and_fits_its_check_digit(number: str) -> None:
    assert len(number) == 16
    assert is_coupon_number(number)


@given(numbers, st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: str, place: int, by: int) -> None:
    wrong = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1 :]
    assert not is_coupon_number(wrong)


@given(numbers, st.integers(0, 14))
def test_two_swapped_neighbours_are_noticed(number: str, place: int) -> None:
    """But for 09 and 90, which Luhn's digit cannot tell apart."""
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    alike = swapped == number or {number[place], number[place + 1]} == {"0", "9"}
    assert is_coupon_number(swapped) is alike


def test_a_known_number_of_luhns_kind() -> None:
    assert is_coupon_number("4539578763621486")


@given(numbers)
def test_groups_and_blanks_do_not_matter(number: str) -> None:
    assert normalise(grouped(number)) == number
    assert is_coupon_number(f" {grouped(number)}\n")
    assert is_coupon_number("-".join(grouped(number).split()))


@pytest.mark.parametrize(
    "text", ["", "1234", "４５３９５７８７６３６２１４８６", "453957876362148６", "45395787636214860", "x" * 16]
)
def test_other_texts_are_no_numbers(text: str) -> None:
    assert not is_coupon_number(text)


def test_the_random_number_is_asked_below_what_fits() -> None:
    asked: list[int] = []
    coupon_number(lambda below: asked.append(below) or 0)
    assert asked == [10**15]
