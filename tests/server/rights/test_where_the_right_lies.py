"""The right to redeem lies with the outlet that a code names until every till there has answered for it.

Each test leaves out one thing without which the right would come free too early, and shows that it does not.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from merchant_app.domain.coupon_code import Form, unpack
from merchant_app.domain.kinds import CampaignId, TillId
from merchant_app.domain.redemption import Standing
from merchant_app.server.services.enrolling import revoke
from merchant_app.server.services.holding import Held, NotHeld, NotHeldWhy
from merchant_app.server.services.issuing import Issued
from merchant_app.server.services.withdrawing import NotWithdrawn, Withdrawn, give_back_hold, set_free
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID
from tests.server.till_client import TillClient

HERE, THERE = 4201, 4202
RUNS_OUT = timedelta(minutes=5 + 2)
"""A hold of the campaign's five minutes, and its grace."""


class Scene:
    """Two outlets with a till each, and a coupon held for the first."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.here, self.there = house.till(HERE), house.till(THERE)
        (self.coupon,) = house.coupons(on_paper=False)
        self.code = house.hold(self.coupon, HERE)
        self.ends_at = house.clock.at + RUNS_OUT

    def hold_there(self, holder: int = 7) -> Any:
        return self.house.try_hold(self.coupon, THERE, holder)

    def report(self, floor: datetime, rows: list[Any] | None = None, till: TillClient | None = None) -> None:
        (till or self.here).push(rows, floor=floor)

    def why(self) -> str:
        """Why no hold is given there; "free" where one is."""
        answer = self.hold_there()
        return answer.why.value if isinstance(answer, NotHeld) else "free"


@pytest.fixture
def scene(house: House) -> Scene:
    return Scene(house)


def test_running_out_alone_frees_nothing_for_another_outlet(scene: Scene) -> None:
    scene.house.clock.forward(days=1)
    assert scene.hold_there() == NotHeld(NotHeldWhy.WAITING_FOR_TILLS, (scene.here.till_id,))


def test_a_floor_past_the_end_with_every_row_stored_frees_it(scene: Scene) -> None:
    scene.house.clock.at = scene.ends_at
    scene.report(scene.ends_at)
    assert isinstance(scene.hold_there(), Held)


def test_a_floor_before_the_end_does_not(scene: Scene) -> None:
    scene.house.clock.forward(hours=1)
    scene.report(scene.ends_at - timedelta(seconds=1))
    assert scene.why() == "waiting_for_tills"


def test_a_report_does_not_count_while_rows_up_to_its_head_are_missing(scene: Scene) -> None:
    row = scene.here.redeem(scene.code, scene.house.clock.at)
    scene.house.clock.forward(hours=1)
    scene.report(scene.house.clock.at, rows=[])
    assert scene.why() == "waiting_for_tills"
    scene.report(scene.house.clock.at, rows=[row])
    reasons = scene.hold_there()
    assert [reason.code for reason in reasons] == ["already_redeemed"]


def test_a_report_of_another_head_than_the_stored_one_does_not_count(scene: Scene) -> None:
    scene.here.redeem(scene.code, scene.house.clock.at)
    scene.here.push()
    clone = replace(scene.here, rows=[])
    clone.redeem(scene.house.code(), scene.house.clock.at)
    scene.house.clock.forward(hours=1)
    scene.report(scene.house.clock.at, rows=[], till=clone)
    assert scene.house.try_hold(scene.coupon, THERE).why is NotHeldWhy.WAITING_FOR_TILLS


def test_a_floor_beyond_the_servers_own_clock_counts_only_up_to_it(scene: Scene) -> None:
    scene.report(scene.ends_at + timedelta(days=1))
    assert scene.why() == "waiting_for_tills"
    scene.house.clock.at = scene.ends_at
    assert scene.why() == "waiting_for_tills"
    scene.report(scene.ends_at)
    assert scene.why() == "free"


def test_a_lower_floor_than_one_reported_takes_nothing_back(scene: Scene) -> None:
    start = scene.house.clock.at
    scene.house.clock.at = scene.ends_at
    scene.report(scene.ends_at)
    scene.report(start)
    assert scene.why() == "free"


def test_every_till_of_the_outlet_has_to_answer(house: House) -> None:
    second = house.till(HERE)
    scene = Scene(house)
    house.clock.at = scene.ends_at
    scene.report(scene.ends_at)
    assert scene.hold_there() == NotHeld(NotHeldWhy.WAITING_FOR_TILLS, (second.till_id,))
    scene.report(scene.ends_at, till=second)
    assert scene.why() == "free"


def test_a_till_enrolled_while_the_hold_runs_has_to_answer_too_and_one_enrolled_later_has(scene: Scene) -> None:
    meanwhile = scene.house.till(HERE)
    scene.house.clock.at = scene.ends_at
    scene.report(scene.ends_at)
    assert scene.hold_there() == NotHeld(NotHeldWhy.WAITING_FOR_TILLS, (meanwhile.till_id,))
    scene.report(scene.ends_at, till=meanwhile)
    scene.house.till(HERE)
    assert scene.why() == "free"


def test_a_till_revoked_before_the_hold_is_not_asked_and_one_revoked_later_leaves_it_to_the_operator(
    house: House,
) -> None:
    before = house.till(HERE)
    revoke(house.central, TillId(before.till_id))
    house.clock.forward(seconds=2)
    scene = Scene(house)
    revoke(house.central, TillId(scene.here.till_id))
    house.clock.forward(days=1)
    scene.here.push(floor=house.clock.at)
    assert scene.hold_there() == NotHeld(NotHeldWhy.WAITING_FOR_TILLS, (scene.here.till_id,))
    assert set_free(house.central, CampaignId(CAMPAIGN_ID), scene.coupon.serial)
    assert scene.why() == "free"


def test_the_typed_number_goes_by_the_same_rule(scene: Scene) -> None:
    scene.house.clock.forward(hours=1)
    refused = scene.there.ask(scene.coupon.coupon_number).refused
    assert [reason["code"] for each in refused for reason in each.reasons] == ["held_elsewhere"]
    assert scene.here.ask(scene.coupon.coupon_number).outcome == "confirmed"


def test_paper_for_any_outlet_is_refused_elsewhere_online_and_contested_offline(house: House) -> None:
    house.till(HERE)
    other = house.till(THERE)
    (coupon,) = house.coupons()
    house.hold(coupon, HERE)
    assert coupon.code is not None
    refused = other.ask(coupon.code).refused
    assert [reason["code"] for each in refused for reason in each.reasons] == ["held_elsewhere"]
    other.redeem(coupon.code, house.clock.forward(minutes=1))
    answer = other.push().answers[0]
    assert (answer.standing, [reason["code"] for reason in answer.reasons]) == (Standing.CONTESTED, ["held_elsewhere"])


def test_while_a_hold_runs_nobody_else_gets_one_and_its_holder_gets_it_anew(scene: Scene) -> None:
    assert scene.house.try_hold(scene.coupon, HERE, 8) == NotHeld(NotHeldWhy.HELD_BY_ANOTHER)
    assert scene.hold_there(8) == NotHeld(NotHeldWhy.HELD_BY_ANOTHER)
    assert isinstance(scene.house.try_hold(scene.coupon, HERE, 7), Held)


def test_at_the_same_outlet_the_next_hold_is_given_as_soon_as_one_has_run_out(scene: Scene) -> None:
    scene.house.clock.at = scene.ends_at - timedelta(seconds=1)
    assert scene.house.try_hold(scene.coupon, HERE, 8) == NotHeld(NotHeldWhy.HELD_BY_ANOTHER)
    scene.house.clock.at = scene.ends_at
    assert isinstance(scene.house.try_hold(scene.coupon, HERE, 8), Held)


def test_a_campaign_may_let_running_out_free_it_with_grace_and_a_margin(house: House) -> None:
    house.campaign(campaign_id=7, hold={"release": "expiry"})
    house.till(HERE)
    other = house.till(THERE)
    (coupon,) = house.coupons(campaign_id=7, on_paper=False)
    house.hold(coupon, HERE, campaign_id=7)
    margin = house.clock.at + RUNS_OUT + timedelta(minutes=5)
    house.clock.at = margin - timedelta(seconds=1)
    assert other.ask(coupon.coupon_number).outcome == "refused"
    assert house.try_hold(coupon, THERE, campaign_id=7).why is NotHeldWhy.WAITING_FOR_TILLS
    house.clock.at = margin
    assert isinstance(house.try_hold(coupon, THERE, campaign_id=7), Held)
    assert other.ask(coupon.coupon_number).outcome == "confirmed"


def test_no_tills_no_holds_and_none_beyond_the_longest(house: House) -> None:
    (coupon,) = house.coupons(on_paper=False)
    assert house.try_hold(coupon, HERE) == NotHeld(NotHeldWhy.NO_TILLS)
    house.till(HERE)
    assert house.try_hold(coupon, HERE, minutes=721) == NotHeld(NotHeldWhy.TOO_LONG)
    assert isinstance(house.try_hold(coupon, HERE, minutes=720), Held)


def give_back(house: House, coupon: Issued) -> Withdrawn:
    back = give_back_hold(house.central, CampaignId(CAMPAIGN_ID), coupon.serial)
    assert isinstance(back, Withdrawn)
    return back


def test_a_hold_given_back_is_free_when_the_till_has_acknowledged_it(scene: Scene) -> None:
    house = scene.house
    held = unpack(scene.code)
    back = give_back(house, scene.coupon)
    assert back.waiting_for == (scene.here.till_id,)
    assert give_back(house, scene.coupon) == back
    assert scene.why() == "waiting_for_tills"
    part = scene.here.send("GET", "/api/catalogue/withdrawals")
    assert part.status_code == 404
    scene.here.snapshot()
    (told,) = scene.here.send("GET", "/api/catalogue/withdrawals").json()["withdrawals"]
    assert (told["withdrawal_id"], told["serial"]) == (back.withdrawal_id, str(scene.coupon.serial))
    held_at = held.hold.held_at  # type: ignore[union-attr]
    scene.here.acknowledge(
        back.withdrawal_id, CAMPAIGN_ID, scene.coupon.serial, Form.HOLD, held_at - timedelta(seconds=1), house.clock.at
    )
    scene.here.push()
    assert scene.why() == "waiting_for_tills"
    scene.here.acknowledge(back.withdrawal_id, CAMPAIGN_ID, scene.coupon.serial, Form.HOLD, held_at, house.clock.at)
    scene.here.push()
    assert give_back(house, scene.coupon).waiting_for == ()
    assert scene.why() == "free"


def test_a_redemption_after_its_acknowledgement_is_contested_and_one_before_it_is_good(house: House) -> None:
    for first in ("redemption", "acknowledgement"):
        till = house.till(HERE)
        (coupon,) = house.coupons(on_paper=False)
        code = house.hold(coupon, HERE)
        back, held_at = give_back(house, coupon), house.clock.at
        acknowledge = (back.withdrawal_id, CAMPAIGN_ID, coupon.serial, Form.HOLD, held_at, house.clock.at)
        if first == "acknowledgement":
            till.acknowledge(*acknowledge)
        till.redeem(code, house.clock.at)
        if first == "redemption":
            till.acknowledge(*acknowledge)
        standings = [answer.standing for answer in till.push().answers if answer.standing]
        assert standings == [Standing.CONFIRMED if first == "redemption" else Standing.CONTESTED]


def test_a_later_hold_of_a_coupon_that_was_given_back_is_good(scene: Scene) -> None:
    give_back(scene.house, scene.coupon)
    scene.house.clock.forward(seconds=1)
    assert scene.here.ask(scene.code).outcome == "refused"
    assert scene.here.ask(scene.house.hold(scene.coupon, HERE, 8)).outcome == "confirmed"


def test_nothing_to_give_back_is_said_so(house: House) -> None:
    (coupon,) = house.coupons(on_paper=False)
    assert give_back_hold(house.central, CampaignId(CAMPAIGN_ID), coupon.serial) is NotWithdrawn.NO_HOLD
