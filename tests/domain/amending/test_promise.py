"""The promise itself: where nothing is said to be taken, every coupon is as good under the new document as before.

That the search is sharp enough is shown with holes: for each field, a checker that overlooks it is caught.
"""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from merchant_app.domain.amending import taken_from_holders
from merchant_app.domain.campaign import Campaign
from merchant_app.domain.judging import Accepted, judge
from tests.domain.amending.made import campaign, changed, is_worse, shown

SCENES = 40
FIELDS_THAT_JUDGING_SEES = [
    "campaign_id",
    "time_zone",
    "starts_at",
    "ends_at",
    "rounds",
    "coupons_end_at",
    "offers",
    "benefit.kind",
    "benefit.amount_fen",
    "benefit.percent",
    "benefit.price_fen",
    "benefit.cap_fen",
    "min_spend_fen",
    "bill_required",
    "valid_for",
    "usable_after",
    "weekly_windows",
    "excluded_dates",
    "only_dates",
    "uses",
    "redemptions_per_day",
    "stacks_with",
    "max_per_bill",
    "outlets",
    "districts",
    "categories",
]


def overlooks(field: str, old: Campaign, new: Campaign) -> bool:
    """Whether a checker that does not look at `field` would be the one to let a change pass."""
    taken = [path for path, _ in taken_from_holders(old, new)]
    return bool(taken) and all(path == field or path.endswith(f".{field}") for path in taken)


def loses(random: Random, old: Campaign, new: Campaign) -> bool:
    return any(is_worse(code, old, new, scene) for code, scene in (shown(random, old) for _ in range(SCENES)))


@settings(max_examples=400, deadline=None)
@given(st.randoms(use_true_random=False))
def test_where_nothing_is_taken_every_coupon_is_as_good_as_before(random: Random) -> None:
    old = campaign(random)
    new = changed(random, old)
    if taken_from_holders(old, new) == []:
        for _ in range(SCENES):
            code, scene = shown(random, old)
            assert not is_worse(code, old, new, scene), (code, scene)


@pytest.mark.parametrize("field", FIELDS_THAT_JUDGING_SEES)
def test_a_checker_that_overlooks_a_field_is_caught(field: str) -> None:
    for seed in range(8000):
        random = Random(seed)
        old = campaign(random)
        new = changed(random, old)
        if overlooks(field, old, new) and loses(random, old, new):
            return
    pytest.fail(f"nobody notices what is taken by {field}")


def test_the_search_looks_at_coupons_that_are_good_and_at_changes_that_are_allowed() -> None:
    accepted = allowed = 0
    for seed in range(300):
        random = Random(seed)
        old = campaign(random)
        allowed += taken_from_holders(old, changed(random, old)) == []
        asked = (shown(random, old) for _ in range(SCENES))
        accepted += any(isinstance(judge(code, old, scene), Accepted) for code, scene in asked)
    assert allowed > 100
    assert accepted > 150
