"""How often and beside what: uses, the holder's day, company on a bill."""

from datetime import date, timedelta

import pytest

from merchant_app.domain.campaign import PerHolder, Stacking
from merchant_app.domain.judging import Earlier, OnBill
from merchant_app.domain.judging.reasons import AlreadyRedeemed, CannotCombine, DailyLimit, UsesSpent
from merchant_app.domain.kinds import Fen, OutletId, Serial
from tests.domain.building import ELSEWHERE, HERE, NOW, a_campaign, a_code, a_hold, a_scene, an_offer, at, reasons

BEFORE = NOW - timedelta(minutes=30)


def earlier(serial: int = 1, **changes: object) -> Earlier:
    plain = {"redeemed_at": BEFORE, "outlet_id": HERE, "cashier": "02"}
    return Earlier(Serial(serial), **(plain | changes))


def on_bill(offer_index: int = 0, serial: int = 5) -> OnBill:
    return OnBill(offer_index, Serial(serial), Fen(2000))


def test_a_coupon_that_was_used_here_says_when_and_by_whom() -> None:
    found = reasons(a_code(), a_campaign(), a_scene(history=(earlier(),)))
    assert found == (AlreadyRedeemed(BEFORE, HERE, "02", here=True),)


def test_a_coupon_that_was_used_elsewhere_does_not_say_by_whom() -> None:
    found = reasons(a_code(), a_campaign(), a_scene(history=(earlier(outlet_id=ELSEWHERE),)))
    assert found == (AlreadyRedeemed(BEFORE, ELSEWHERE, None, here=False),)


def test_of_several_earlier_uses_the_last_is_named() -> None:
    first = earlier(redeemed_at=BEFORE - timedelta(days=1), outlet_id=ELSEWHERE)
    found = reasons(a_code(), a_campaign(), a_scene(history=(earlier(), first)))
    assert found == (AlreadyRedeemed(BEFORE, HERE, "02", here=True),)


def test_another_coupons_use_is_not_this_ones() -> None:
    assert reasons(a_code(), a_campaign(), a_scene(history=(earlier(serial=2),))) == ()


def test_every_form_of_a_coupon_is_the_same_coupon() -> None:
    found = reasons(a_hold(serial=Serial(1)), a_campaign(), a_scene(history=(earlier(serial=1),)))
    assert [reason.code for reason in found] == ["already_redeemed"]


def test_a_coupon_on_this_very_bill_is_spent_with_it() -> None:
    campaign = a_campaign(an_offer(stacks_with=Stacking.ANY, max_per_bill=5))
    found = reasons(a_code(), campaign, a_scene(on_bill=(on_bill(serial=1),)))
    assert found == (AlreadyRedeemed(here=True),)


def test_several_uses_are_counted_and_each_is_dated() -> None:
    campaign = a_campaign(an_offer(uses=2))
    first = earlier(redeemed_at=BEFORE - timedelta(days=1))
    assert reasons(a_code(), campaign, a_scene(history=(first,))) == ()
    found = reasons(a_code(), campaign, a_scene(history=(earlier(), first)))
    assert found == (UsesSpent(2, (first.redeemed_at, BEFORE)),)


def test_a_use_on_this_bill_counts_among_several() -> None:
    campaign = a_campaign(an_offer(uses=2, stacks_with=Stacking.ANY, max_per_bill=5))
    scene = a_scene(history=(earlier(),), on_bill=(on_bill(serial=1),))
    assert reasons(a_code(), campaign, scene) == (UsesSpent(2, (BEFORE,)),)
    one_more = a_campaign(an_offer(uses=3, stacks_with=Stacking.ANY, max_per_bill=5))
    assert reasons(a_code(), one_more, scene) == ()


def a_daily_campaign() -> object:
    return a_campaign(an_offer(per_holder=PerHolder(redemptions_per_day=1)))


