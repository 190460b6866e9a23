"""From when until when: campaign, round, calendar days and hours, every end the first instant too late."""

from datetime import datetime, timedelta

import pytest

from merchant_app.domain.campaign import Campaign, Validity
from merchant_app.domain.judging import Accepted, Withdrawn, judge
from merchant_app.domain.judging.reasons import CampaignEnded, Expired, HoldExpired, Limit, NotStarted, TooSoon
from tests.domain.building import (
    ISSUED_AT,
    NOW,
    a_campaign,
    a_code,
    a_hold,
    a_round,
    a_scene,
    an_offer,
    at,
    codes,
    reasons,
)

SECOND = timedelta(seconds=1)


def said_at(now: datetime, campaign: Campaign, issued_at: datetime = ISSUED_AT) -> tuple[object, ...]:
    return reasons(a_code(issued_at=issued_at), campaign, a_scene(now=now))


def test_a_campaign_takes_its_first_instant_and_not_the_one_before() -> None:
    campaign = a_campaign(an_offer(valid_for=None), starts_at=NOW)
    assert said_at(NOW, campaign) == ()
    assert said_at(NOW - SECOND, campaign) == (NotStarted(NOW),)


def test_a_campaigns_end_is_the_first_instant_too_late() -> None:
    campaign = a_campaign(an_offer(valid_for=None))
    assert said_at(at(2022, 7, 20) - SECOND, campaign) == ()
    assert said_at(at(2022, 7, 20), campaign) == (CampaignEnded(at(2022, 7, 20)),)


def test_the_day_of_issue_is_day_one() -> None:
    campaign = a_campaign(an_offer(valid_for=Validity(days=5)))
    assert said_at(at(2022, 7, 3) - SECOND, campaign) == ()
    assert said_at(at(2022, 7, 3), campaign) == (Expired(at(2022, 7, 3), Limit.VALIDITY),)


def test_a_coupon_issued_just_before_midnight_has_had_its_first_day() -> None:
    campaign = a_campaign(an_offer(valid_for=Validity(days=1)))
    issued_at = at(2022, 6, 28, 23, 59)
    assert said_at(at(2022, 6, 29) - SECOND, campaign, issued_at) == ()
    assert said_at(at(2022, 6, 29), campaign, issued_at) == (Expired(at(2022, 6, 29), Limit.VALIDITY),)


def test_hours_count_from_the_second_of_issue() -> None:
    campaign = a_campaign(an_offer(valid_for=Validity(hours=120)))
    end = ISSUED_AT + timedelta(hours=120)
    assert said_at(end - SECOND, campaign) == ()
    assert said_at(end, campaign) == (Expired(end, Limit.VALIDITY),)


def test_the_round_ends_its_coupons_where_that_is_earlier() -> None:
    """Both of Jiangbei's first rounds have 2 July as their last day: one by validity, one by the round."""
    campaign = a_campaign(
        an_offer(valid_for=Validity(days=5)), rounds=(a_round(coupons_end_at=at(2022, 7, 3)),), starts_at=at(2022, 6, 1)
    )
    end = at(2022, 7, 3)
    assert said_at(end - SECOND, campaign) == said_at(end - SECOND, campaign, at(2022, 6, 29, 10)) == ()
    assert said_at(end, campaign) == (Expired(end, Limit.VALIDITY),)
    assert said_at(end, campaign, at(2022, 6, 29, 10)) == (Expired(end, Limit.ROUND),)


def test_past_validity_and_campaign_both_are_said() -> None:
    campaign = a_campaign(an_offer(valid_for=Validity(days=5)))
    assert said_at(at(2022, 8, 1), campaign) == (
        Expired(at(2022, 7, 3), Limit.VALIDITY),
        CampaignEnded(at(2022, 7, 20)),
    )


def test_before_its_own_issue_a_coupon_is_too_soon() -> None:
    """A strip of paper for tomorrow, issued with tomorrow's date."""
    issued_at = at(2022, 6, 29)
    campaign = a_campaign()
    assert said_at(issued_at - SECOND, campaign, issued_at) == (TooSoon(issued_at),)
    assert said_at(issued_at, campaign, issued_at) == ()


@pytest.mark.parametrize(
    ("after", "usable"),
    [
        (Validity(days=1), at(2022, 6, 29)),
        (Validity(days=2), at(2022, 6, 30)),
        (Validity(hours=2), at(2022, 6, 28, 12)),
        (Validity(hours=48), at(2022, 6, 30, 10)),
    ],
)
def test_usable_after_days_means_a_midnight_and_hours_the_second(after: Validity, usable: datetime) -> None:
    campaign = a_campaign(an_offer(usable_after=after))
    assert said_at(usable - SECOND, campaign) == (TooSoon(usable),)
    assert said_at(usable, campaign) == ()


def test_a_hold_is_good_through_its_grace_and_not_after() -> None:
    code = a_hold(held_at=NOW, minutes=5)
    last = NOW + timedelta(minutes=7)
    assert isinstance(judge(code, a_campaign(), a_scene(now=last - SECOND)), Accepted)
    assert reasons(code, a_campaign(), a_scene(now=last)) == (HoldExpired(last),)


def test_a_hold_that_was_given_back_is_as_one_that_ran_out() -> None:
    scene = a_scene(withdrawn=Withdrawn(into_wallet=False))
    assert reasons(a_hold(), a_campaign(), scene) == (HoldExpired(NOW),)


def test_a_bearer_code_never_runs_out_as_a_hold_does() -> None:
    assert "hold_expired" not in codes(a_code(), a_campaign(), a_scene(now=at(2030, 1, 1)))


def test_a_round_or_offer_of_a_newer_document_is_not_known() -> None:
    for code in (a_code(round_index=1), a_code(offer_index=1), a_code(campaign_id=1)):
        assert codes(code, a_campaign(), a_scene(catalogue_age=timedelta(hours=3))) == ("unknown_campaign",)
