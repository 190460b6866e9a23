"""Amending an opened campaign: versioned, only where nothing is taken, and no till is wronged that had not heard."""

from datetime import UTC, datetime
from typing import Any

import pytest

from merchant_app.domain.campaign_life import LifeStep
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.errors import CampaignDocumentError
from merchant_app.server.db.campaign_versions import versions_of
from merchant_app.server.db.campaigns import Picture, campaign_of, picture_of
from merchant_app.server.services.campaign_desk import (
    Author,
    NotChanged,
    add,
    amend,
    delete_draft,
    mistakes_of_amending,
    take_step,
)
from merchant_app.server.services.claiming.links import make_link
from merchant_app.server.services.participation import go_by_opting_in, opt_out
from merchant_app.wire.campaign_document import parse_campaign
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID, DOCUMENT, document, offer

TWO_OFFERS: list[dict[str, Any]] = DOCUMENT["offers"]


def with_first_offer(**changes: Any) -> dict[str, Any]:
    return document(offers=[offer(**changes), TWO_OFFERS[1]])


def amended(house: House, new: dict[str, Any], **more: Any) -> int:
    version = amend(house.central, new, {}, note="because", by=Author("Li", None), **more)
    assert isinstance(version, int), version
    return version


def refused(house: House, new: dict[str, Any]) -> list[str]:
    with pytest.raises(CampaignDocumentError) as error:
        amend(house.central, new, {}, note="")
    assert mistakes_of_amending(house.central, CAMPAIGN_ID, parse_campaign(new)) == error.value.mistakes
    return [path for path, _ in error.value.mistakes]


def test_a_change_makes_a_version_that_says_who_when_and_why(house: House) -> None:
    opened_at = house.clock.at
    house.clock.forward(hours=1)
    better = with_first_offer(benefit={"kind": "amount_off", "amount_fen": 3000})
    assert amended(house, better, instead_of=1) == 2
    with house.central.database.reading() as connection:
        kept, versions = campaign_of(connection, CAMPAIGN_ID), versions_of(connection, CAMPAIGN_ID)
    assert kept is not None
    assert [(each.version, each.made_by, each.note, each.made_at) for each in versions] == [
        (2, "Li", "because", house.clock.at),
        (1, "", "", opened_at),
    ]
    assert (kept.version, kept.document) == (2, versions[0].document)


def test_what_takes_from_a_holder_or_denies_what_happened_changes_nothing(house: House) -> None:
    house.coupons(count=3)
    make_link(house.central, CampaignId(CAMPAIGN_ID), 0, "short_video")
    worse = document(
        ends_at="2026-07-19T00:00:00+08:00",
        budget_fen=2 * 2000,
        channels=["outlet"],
        offers=[offer(min_spend_fen=10001), TWO_OFFERS[1]],
        rounds=[{**DOCUMENT["rounds"][0], "stock": {"0": 2, "1": 5000}}],
    )
    assert refused(house, worse) == [
        "ends_at",
        "offers.0.min_spend_fen",
        "rounds.0.stock.0",
        "budget_fen",
        "channels",
    ]
    with house.central.database.reading() as connection:
        assert len(versions_of(connection, CAMPAIGN_ID)) == 1


def test_who_has_not_seen_the_newest_version_is_told(house: House) -> None:
    new = with_first_offer(min_spend_fen=5000)
    assert amended(house, new, instead_of=1) == 2
    newer = with_first_offer(min_spend_fen=4000)
    assert amend(house.central, newer, {}, note="", instead_of=1) is NotChanged.CHANGED_MEANWHILE
    assert amend(house.central, new, {}, note="") is NotChanged.NOTHING_CHANGED
    assert amend(house.central, document(campaign_id=9), {}, note="") is NotChanged.UNKNOWN_CAMPAIGN
    add(house.central, document(campaign_id=9), {})
    assert amend(house.central, document(campaign_id=9), {}, note="") is NotChanged.NOT_OPEN
    assert delete_draft(house.central, 9)


def test_a_closed_campaign_can_be_amended_since_its_coupons_live_on(house: House) -> None:
    take_step(house.central, CAMPAIGN_ID, LifeStep.CLOSE)
    assert amended(house, document(ends_at="2026-08-20T00:00:00+08:00")) == 2