def test_a_holders_day_is_full_and_says_the_next() -> None:
    scene = a_scene(history=(earlier(serial=9, holder_tag=77, offer_index=3),))
    assert reasons(a_hold(holder_tag=77), a_daily_campaign(), scene) == (DailyLimit(1, date(2022, 6, 29)),)
    assert reasons(a_hold(holder_tag=78), a_daily_campaign(), scene) == ()


def test_a_holders_day_has_as_many_redemptions_as_the_offer_says() -> None:
    campaign = a_campaign(an_offer(per_holder=PerHolder(redemptions_per_day=2)))
    rows = (earlier(serial=8, holder_tag=77), earlier(serial=9, holder_tag=77))
    assert reasons(a_hold(holder_tag=77), campaign, a_scene(history=rows[:1])) == ()
    assert reasons(a_hold(holder_tag=77), campaign, a_scene(history=rows)) == (DailyLimit(2, date(2022, 6, 29)),)


def test_a_holders_day_is_the_campaigns_day() -> None:
    """Midnight in Shanghai, not in UTC, starts the count again."""
    scene = a_scene(history=(earlier(serial=9, holder_tag=77, redeemed_at=at(2022, 6, 27, 23, 59)),))
    assert reasons(a_hold(holder_tag=77), a_daily_campaign(), scene) == ()
    scene = a_scene(history=(earlier(serial=9, holder_tag=77, redeemed_at=at(2022, 6, 28)),))
    assert reasons(a_hold(holder_tag=77), a_daily_campaign(), scene) != ()


def test_a_bearer_code_has_no_holder_and_no_day() -> None:
    scene = a_scene(history=(earlier(serial=9, holder_tag=77), earlier(serial=8)))
    assert reasons(a_code(), a_daily_campaign(), scene) == ()


ALONE, OTHERS, ANY = Stacking.NONE, Stacking.OTHER_OFFERS, Stacking.ANY


@pytest.mark.parametrize(
    ("this", "other", "together"),
    [
        (ALONE, ALONE, False),
        (ALONE, ANY, False),
        (OTHERS, ALONE, False),
        (OTHERS, OTHERS, True),
        (OTHERS, ANY, True),
        (ANY, ALONE, False),
        (ANY, OTHERS, True),
        (ANY, ANY, True),
    ],
)
def test_two_offers_keep_company_only_if_both_allow_it(this: Stacking, other: Stacking, *, together: bool) -> None:
    campaign = a_campaign(an_offer(stacks_with=this), an_offer(stacks_with=other))
    found = reasons(a_code(offer_index=0), campaign, a_scene(on_bill=(on_bill(1),)))
    assert found == (() if together else (CannotCombine((1,)),))


@pytest.mark.parametrize(("stacking", "together"), [(ALONE, False), (OTHERS, False), (ANY, True)])
def test_its_own_kind_is_company_only_for_any(stacking: Stacking, *, together: bool) -> None:
    campaign = a_campaign(an_offer(stacks_with=stacking, max_per_bill=2))
    found = reasons(a_code(), campaign, a_scene(on_bill=(on_bill(0),)))
    assert found == (() if together else (CannotCombine((0,)),))


def test_of_its_own_kind_no_more_than_the_most_on_a_bill() -> None:
    campaign = a_campaign(an_offer(stacks_with=ANY, max_per_bill=2))
    found = reasons(a_code(), campaign, a_scene(on_bill=(on_bill(0, 5), on_bill(0, 6))))
    assert found == (CannotCombine((0,), 2),)


def test_an_offer_that_is_not_known_keeps_no_company() -> None:
    campaign = a_campaign(an_offer(stacks_with=ANY))
    for offer_index in (1, 9):
        found = reasons(a_code(), campaign, a_scene(on_bill=(on_bill(offer_index),)))
        assert found == (CannotCombine((offer_index,)),)


def test_alone_on_its_bill_a_coupon_combines_with_nothing_and_is_good() -> None:
    assert reasons(a_code(outlet_id=OutletId(0)), a_campaign(), a_scene()) == ()
