"""`judge` as a whole: every reason at once and in order, what an acceptance carries, and that it is pure."""

from datetime import timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from merchant_app.domain.campaign import OfflineMode, OfflineTerms, PerHolder, Validity
from merchant_app.domain.judging import Accepted, Earlier, Network, OnBill, Outlet, Withdrawn, judge
from merchant_app.domain.judging.judge import RULES
from merchant_app.domain.judging.reasons import REASON_CODES, REASON_ORDER, Reason
from merchant_app.domain.judging.scene import HeldElsewhere
from merchant_app.domain.kinds import ANY_OUTLET, Fen, OutletId, Serial
from tests.domain.building import (
    HERE,
    NOW,
    a_campaign,
    a_code,
    a_hold,
    a_scene,
    a_window,
    an_offer,
    at,
    codes,
    dates,
)

# Said of a code before it is judged, or of a document that is newer than ours.
BEFORE_JUDGING = {"not_a_coupon", "malformed", "forged", "unknown_campaign"}


def everything_wrong() -> tuple[Any, Any, Any]:
    """A coupon, a campaign and a scene that fail nearly every rule there is."""
    offer = an_offer(
        weekly_windows=(a_window("mon", "17:00", "22:00"),),
        excluded_dates=dates("2022-09-01"),
        usable_after=Validity(days=400),
        per_holder=PerHolder(redemptions_per_day=1),
    )
    now = at(2022, 9, 1, 12)
    campaign = a_campaign(
        offer,
        outlets=frozenset({OutletId(1)}),
        categories=frozenset({"hotel"}),
        districts=frozenset({"yubei"}),
        offline=OfflineTerms(OfflineMode.DENY, till_max_count=0, catalogue_max_age=timedelta(hours=1)),
    )
    scene = a_scene(
        now=now,
        network=Network.OFFLINE,
        bill_fen=Fen(1),
        on_bill=(OnBill(0, Serial(5), Fen(1)),),
        history=(Earlier(Serial(1), now, HERE, 77),),
        catalogue_age=timedelta(hours=2),
        time_known=False,
        key_revoked_at=now,
        revoked_at=now,
        withdrawn=Withdrawn(into_wallet=True),
        held_elsewhere=HeldElsewhere(None),
    )
    return a_hold(held_at=NOW, outlet_id=HERE), campaign, scene


def test_all_reasons_are_said_at_once_in_the_order_of_the_table() -> None:
    found = codes(*everything_wrong())
    assert set(REASON_CODES) - set(found) == BEFORE_JUDGING | {"not_started", "uses_spent"}
    assert list(found) == sorted(found, key=REASON_CODES.index)


def test_the_two_that_cannot_stand_beside_those_are_said_too() -> None:
    code, _, scene = everything_wrong()
    campaign = a_campaign(an_offer(uses=2), starts_at=at(2030, 1, 1), ends_at=at(2031, 1, 1))
    spent = a_scene(now=NOW, history=scene.history * 2)
    assert codes(code, campaign, spent) == ("not_started", "uses_spent")


def test_every_reason_of_judging_has_a_rule_and_the_table_is_in_order() -> None:
    assert [rule.__name__ for rule in RULES] == [code for code in REASON_CODES if code not in BEFORE_JUDGING]
    assert set(REASON_ORDER) == set(Reason.__args__)
    assert len(set(REASON_CODES)) == len(REASON_CODES)


def test_an_acceptance_carries_what_decided() -> None:
    verdict = judge(a_hold(), a_campaign(), a_scene(catalogue_version=12))
    assert isinstance(verdict, Accepted)
    assert verdict.offer == an_offer()
    assert verdict.catalogue_version == 12
    assert dict(verdict.checked) == {
        "now": NOW,
        "usable_until": at(2022, 7, 3),
        "outlet_id": HERE,
        "bill_fen": 10000,
        "min_spend_fen": 10000,
        "uses": 1,
        "hold_ends_at": NOW + timedelta(minutes=7),
        "network": "online",
    }


def test_a_coupon_without_any_end_of_its_own_is_usable_until_its_campaign_ends() -> None:
    verdict = judge(a_code(), a_campaign(an_offer(valid_for=None)), a_scene())
    assert isinstance(verdict, Accepted)
    assert dict(verdict.checked)["usable_until"] == at(2022, 7, 20)


scenes = st.builds(
    a_scene,
    now=st.integers(-60, 60 * 24 * 30).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    network=st.sampled_from(Network),
    bill_fen=st.none() | st.integers(0, 20000),
    outlet=st.builds(
        Outlet, st.sampled_from([HERE, OutletId(1)]), st.sampled_from(["jiangbei", "yubei"]), st.just("catering/foods")
    ),
    history=st.lists(st.builds(Earlier, st.sampled_from([1, 2]), st.just(NOW), st.just(HERE)), max_size=2).map(tuple),
    catalogue_age=st.none() | st.integers(0, 100).map(lambda hours: timedelta(hours=hours)),
    override=st.booleans(),
)
shown = st.sampled_from([a_code(), a_hold(), a_code(outlet_id=ANY_OUTLET), a_code(serial=Serial(2))])
campaigns = st.sampled_from(
    [
        a_campaign(),
        a_campaign(an_offer(uses=2)),
        a_campaign(offline=OfflineTerms(OfflineMode.OPEN, till_max_count=0, manager_override=False)),
        a_campaign(districts=frozenset({"yubei"})),
    ]
)


@given(shown, campaigns, scenes)
def test_the_same_question_has_one_answer(code: Any, campaign: Any, scene: Any) -> None:
    assert judge(code, campaign, scene) == judge(code, campaign, scene)


@given(shown, campaigns, scenes)
def test_what_is_good_without_the_server_is_good_with_it(code: Any, campaign: Any, scene: Any) -> None:
    """The offline limits only ever take away."""
    with_it = a_scene(
        now=scene.now, bill_fen=scene.bill_fen, outlet=scene.outlet, history=scene.history, network=Network.ONLINE
    )
    assert set(codes(code, campaign, with_it)) <= set(codes(code, campaign, scene))


@given(shown, campaigns, scenes)
def test_a_managers_leave_never_makes_it_worse(code: Any, campaign: Any, scene: Any) -> None:
    plain = a_scene(
        now=scene.now,
        bill_fen=scene.bill_fen,
        outlet=scene.outlet,
        history=scene.history,
        network=scene.network,
        catalogue_age=scene.catalogue_age,
    )
    gone = set(codes(code, campaign, plain)) - set(codes(code, campaign, scene))
    assert gone <= {"offline_not_allowed", "offline_cap", "catalogue_too_old"}
    assert set(codes(code, campaign, scene)) <= set(codes(code, campaign, plain))
