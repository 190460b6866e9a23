"""Outlets opt in and out of a campaign: what tills are told, what the server judges by, what holders keep."""

import json
from collections.abc import Collection

import pytest

from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.services import outlet_desk
from merchant_app.server.services.campaign_desk import add
from merchant_app.server.services.campaigns import open_campaigns
from merchant_app.server.services.issuing import NotIssued, Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.participation import (
    Left,
    NotOpted,
    Opted,
    go_by_opting_in,
    opt_in,
    opt_out,
    outlets_like,
    part_of,
)
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.till_client import TillClient

CAMPAIGN = CampaignId(CAMPAIGN_ID)


@pytest.fixture
def opted(house: House) -> House:
    """The campaign goes by opting in, and outlets 4201 and 4202 are in."""
    assert go_by_opting_in(house.central, CAMPAIGN, by_opt_in=True)
    assert opt_out(house.central, CAMPAIGN, [4203]) == Opted(changed=1)
    return house


def taken(house: House) -> Collection[int] | None:
    with house.central.database.reading() as connection:
        return open_campaigns(connection)[CAMPAIGN].outlets


def told(till: TillClient) -> list[int] | str | None:
    """The outlets of the campaign as this till is told of it."""
    till.snapshot()
    campaigns = json.loads(till.send("GET", "/api/catalogue/campaigns").content)["campaigns"]
    return next((each["outlets"] for each in campaigns if each["campaign_id"] == CAMPAIGN_ID), None)


def test_an_open_campaign_that_begins_to_go_by_opting_in_goes_on_with_all_it_took(house: House) -> None:
    go_by_opting_in(house.central, CAMPAIGN, by_opt_in=True)
    assert taken(house) == {4201, 4202, 4203}
    go_by_opting_in(house.central, CAMPAIGN, by_opt_in=False)
    assert taken(house) is None
    assert not go_by_opting_in(house.central, CampaignId(1), by_opt_in=True)


def test_one_that_is_not_open_yet_begins_with_nobody(house: House) -> None:
    add(house.central, document(campaign_id=9), {})
    go_by_opting_in(house.central, CampaignId(9), by_opt_in=True)
    part = part_of(house.central, CampaignId(9))
    assert part is not None
    assert part.outlet_ids == frozenset()


def test_tills_are_told_who_takes_part_of_those_they_know(opted: House) -> None:
    inside, outside = opted.till(), opted.till(4203)
    assert (told(inside), told(outside)) == ([4201, 4202], [4201, 4202])
    opt_in(opted.central, CAMPAIGN, [4203])
    assert (told(inside), told(outside)) == ([4201, 4202, 4203], [4201, 4202, 4203])


def test_who_is_outside_of_the_scope_or_unknown_is_not_opted_in(opted: House) -> None:
    report = opt_in(opted.central, CAMPAIGN, [4201, 4203, 4301, 99])
    assert report == Opted(
        changed=1,
        as_before=1,
        left=(Left(99, NotOpted.UNKNOWN_OUTLET), Left(4301, NotOpted.OUT_OF_SCOPE)),
    )


def test_a_campaign_that_takes_everybody_has_nobody_to_opt(house: House) -> None:
    assert opt_in(house.central, CAMPAIGN, [4201]) is None
    assert opt_out(house.central, CAMPAIGN, [4201]) is None


def test_outlets_are_chosen_by_district_and_category(house: House) -> None:
    assert outlets_like(house.central, "jiangbei", None) == {4201, 4202, 4203}
    assert outlets_like(house.central, None, "catering") == {4201, 4202, 4203, 4301}
    assert outlets_like(house.central, "yuzhong", "catering/foods") == {4301}
    assert outlets_like(house.central, None, "hotel") == set()


def test_a_coupon_is_refused_where_the_outlet_left(opted: House) -> None:
    answer = opted.till(4203).ask(opted.code())
    assert answer.refused[0].reasons[0]["code"] == "wrong_outlet"


def test_no_paper_is_made_for_an_outlet_that_left_and_no_hold_given_where_one_closed(opted: House) -> None:
    paper = Wanted(CAMPAIGN, 0, 0, 1, outlet_id=OutletId(4203), on_paper=True)
    assert issue(opted.central, paper) is NotIssued.OUT_OF_SCOPE
    opt_in(opted.central, CAMPAIGN, [4203])
    assert isinstance(issue(opted.central, paper), list)
    opted.till()
    coupon = opted.coupons(on_paper=False)[0]
    assert outlet_desk.close(opted.central, OutletId(4201))
    assert opted.try_hold(coupon).why.value == "unknown_outlet"
    assert outlet_desk.reopen(opted.central, OutletId(4201))
    assert opted.hold(coupon)


def test_an_outlet_stays_while_paper_that_names_it_is_good(opted: House) -> None:
    coupon = opted.coupons(outlet_id=4201, on_paper=True)[0]
    report = opt_out(opted.central, CAMPAIGN, [4201, 4202])
    assert report is not None
    (left,) = report.left
    assert (report.changed, left.outlet_id, left.why) == (1, 4201, NotOpted.PAPER_IS_GOOD)
    assert left.until is not None
    assert left.until.isoformat() == "2026-07-19T16:00:00+00:00"
    till = opted.till()
    assert coupon.code is not None
    assert till.ask(coupon.code).confirmed
    assert opt_out(opted.central, CAMPAIGN, [4201]) == Opted(changed=1)


def test_paper_whose_uses_are_not_all_spent_counts(opted: House) -> None:
    coupon = opted.coupons(outlet_id=4201, on_paper=True, offer_index=1)[0]
    assert coupon.code is not None
    assert opted.till().ask(coupon.code).confirmed
    report = opt_out(opted.central, CAMPAIGN, [4201])
    assert report is not None
    assert [each.why for each in report.left] == [NotOpted.PAPER_IS_GOOD]


def test_what_a_till_redeemed_before_it_heard_that_its_outlet_left_is_confirmed(opted: House) -> None:
    till, codes = opted.till(), [opted.code() for _ in range(2)]
    opt_out(opted.central, CAMPAIGN, [4201])
    for code, hours in zip(codes, (71, 2), strict=True):
        opted.clock.forward(hours=hours)
        till.redeem(code, opted.clock.at)
    assert [each.outcome.value for each in till.push().answers] == ["confirmed", "contested"]


def test_the_participants_of_thousands_are_read_once(opted: House) -> None:
    first, second = ([*map(id, _campaigns(opted))] for _ in range(2))
    assert first == second
    opt_in(opted.central, CAMPAIGN, [OutletId(4203)])
    assert [*map(id, _campaigns(opted))] != first


def test_opting_in_and_out_survives_an_import(opted: House) -> None:
    import_outlets(opted.central, OUTLETS)
    assert taken(opted) == {4201, 4202}


def _campaigns(house: House) -> list[object]:
    with house.central.database.reading() as connection:
        return list(open_campaigns(connection).values())
