"""Field by field: what a new document may say of an opened campaign, and what it may not."""

from dataclasses import replace
from typing import Any

import pytest

from merchant_app.domain.amending import Happened, Kept, denied_by, taken_from_holders
from merchant_app.domain.campaign import (
    AmountOff,
    Campaign,
    FixedPrice,
    Gift,
    HoldRelease,
    HoldTerms,
    Offer,
    OfflineMode,
    OfflineTerms,
    PercentOff,
    PerHolder,
    Stacking,
    Validity,
    VoidWithin,
)
from merchant_app.domain.kinds import Bilingual, Fen, OutletId
from tests.domain.building import SHANGHAI, a_campaign, a_round, a_window, an_offer, at, dates

EVENING = a_window("fri", "17:00", "02:00")
PERCENT, PRICE = PercentOff(20, Fen(5000)), FixedPrice(Fen(990), Fen(2000))


def taken(old: Campaign, new: Campaign) -> list[tuple[str, str]]:
    return [(path, kept.name) for path, kept in taken_from_holders(old, new)]


def of_offer(old: Offer, **changes: Any) -> list[tuple[str, str]]:
    found = taken(a_campaign(old), a_campaign(replace(old, **changes)))
    return [(path.removeprefix("offers.0."), kept) for path, kept in found]


def of_campaign(old: dict[str, Any], new: dict[str, Any]) -> list[tuple[str, str]]:
    return taken(a_campaign(**old), a_campaign(**{**old, **new}))


@pytest.mark.parametrize(
    ("old", "change", "path", "kept"),
    [
        ({}, {"benefit": AmountOff(Fen(1999))}, "benefit.amount_fen", "NO_LESS"),
        ({}, {"benefit": PERCENT}, "benefit.kind", "AS_BEFORE"),
        ({"benefit": PERCENT}, {"benefit": PercentOff(19, Fen(5000))}, "benefit.percent", "NO_LESS"),
        ({"benefit": PERCENT}, {"benefit": PercentOff(20, Fen(4999))}, "benefit.cap_fen", "NO_LESS"),
        ({"benefit": PercentOff(20, None)}, {"benefit": PERCENT}, "benefit.cap_fen", "NO_LIMIT"),
        ({"benefit": PRICE}, {"benefit": FixedPrice(Fen(991), Fen(2000))}, "benefit.price_fen", "NO_MORE"),
        (
            {"benefit": Gift(Bilingual("茶", "Tea"))},
            {"benefit": Gift(Bilingual("水", "Water"))},
            "benefit.item",
            "AS_BEFORE",
        ),
        ({}, {"min_spend_fen": Fen(10001)}, "min_spend_fen", "NO_MORE"),
        ({"bill_required": False}, {"bill_required": True}, "bill_required", "NO_BILL"),
        ({}, {"valid_for": Validity(days=4)}, "valid_for", "NO_SHORTER"),
        ({}, {"valid_for": Validity(hours=1000)}, "valid_for", "NO_SHORTER"),
        ({"valid_for": None}, {"valid_for": Validity(days=400)}, "valid_for", "NO_LIMIT"),
        ({}, {"usable_after": Validity(hours=1)}, "usable_after", "NO_LONGER"),
        ({"usable_after": Validity(days=1)}, {"usable_after": Validity(days=2)}, "usable_after", "NO_LONGER"),
        ({}, {"weekly_windows": (EVENING,)}, "weekly_windows", "EVERY_HOUR"),
        ({}, {"excluded_dates": dates("2022-07-01")}, "excluded_dates", "EVERY_DATE"),
        ({}, {"only_dates": dates("2022-07-01")}, "only_dates", "EVERY_DATE"),
        ({"uses": 3}, {"uses": 2}, "uses", "NO_LESS"),
        ({}, {"per_holder": PerHolder(redemptions_per_day=9)}, "per_holder.redemptions_per_day", "NO_LIMIT"),
        ({"stacks_with": Stacking.ANY}, {"stacks_with": Stacking.OTHER_OFFERS}, "stacks_with", "NOT_STRICTER"),
        ({"stacks_with": Stacking.ANY, "max_per_bill": 3}, {"max_per_bill": 2}, "max_per_bill", "NO_LESS"),
        ({"sharing_friends": 5}, {"sharing_friends": 4}, "sharing.friends", "NO_LESS"),
    ],
)
def test_what_an_offer_may_not_take(old: dict[str, Any], change: dict[str, Any], path: str, kept: str) -> None:
    assert of_offer(an_offer(**old), **change) == [(path, kept)]


