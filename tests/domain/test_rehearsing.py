"""Ready-made cases come out as they have to for a sound document, and show what a wrong one really says."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from merchant_app.domain.campaign import Gift, OfflineMode, OfflineTerms, Validity
from merchant_app.domain.judging import Accepted
from merchant_app.domain.kinds import Bilingual, Fen
from merchant_app.domain.rehearsing import CaseKind, Tried, an_outlet_for, try_out
from merchant_app.resources import resource_path
from merchant_app.wire.campaign_document import parse_campaign
from tests.domain.building import a_campaign, a_window, an_offer, at, dates

EVENINGS = {"weekly_windows": (a_window("fri sat", "17:00", "02:00"),), "excluded_dates": dates("2022-07-01")}


def tried(*offers: Any, **changes: Any) -> dict[CaseKind, Tried]:
    campaign = a_campaign(*offers, **changes)
    return {each.case.kind: each for each in try_out(campaign, an_outlet_for(campaign))}


@pytest.mark.parametrize("name", ["jiangbei", "hotpot"])
def test_every_case_of_the_samples_comes_out_as_expected(name: str) -> None:
    campaign = parse_campaign(json.loads(resource_path("campaigns", f"{name}.json").read_text(encoding="utf-8")))
    out = try_out(campaign, an_outlet_for(campaign))
    assert [each for each in out if not each.agrees] == []
    assert {each.case.code.offer_index for each in out} == set(range(len(campaign.offers)))
    assert len(out) >= 6 * len(campaign.offers)


def test_the_edges_of_a_coupons_life_are_tried_to_the_second() -> None:
    out = tried(an_offer(usable_after=Validity(hours=2)))
    assert out[CaseKind.GOOD].case.scene.now == at(2022, 6, 28, 12)
    assert out[CaseKind.LAST_SECOND].case.scene.now == at(2022, 7, 3) - timedelta(seconds=1)
    assert out[CaseKind.TOO_LATE].case.scene.now == at(2022, 7, 3)
    assert out[CaseKind.DAY_BEFORE].case.scene.now == at(2022, 6, 27, 12)
    assert all(each.agrees for each in out.values())


def test_the_threshold_is_tried_to_the_fen() -> None:
    out = tried(an_offer(min_spend_fen=Fen(8800)))
    assert (out[CaseKind.GOOD].case.scene.bill_fen, out[CaseKind.ONE_FEN_SHORT].case.scene.bill_fen) == (8800, 8799)


def test_hours_and_dates_are_tried_inside_and_outside() -> None:
    out = tried(an_offer(**EVENINGS))
    assert out[CaseKind.GOOD].case.scene.now == at(2022, 7, 2, 17)
    assert out[CaseKind.LAST_SECOND].case.scene.now == at(2022, 7, 2, 23, 59) + timedelta(seconds=59)
    assert out[CaseKind.OUTSIDE_HOURS].case.scene.now == at(2022, 6, 28, 10)
    assert all(each.agrees for each in out.values())
    assert CaseKind.OUTSIDE_HOURS not in tried(an_offer())


def test_an_offer_that_is_never_usable_is_found_out() -> None:
    out = tried(an_offer(**{**EVENINGS, "only_dates": dates("2022-07-10")}))
    assert not out[CaseKind.GOOD].agrees
    assert CaseKind.LAST_SECOND not in out


def test_limits_without_the_server_are_tried_where_there_are_any() -> None:
    assert CaseKind.OFFLINE_OVER_CAP not in tried(an_offer())
    for terms in (
        OfflineTerms(OfflineMode.DENY),
        OfflineTerms(OfflineMode.OPEN, till_max_count=3),
        OfflineTerms(till_max_amount_fen=Fen(6000)),
    ):
        assert tried(an_offer(), offline=terms)[CaseKind.OFFLINE_OVER_CAP].agrees


def test_a_gift_needs_no_bill_and_a_coupon_of_several_uses_is_spent_at_last() -> None:
    out = tried(an_offer(Gift(Bilingual("茶", "Tea")), min_spend_fen=Fen(0), bill_required=False, uses=3))
    assert out[CaseKind.GOOD].case.scene.bill_fen is None
    assert isinstance(out[CaseKind.GOOD].verdict, Accepted)
    assert out[CaseKind.ALREADY_REDEEMED].agrees
    assert CaseKind.ONE_FEN_SHORT not in out


def test_a_case_agrees_with_no_other_verdict() -> None:
    good, late = (tried(an_offer())[kind] for kind in (CaseKind.GOOD, CaseKind.TOO_LATE))
    assert not replace(good, verdict=late.verdict).agrees
    assert not replace(late, verdict=good.verdict).agrees
