"""Where a coupon is good, and who took its right away."""

from datetime import timedelta

import pytest

from merchant_app.domain.judging import Neighbour, Outlet, Withdrawn
from merchant_app.domain.judging.reasons import (
    HeldElsewhereReason,
    InWallet,
    KeyRevoked,
    Revoked,
    WrongCategory,
    WrongDistrict,
    WrongOutlet,
)
from merchant_app.domain.judging.scene import HeldElsewhere
from merchant_app.domain.kinds import ANY_OUTLET, Bilingual, OutletId
from tests.domain.building import ELSEWHERE, HERE, NOW, a_campaign, a_code, a_hold, a_scene, reasons


def a_neighbour(outlet_id: int, distance_m: int, district: str = "jiangbei", category: str = "catering") -> Neighbour:
    return Neighbour(OutletId(outlet_id), Bilingual("观音桥", "Guanyinqiao"), district, category, distance_m)


def test_a_code_that_names_this_outlet_or_any_is_good_here() -> None:
    for outlet_id in (HERE, ANY_OUTLET):
        assert reasons(a_code(outlet_id=outlet_id), a_campaign(), a_scene()) == ()


def test_a_code_for_another_outlet_says_which() -> None:
    assert reasons(a_code(outlet_id=ELSEWHERE), a_campaign(), a_scene()) == (WrongOutlet((ELSEWHERE,)),)
    assert reasons(a_hold(outlet_id=ELSEWHERE), a_campaign(), a_scene()) == (WrongOutlet((ELSEWHERE,)),)


def test_where_the_campaign_is_elsewhere_the_outlets_that_take_it_are_named_nearest_first() -> None:
    neighbours = (
        a_neighbour(1, 3000),
        a_neighbour(2, 1200),
        a_neighbour(3, 100, district="yubei"),
        a_neighbour(4, 200, category="hotel"),
        a_neighbour(5, 300),
    )
    campaign = a_campaign(
        outlets=frozenset({OutletId(1), OutletId(2), OutletId(3), OutletId(4)}),
        districts=frozenset({"jiangbei"}),
        categories=frozenset({"catering"}),
    )
    found = reasons(a_code(outlet_id=ANY_OUTLET), campaign, a_scene(neighbours=neighbours))
    assert found == (WrongOutlet((OutletId(2), OutletId(1))),)


@pytest.mark.parametrize("category", ["catering", "catering/foods", "catering/food_delivery"])
def test_a_category_takes_its_sub_categories(category: str) -> None:
    scene = a_scene(outlet=Outlet(HERE, "jiangbei", category))
    assert reasons(a_code(), a_campaign(categories=frozenset({"catering", "hotel/resort"})), scene) == ()


@pytest.mark.parametrize("category", ["hotel", "hotel/inn", "cater", "catering2/foods"])
def test_another_category_is_wrong_and_says_what_is_right(category: str) -> None:
    scene = a_scene(outlet=Outlet(HERE, "jiangbei", category))
    campaign = a_campaign(categories=frozenset({"hotel/resort", "catering"}))
    assert reasons(a_code(), campaign, scene) == (WrongCategory(("catering", "hotel/resort")),)


def test_a_scope_of_one_sub_category_takes_only_that() -> None:
    campaign = a_campaign(categories=frozenset({"catering/foods"}))
    assert reasons(a_code(), campaign, a_scene()) == ()
    other = a_scene(outlet=Outlet(HERE, "jiangbei", "catering/food_delivery"))
    assert reasons(a_code(), campaign, other) == (WrongCategory(("catering/foods",)),)


def test_an_outlet_must_pass_each_scope_that_is_given() -> None:
    campaign = a_campaign(
        outlets=frozenset({ELSEWHERE}), districts=frozenset({"yubei"}), categories=frozenset({"hotel"})
    )
    assert reasons(a_code(), campaign, a_scene()) == (
        WrongOutlet(()),
        WrongCategory(("hotel",)),
        WrongDistrict(("yubei",)),
    )


def test_a_withdrawn_coupon_and_a_revoked_key_say_since_when() -> None:
    since = NOW - timedelta(hours=1)
    assert reasons(a_code(), a_campaign(), a_scene(revoked_at=since)) == (Revoked(since),)
    assert reasons(a_code(), a_campaign(), a_scene(key_revoked_at=since)) == (KeyRevoked(since),)


def test_a_right_that_lies_elsewhere_says_until_when() -> None:
    until = NOW + timedelta(minutes=5)
    for held in (until, None):
        scene = a_scene(held_elsewhere=HeldElsewhere(held))
        assert reasons(a_code(), a_campaign(), scene) == (HeldElsewhereReason(held),)


def test_paper_that_was_moved_into_a_phone_is_refused() -> None:
    scene = a_scene(withdrawn=Withdrawn(into_wallet=True))
    assert reasons(a_code(), a_campaign(), scene) == (InWallet(),)