@pytest.mark.parametrize(
    ("old", "change"),
    [
        ({}, {"title": Bilingual("新", "New"), "terms": Bilingual("新", "New"), "picture": "new.png"}),
        ({}, {"benefit": AmountOff(Fen(2001)), "min_spend_fen": Fen(0), "bill_required": False}),
        ({"benefit": PERCENT}, {"benefit": PercentOff(30, None)}),
        ({"benefit": PERCENT, "bill_required": False}, {"bill_required": True}),
        ({"benefit": PRICE}, {"benefit": FixedPrice(Fen(0), Fen(2001))}),
        ({}, {"valid_for": None}),
        ({"usable_after": Validity(hours=3)}, {"usable_after": Validity(hours=2)}),
        ({"usable_after": Validity(hours=3)}, {"usable_after": None}),
        ({}, {"uses": 2, "sharing_friends": 3, "stacks_with": Stacking.ANY}),
        ({"stacks_with": Stacking.OTHER_OFFERS, "max_per_bill": 3}, {"max_per_bill": 1}),
        ({"per_holder": PerHolder(redemptions_per_day=1)}, {"per_holder": PerHolder(redemptions_per_day=2)}),
        ({"per_holder": PerHolder(claims=5, claims_per_day=5)}, {"per_holder": PerHolder(claims=1, claims_per_day=1)}),
        ({}, {"void": "never"}),
        ({"void": "business_day"}, {"void": VoidWithin(1)}),
    ],
)
def test_what_an_offer_may_give_or_leave(old: dict[str, Any], change: dict[str, Any]) -> None:
    assert of_offer(an_offer(**old), **change) == []


@pytest.mark.parametrize(
    ("old", "new", "path", "kept"),
    [
        ({}, {"campaign_id": 1}, "campaign_id", "AS_BEFORE"),
        ({"zone": SHANGHAI}, {"zone": type(SHANGHAI)("UTC")}, "time_zone", "AS_BEFORE"),
        ({}, {"starts_at": at(2022, 6, 28, 11)}, "starts_at", "NO_LATER"),
        ({}, {"ends_at": at(2022, 7, 19)}, "ends_at", "NO_EARLIER"),
        ({"rounds": (a_round(), a_round(round_index=1))}, {"rounds": (a_round(),)}, "rounds", "ALL_OF_THEM"),
        ({}, {"rounds": (a_round(coupons_end_at=at(2022, 7, 19)),)}, "rounds.0.coupons_end_at", "NO_EARLIER"),
        ({}, {"outlets": frozenset({OutletId(1)})}, "outlets", "ALL_OF_THEM"),
        ({"outlets": frozenset({1, 2})}, {"outlets": frozenset({2, 3})}, "outlets", "ALL_OF_THEM"),
        ({}, {"districts": frozenset({"jiangbei"})}, "districts", "ALL_OF_THEM"),
        (
            {"categories": frozenset({"hotel"})},
            {"categories": frozenset({"hotel/resort"})},
            "categories",
            "ALL_OF_THEM",
        ),
        ({}, {"hold": HoldTerms(minutes=4)}, "hold.minutes", "NO_LESS"),
        ({}, {"hold": HoldTerms(longest_minutes=719)}, "hold.longest_minutes", "NO_LESS"),
        ({"hold": HoldTerms(release=HoldRelease.EXPIRY)}, {"hold": HoldTerms()}, "hold.release", "NOT_STRICTER"),
    ],
)
def test_what_a_campaign_may_not_take(old: dict[str, Any], new: dict[str, Any], path: str, kept: str) -> None:
    assert of_campaign(old, new) == [(path, kept)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {"name": Bilingual("新", "New"), "organiser": Bilingual("新", "New"), "budget_fen": Fen(1)}),
        ({}, {"starts_at": at(2022, 6, 1), "ends_at": at(2023, 1, 1)}),
        ({}, {"rounds": (a_round(closes_at=at(2022, 6, 28, 12)), a_round(round_index=1))}),
        ({}, {"rounds": (a_round(stock=()),)}),
        ({}, {"rounds": (a_round(coupons_end_at=at(2022, 7, 20)),)}),
        ({"rounds": (a_round(coupons_end_at=at(2022, 7, 3)),)}, {"rounds": (a_round(),)}),
        ({"outlets": frozenset({1})}, {"outlets": None}),
        ({"categories": frozenset({"hotel/resort"})}, {"categories": frozenset({"hotel", "movie"})}),
        ({"channels": ("short_video",)}, {"channels": ()}),
        ({}, {"offline": OfflineTerms(OfflineMode.DENY, till_max_count=0, manager_override=False)}),
        ({}, {"hold": HoldTerms(6, 800, HoldRelease.EXPIRY)}),
    ],
)
def test_what_a_campaign_may_give_or_leave(old: dict[str, Any], new: dict[str, Any]) -> None:
    assert of_campaign(old, new) == []


