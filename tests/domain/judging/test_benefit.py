"""For how much: worked amounts, and that no amount is ever negative, above the cap or above what is left to pay."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.campaign import AmountOff, Benefit, FixedPrice, Gift, PercentOff, Stacking
from merchant_app.domain.judging import Accepted, NeedsBill, OnBill, judge
from merchant_app.domain.judging.reasons import BelowMinSpend
from merchant_app.domain.kinds import Bilingual, Fen, Serial
from tests.domain.building import a_campaign, a_code, a_scene, an_offer, codes, reasons

GIFT = Gift(Bilingual("酸梅汤", "Plum juice"))


def amounts(benefit: Benefit, bill_fen: int | None, *already_off: int, **changes: object) -> tuple[int, int | None]:
    offer = an_offer(benefit, **({"min_spend_fen": Fen(0), "stacks_with": Stacking.ANY, "max_per_bill": 99} | changes))
    on_bill = tuple(OnBill(0, Serial(100 + n), Fen(off)) for n, off in enumerate(already_off))
    verdict = judge(a_code(), a_campaign(offer), a_scene(bill_fen=bill_fen, on_bill=on_bill))
    assert isinstance(verdict, Accepted)
    return verdict.amount_off_fen, verdict.payable_fen


@pytest.mark.parametrize(
    ("benefit", "bill", "expected"),
    [
        (AmountOff(Fen(2000)), 10000, (2000, 8000)),
        (AmountOff(Fen(2000)), 1500, (1500, 0)),
        (PercentOff(20, None), 16666, (3333, 13333)),
        (PercentOff(20, Fen(5000)), 25001, (5000, 20001)),
        (PercentOff(20, Fen(5000)), 4, (0, 4)),
        (PercentOff(100, None), 12345, (12345, 0)),
        (PercentOff(33, None), 100, (33, 67)),
        (FixedPrice(Fen(990), Fen(50000)), 10000, (9010, 990)),
        (FixedPrice(Fen(990), Fen(5000)), 10000, (5000, 5000)),
        (FixedPrice(Fen(990), None), 800, (0, 800)),
        (GIFT, 10000, (0, 10000)),
    ],
)
def test_a_worked_amount(benefit: Benefit, bill: int, expected: tuple[int, int]) -> None:
    assert amounts(benefit, bill) == expected


@pytest.mark.parametrize(
    ("benefit", "expected"),
    [
        (AmountOff(Fen(2000)), (500, 0)),
        (PercentOff(20, None), (100, 400)),
        (PercentOff(100, Fen(300)), (300, 200)),
        (FixedPrice(Fen(100), None), (400, 100)),
        (GIFT, (0, 500)),
    ],
)
def test_each_coupon_takes_off_what_the_ones_before_have_left(benefit: Benefit, expected: tuple[int, int]) -> None:
    assert amounts(benefit, 3500, 2000, 1000) == expected


kinds = st.one_of(
    st.builds(AmountOff, st.integers(1, 10**6)),
    st.builds(PercentOff, st.integers(1, 100), st.none() | st.integers(0, 10**6)),
    st.builds(FixedPrice, st.integers(0, 10**6), st.none() | st.integers(0, 10**6)),
    st.just(GIFT),
)


@given(kinds, st.integers(0, 10**7), st.lists(st.integers(0, 10**6), max_size=3))
def test_no_amount_is_negative_or_above_its_cap_or_what_is_left(
    benefit: Benefit, bill: int, already_off: list[int]
) -> None:
    off, payable = amounts(benefit, bill, *already_off)
    left = max(0, bill - sum(already_off))
    assert 0 <= off <= left
    assert payable == left - off
    cap = getattr(benefit, "cap_fen", None)
    assert cap is None or off <= cap
    largest = an_offer(benefit).largest_amount_off_fen
    assert largest is None or off <= largest


@given(st.integers(1, 100), st.integers(0, 10**7))
def test_a_percentage_is_rounded_down_to_the_fen(percent: int, bill: int) -> None:
    off, _ = amounts(PercentOff(percent, None), bill)
    assert off * 100 <= bill * percent < (off + 1) * 100


@given(kinds, st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_larger_bill_never_means_less_off(benefit: Benefit, bill: int, more: int) -> None:
    assert amounts(benefit, bill)[0] <= amounts(benefit, bill + more)[0]


def test_the_threshold_is_met_by_an_equal_bill() -> None:
    assert reasons(a_code(), a_campaign(), a_scene(bill_fen=Fen(10000))) == ()
    assert reasons(a_code(), a_campaign(), a_scene(bill_fen=Fen(9999))) == (BelowMinSpend(Fen(1), Fen(10000)),)


def test_the_threshold_looks_at_the_original_bill() -> None:
    offer = an_offer(stacks_with=Stacking.ANY, max_per_bill=9)
    scene = a_scene(bill_fen=Fen(10000), on_bill=(OnBill(0, Serial(5), Fen(9000)),))
    verdict = judge(a_code(), a_campaign(offer), scene)
    assert isinstance(verdict, Accepted)
    assert (verdict.amount_off_fen, verdict.payable_fen) == (1000, 0)


def test_where_a_bill_is_required_it_is_asked_for() -> None:
    assert isinstance(judge(a_code(), a_campaign(), a_scene(bill_fen=None)), NeedsBill)


def test_a_bill_is_not_asked_for_where_another_rule_refuses() -> None:
    scene = a_scene(bill_fen=None, revoked_at=a_scene().now)
    assert codes(a_code(), a_campaign(), scene) == ("revoked",)


def test_without_a_bill_nothing_is_said_of_what_to_pay() -> None:
    assert amounts(GIFT, None, bill_required=False) == (0, None)
    assert amounts(AmountOff(Fen(2000)), None, bill_required=False) == (2000, None)


@pytest.mark.parametrize("benefit", [PercentOff(20, None), FixedPrice(Fen(990), None)])
def test_an_amount_that_depends_on_the_bill_needs_one_whatever_the_offer_says(benefit: Benefit) -> None:
    offer = an_offer(benefit, bill_required=False, min_spend_fen=Fen(0))
    assert isinstance(judge(a_code(), a_campaign(offer), a_scene(bill_fen=None)), NeedsBill)
