"""Without the server's answer: the campaign's limits, and which of them a manager may pass."""

from datetime import timedelta

import pytest

from merchant_app.domain.campaign import OfflineMode, OfflineTerms, PercentOff
from merchant_app.domain.judging import NeedsBill, Network, Unanswered, judge
from merchant_app.domain.judging.reasons import CatalogueTooOld, ClockWrong, Knob, OfflineCap, OfflineNotAllowed
from merchant_app.domain.kinds import ANY_OUTLET, Fen
from tests.domain.building import a_campaign, a_code, a_hold, a_scene, an_offer, reasons


def offline(**changes: object) -> object:
    return a_scene(network=Network.OFFLINE, **changes)


def terms(**changes: object) -> object:
    return a_campaign(offline=OfflineTerms(**changes))


def test_outlet_bound_takes_only_codes_that_name_this_outlet() -> None:
    campaign = terms(mode=OfflineMode.OUTLET_BOUND)
    assert reasons(a_code(), campaign, offline()) == reasons(a_hold(), campaign, offline()) == ()
    found = reasons(a_code(outlet_id=ANY_OUTLET), campaign, offline())
    assert found == (OfflineNotAllowed("outlet_bound", manager_can=True),)


def test_open_takes_any_code() -> None:
    assert reasons(a_code(outlet_id=ANY_OUTLET), terms(mode=OfflineMode.OPEN), offline()) == ()


def test_deny_takes_none_and_no_manager_helps() -> None:
    campaign = terms(mode=OfflineMode.DENY)
    for scene in (offline(), offline(override=True)):
        assert reasons(a_code(), campaign, scene) == (OfflineNotAllowed("deny", manager_can=False),)


@pytest.mark.parametrize("mode", OfflineMode)
def test_with_the_servers_answer_no_limit_counts(mode: OfflineMode) -> None:
    campaign = terms(
        mode=mode,
        max_amount_off_fen=Fen(1),
        till_max_count=0,
        till_max_amount_fen=Fen(0),
        catalogue_max_age=timedelta(hours=1),
    )
    scene = a_scene(catalogue_age=timedelta(days=9), unanswered=Unanswered(99, Fen(99999)))
    assert reasons(a_code(outlet_id=ANY_OUTLET), campaign, scene) == ()


@pytest.mark.parametrize(
    ("limit", "unanswered", "knob"),
    [
        ({"max_amount_off_fen": Fen(2000)}, Unanswered(), None),
        ({"max_amount_off_fen": Fen(1999)}, Unanswered(), Knob.MAX_AMOUNT_OFF),
        ({"till_max_count": 10}, Unanswered(9, Fen(0)), None),
        ({"till_max_count": 10}, Unanswered(10, Fen(0)), Knob.TILL_MAX_COUNT),
        ({"till_max_amount_fen": Fen(20000)}, Unanswered(9, Fen(18000)), None),
        ({"till_max_amount_fen": Fen(20000)}, Unanswered(9, Fen(18001)), Knob.TILL_MAX_AMOUNT),
    ],
)
def test_a_cap_takes_what_just_fits(limit: dict[str, int], unanswered: Unanswered, knob: Knob | None) -> None:
    found = reasons(a_code(), terms(**limit), offline(unanswered=unanswered))
    (value,) = limit.values()
    assert found == (() if knob is None else (OfflineCap(knob, value, manager_can=True),))


def test_the_cap_looks_at_what_is_really_taken_off() -> None:
    campaign = a_campaign(
        an_offer(PercentOff(20, Fen(5000)), min_spend_fen=Fen(0)), offline=OfflineTerms(max_amount_off_fen=Fen(1000))
    )
    assert reasons(a_code(), campaign, offline(bill_fen=Fen(5000))) == ()
    found = reasons(a_code(), campaign, offline(bill_fen=Fen(5005)))
    assert found == (OfflineCap(Knob.MAX_AMOUNT_OFF, 1000, manager_can=True),)


def test_what_depends_on_the_bill_is_not_held_against_the_cap_before_there_is_one() -> None:
    offer = an_offer(PercentOff(20, Fen(5000)), min_spend_fen=Fen(0))
    campaign = a_campaign(offer, offline=OfflineTerms(max_amount_off_fen=Fen(0), till_max_amount_fen=Fen(0)))
    assert isinstance(judge(a_code(), campaign, offline(bill_fen=None)), NeedsBill)


def test_a_catalogue_is_too_old_past_its_limit() -> None:
    limit = timedelta(hours=72)
    campaign = terms(catalogue_max_age=limit)
    assert reasons(a_code(), campaign, offline(catalogue_age=limit)) == ()
    assert reasons(a_code(), campaign, offline(catalogue_age=None)) == ()
    age = limit + timedelta(seconds=1)
    found = reasons(a_code(), campaign, offline(catalogue_age=age))
    assert found == (CatalogueTooOld(age, limit, manager_can=True),)


EVERYTHING = {
    "max_amount_off_fen": Fen(1),
    "catalogue_max_age": timedelta(hours=1),
    "mode": OfflineMode.OUTLET_BOUND,
}
OLD = {"catalogue_age": timedelta(hours=2)}


def test_a_manager_passes_the_three_limits_that_are_a_managers() -> None:
    code, campaign = a_code(outlet_id=ANY_OUTLET), terms(**EVERYTHING)
    found = reasons(code, campaign, offline(**OLD))
    assert [reason.code for reason in found] == ["offline_not_allowed", "offline_cap", "catalogue_too_old"]
    assert reasons(code, campaign, offline(**OLD, override=True)) == ()


def test_a_manager_passes_nothing_where_the_campaign_does_not_let_them() -> None:
    campaign = terms(**EVERYTHING, manager_override=False)
    found = reasons(a_code(outlet_id=ANY_OUTLET), campaign, offline(**OLD, override=True))
    assert [reason.code for reason in found] == ["offline_not_allowed", "offline_cap", "catalogue_too_old"]
    assert not any(reason.manager_can for reason in found)


def test_a_managers_leave_passes_no_other_rule() -> None:
    scene = offline(override=True, bill_fen=Fen(9999))
    assert [reason.code for reason in reasons(a_code(), terms(), scene)] == ["below_min_spend"]


def test_a_till_that_never_heard_the_time_judges_nothing() -> None:
    for scene in (a_scene(time_known=False), offline(time_known=False, override=True)):
        assert reasons(a_code(), terms(), scene) == (ClockWrong(),)