def test_an_offer_is_appended_and_never_removed() -> None:
    one, two = a_campaign(an_offer()), a_campaign(an_offer(), an_offer(uses=2))
    assert taken(one, two) == []
    assert taken(two, one) == [("offers", "ALL_OF_THEM")]
    assert ("offers.1.uses", "NO_LESS") in taken(two, a_campaign(an_offer(uses=2), an_offer()))


HAPPENED = Happened(at(2022, 6, 28, 12), {(0, 0): 100}, {"live_stream"})


@pytest.mark.parametrize(
    ("new", "denied"),
    [
        ({"rounds": (a_round(stock=((0, 99),)),)}, [("rounds.0.stock.0", Kept.AS_ISSUED)]),
        ({"rounds": (a_round(stock=((1, 99),)),)}, [("rounds.0.stock.0", Kept.AS_ISSUED)]),
        ({"rounds": (a_round(stock=((0, 100),)),)}, []),
        ({"rounds": (a_round(opens_at=at(2022, 6, 28, 11)),)}, [("rounds.0.opens_at", Kept.AS_BEFORE)]),
        ({"budget_fen": Fen(199_999)}, [("budget_fen", Kept.AS_COUNTED)]),
        ({"budget_fen": Fen(200_000)}, []),
        ({"channels": ("outlet",)}, [("channels", Kept.CHANNELS_IN_USE)]),
        ({"channels": ("outlet", "live_stream")}, []),
    ],
)
def test_what_happened_cannot_be_denied(new: dict[str, Any], denied: list[tuple[str, Kept]]) -> None:
    assert denied_by(a_campaign(), a_campaign(**new), HAPPENED) == denied


def test_a_round_that_has_not_opened_yet_may_be_moved() -> None:
    earlier = Happened(at(2022, 6, 28, 9), {})
    assert denied_by(a_campaign(), a_campaign(rounds=(a_round(opens_at=at(2022, 6, 28, 11)),)), earlier) == []


def test_a_raised_benefit_counts_for_the_coupons_that_were_issued_before() -> None:
    old, raised = (
        a_campaign(budget_fen=Fen(200_000)),
        a_campaign(an_offer(AmountOff(Fen(2001))), budget_fen=Fen(200_000)),
    )
    assert taken(old, raised) == []
    assert denied_by(old, raised, HAPPENED) == [("budget_fen", Kept.AS_COUNTED)]
