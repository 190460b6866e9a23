"""A coupon that exists as paper for one outlet is held only there, until every till there has given the paper up."""

from merchant_app.domain.coupon_code import Form
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.services.holding import Held, NotHeld, NotHeldWhy
from merchant_app.server.services.withdrawing import NotWithdrawn, Withdrawn, move_paper_into_wallet, set_free
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID

HERE, THERE = 4201, 4202


def test_bound_paper_keeps_holds_at_its_outlet_until_it_is_withdrawn_there(house: House) -> None:
    here = house.till(HERE)
    house.till(THERE)
    (coupon,) = house.coupons(outlet_id=HERE)
    assert house.try_hold(coupon, THERE) == NotHeld(NotHeldWhy.PAPER_ELSEWHERE, (here.till_id,))
    assert isinstance(house.try_hold(coupon, HERE), Held)
    house.clock.forward(minutes=10)
    here.push(floor=house.clock.at)
    assert house.try_hold(coupon, THERE).why is NotHeldWhy.PAPER_ELSEWHERE
    back = move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert isinstance(back, Withdrawn)
    assert house.try_hold(coupon, THERE).why is NotHeldWhy.PAPER_ELSEWHERE
    here.acknowledge(back.withdrawal_id, CAMPAIGN_ID, coupon.serial, Form.BEARER, None, house.clock.at)
    here.push()
    assert isinstance(house.try_hold(coupon, THERE), Held)


def test_a_hold_of_moved_paper_is_news_to_the_outlet_where_it_was_shown(house: House) -> None:
    here, there, beside = house.till(HERE), house.till(THERE), house.till(THERE)
    (coupon,) = house.coupons(outlet_id=HERE)
    back = move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert isinstance(back, Withdrawn)
    here.acknowledge(back.withdrawal_id, CAMPAIGN_ID, coupon.serial, Form.BEARER, None, house.clock.at)
    here.push()
    assert there.ask(house.hold(coupon, THERE)).outcome == "confirmed"
    assert [event.serial for event in beside.events().events] == [str(coupon.serial)]


def test_paper_of_an_outlet_without_tills_is_not_free_either(house: House) -> None:
    house.till(THERE)
    (coupon,) = house.coupons(outlet_id=HERE)
    assert house.try_hold(coupon, THERE) == NotHeld(NotHeldWhy.PAPER_ELSEWHERE)
    move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert isinstance(house.try_hold(coupon, THERE), Held)


def test_an_operator_can_set_trapped_paper_free(house: House) -> None:
    house.till(HERE)
    house.till(THERE)
    (coupon,) = house.coupons(outlet_id=HERE)
    assert set_free(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert isinstance(house.try_hold(coupon, THERE), Held)


def test_paper_for_any_outlet_stops_no_hold_and_cannot_be_withdrawn_from_one(house: House) -> None:
    house.till(HERE)
    (coupon,) = house.coupons()
    assert isinstance(house.try_hold(coupon, HERE), Held)
    back = move_paper_into_wallet(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert back is NotWithdrawn.NO_PAPER


def test_what_no_till_would_take_is_not_held(house: House) -> None:
    till, outside = house.till(HERE), house.till(4301)
    (coupon,) = house.coupons(on_paper=False)
    assert [reason.code for reason in house.try_hold(coupon, outside.outlet_id)] == ["wrong_district"]
    till.ask(coupon.coupon_number)
    assert [reason.code for reason in house.try_hold(coupon, HERE)] == ["already_redeemed"]
    (late,) = house.coupons(on_paper=False)
    house.clock.forward(days=60)
    assert [reason.code for reason in house.try_hold(late, HERE)] == ["campaign_ended"]
    assert house.try_hold(late, 9999) == NotHeld(NotHeldWhy.UNKNOWN_OUTLET)
    assert house.try_hold(late, HERE, serial=1) == NotHeld(NotHeldWhy.UNKNOWN_COUPON)