def test_a_new_picture_goes_up_with_the_new_version(house: House) -> None:
    drawn = Picture("ab" * 32, "image/png", b"\x89PNG\r\n")
    new = with_first_offer(picture="new.png")
    assert amend(house.central, new, {"new.png": drawn}, note="") == 2
    with house.central.database.reading() as connection:
        assert picture_of(connection, drawn.sha256) == drawn


def test_tills_judge_by_the_new_version_from_their_next_catalogue_on(house: House) -> None:
    till = house.till()
    before = till.snapshot()
    amended(house, with_first_offer(min_spend_fen=5000))
    after = till.snapshot()
    assert after.version > before.version
    campaigns = till.send("GET", "/api/catalogue/campaigns").json()["campaigns"]
    assert campaigns[0]["offers"][0]["min_spend_fen"] == 5000


def test_a_till_with_the_older_document_takes_less_off_and_the_server_agrees(house: House) -> None:
    till, code = house.till(), house.code()
    amended(house, with_first_offer(benefit={"kind": "amount_off", "amount_fen": 3000}, min_spend_fen=5000))
    till.redeem(code, house.clock.at, off=2000)
    till.redeem(house.code(), house.clock.at, off=3000)
    till.redeem(house.code(), house.clock.at, off=3001)
    assert [row.standing for row in till.push().answers] == ["confirmed", "confirmed", "contested"]


def test_stricter_offline_limits_hold_for_a_till_from_when_it_could_know_of_them(house: House) -> None:
    house.campaign(campaign_id=8, offline={"mode": "open", "catalogue_max_age_hours": 48})
    till, codes = house.till(), [house.code(campaign_id=8) for _ in range(3)]
    amended(house, document(campaign_id=8, offline={"mode": "deny"}))
    for code, hours in zip(codes, (0, 47, 2), strict=True):
        till.redeem(code, house.clock.forward(hours=hours))
    answers = till.push().answers
    assert [row.standing for row in answers] == ["confirmed", "confirmed", "contested"]
    assert [reason["code"] for reason in answers[2].reasons] == ["offline_not_allowed"]


def test_stricter_terms_of_a_void_hold_for_a_till_from_when_it_could_know_of_them(house: House) -> None:
    till = house.till()
    rows = [till.redeem(house.code(), house.clock.at) for _ in range(2)]
    amended(house, with_first_offer(void="never"))
    till.void(str(rows[0].fact_id), house.clock.forward(minutes=30))
    till.push()
    assert till.push().answers[0].standing == "voided"
    house.clock.forward(days=8)
    late = till.redeem(house.code(), house.clock.at)
    till.void(str(late.fact_id), house.clock.forward(minutes=30))
    assert till.push().answers[-2].standing != "voided"


def test_a_coupon_on_paper_keeps_its_right_for_as_long_as_the_new_version_lets_it_live(house: House) -> None:
    """Its end was stored when it was issued; what decides is the end that it has now."""
    short = [{**DOCUMENT["rounds"][0], "coupons_end_at": "2026-07-02T00:00:00+08:00"}]
    house.campaign(campaign_id=8, rounds=short)
    house.till(4201), house.till(4202)
    (paper,) = house.coupons(campaign_id=8, outlet_id=OutletId(4201))
    assert amend(house.central, document(campaign_id=8), {}, note="") == 2
    house.clock.forward(days=5)
    held = house.try_hold(paper, 4202, campaign_id=8)
    assert getattr(held, "why", None) == "paper_elsewhere"


def test_an_outlet_whose_paper_lives_longer_since_an_amendment_cannot_leave_before_it_ends(house: House) -> None:
    short = [{**DOCUMENT["rounds"][0], "coupons_end_at": "2026-07-02T00:00:00+08:00"}]
    house.campaign(campaign_id=8, rounds=short)
    go_by_opting_in(house.central, CampaignId(8), by_opt_in=True)
    house.coupons(campaign_id=8, outlet_id=OutletId(4201))
    assert amend(house.central, document(campaign_id=8), {}, note="") == 2
    house.clock.forward(days=5)
    left = opt_out(house.central, CampaignId(8), [4201, 4202])
    assert left is not None
    assert (left.changed, [each.outlet_id for each in left.left]) == (1, [4201])
    assert left.left[0].until == datetime(2026, 7, 19, 16, tzinfo=UTC)
