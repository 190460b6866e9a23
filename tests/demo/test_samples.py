"""The samples are valid on whatever day the demo is opened, and hold a coupon of every kind that it shows."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from merchant_app.demo.customers import HERE, NEXT_DOOR, RECIPES, Kind, Recipe
from merchant_app.demo.samples import ZONE, Samples, outlet_names, samples
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Accepted, Network, Outlet, Refused, Scene, judge
from merchant_app.domain.kinds import OutletId, Serial
from merchant_app.wire.sample_documents import moved

A_DAY = st.integers(0, 366 * 40).map(lambda days: timedelta(days=days))
MOMENTS = st.builds(
    lambda days, second: datetime(2021, 1, 1, tzinfo=UTC) + days + timedelta(seconds=second),
    A_DAY,
    st.integers(0, 86399),
)
AT_THE_COUNTER = Outlet(HERE, "jiangbei", "catering/foods")
EXPECTED = {Kind.EXPIRED: ["expired"], Kind.OTHER_SHOP: ["wrong_outlet"], Kind.SHORT: ["below_min_spend"]}


def coupon(recipe: Recipe, today: Samples) -> CouponCode:
    """A coupon of this recipe, claimed while its round was open."""
    sample = recipe.sample(today)
    issued_at = sample.while_open(recipe.round_index)
    where = OutletId(0) if recipe.paper_for is None else recipe.paper_for
    campaign_id = sample.campaign.campaign_id
    return CouponCode(1, campaign_id, recipe.round_index, recipe.offer_index, Serial(1), issued_at, where)


@given(MOMENTS)
@example(datetime(2024, 2, 29, 16, 0, tzinfo=UTC))
@example(datetime(2025, 2, 28, 15, 59, 59, tzinfo=UTC))
@example(datetime(2025, 12, 31, 16, 0, tzinfo=UTC))
@example(datetime(2026, 1, 30, 23, 0, tzinfo=UTC))
def test_every_recipe_is_judged_as_the_demo_says_at_any_time(now: datetime) -> None:
    today = samples(now)
    for recipe in RECIPES:
        campaign = recipe.sample(today).campaign
        scene = Scene(now, AT_THE_COUNTER, Network.ONLINE, bill_fen=recipe.bill_fen)
        verdict = judge(coupon(recipe, today), campaign, scene)
        if recipe.kind in EXPECTED:
            assert isinstance(verdict, Refused), recipe.kind
            assert [reason.code for reason in verdict.reasons] == EXPECTED[recipe.kind]
        elif recipe.kind is not Kind.NEEDS_BILL:
            assert isinstance(verdict, Accepted), (recipe.kind, verdict)


@given(MOMENTS)
def test_both_campaigns_are_running(now: datetime) -> None:
    today = samples(now)
    for sample in (today.jiangbei, today.hotpot):
        assert sample.campaign.starts_at <= now < sample.campaign.ends_at


@given(MOMENTS)
def test_the_rounds_keep_their_hours_and_the_days_between_them(now: datetime) -> None:
    rounds = samples(now).jiangbei.campaign.rounds
    opened = [each.opens_at.astimezone(ZONE) for each in rounds]
    assert [each.hour for each in opened] == [10, 10, 10]
    assert opened[1] - opened[0] == timedelta(days=1)
    assert opened[2] - opened[0] == timedelta(days=16)
    assert opened[1].date() == now.astimezone(ZONE).date() - timedelta(days=1)


def test_the_shared_hot_pot_coupon_can_still_be_claimed_today() -> None:
    now = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)
    claimable = samples(now).hotpot.campaign.rounds[1]
    assert claimable.opens_at <= now < claimable.closes_at


def test_nobody_claims_more_than_there_is() -> None:
    now = datetime(2026, 3, 31, 20, 0, tzinfo=UTC)
    for recipe in RECIPES:
        campaign = recipe.sample(samples(now)).campaign
        assert recipe.count <= dict(campaign.rounds[recipe.round_index].stock)[recipe.offer_index]
        assert campaign.budget_fen is not None
        assert recipe.count * campaign.offers[recipe.offer_index].cost_of_one_fen < campaign.budget_fen


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("2022-06-30", "2022-07-01"),
        ("2022-06-30T23:00:00+08:00", "2022-07-01T23:00:00+08:00"),
        ("30 June", "30 June"),
        ({"days": ["2015-12-31"], "count": 3}, {"days": ["2016-01-01"], "count": 3}),
    ],
)
def test_dates_move_and_nothing_else_does(before: object, after: object) -> None:
    assert moved(before, timedelta(days=1)) == after


def test_both_shops_have_names_in_both_languages() -> None:
    for outlet_id in (HERE, NEXT_DOOR):
        assert outlet_names()[outlet_id].zh != outlet_names()[outlet_id].en
