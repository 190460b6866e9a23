"""The right to redeem, as it moves between phones, papers and outlets: accepted in one place, refused in all others."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from merchant_app.domain.kinds import ANY_OUTLET, OutletId
from merchant_app.domain.redemption import Standing
from merchant_app.server.services import holding, withdrawing
from merchant_app.server.services.holding import Held, NotHeld, NotHeldWhy, WantedHold
from merchant_app.server.services.issuing import Issued
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.journeys.world import HERE, THERE, TillInHand, World, open_world
from tests.till.made_till import bill

LI, WANG = 71, 72


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture
def here(world: World) -> TillInHand:
    return world.new_till(HERE)


@pytest.fixture
def there(world: World) -> TillInHand:
    return world.new_till(THERE)


def claimed(world: World) -> Issued:
    """A coupon in somebody's phone: no paper of it exists."""
    (issued,) = world.issue(ANY_OUTLET, on_paper=False)
    return issued


def ask_hold(world: World, coupon: Issued, outlet: OutletId, holder: int = LI) -> Held | NotHeld:
    wanted = WantedHold(world.campaign.campaign_id, coupon.serial, outlet, holder)
    given = holding.hold(world.central, wanted)
    assert isinstance(given, Held | NotHeld), given
    return given


def hold(world: World, coupon: Issued, outlet: OutletId, holder: int = LI) -> Held:
    given = ask_hold(world, coupon, outlet, holder)
    assert isinstance(given, Held), given
    return given


def refused(till: TillInHand, text: str) -> list[str]:
    answer = till.parts.redeeming.present(text, bill(bill_id=text[-20:]))
    assert isinstance(answer, NotRedeemed), answer
    return [reason.code for reason in answer.reasons]


def redeemed(till: TillInHand, text: str) -> Standing:
    answer = till.parts.redeeming.present(text, bill(bill_id=text[-20:]))
    assert isinstance(answer, Redeemed), answer
    till.parts.redeeming.shown(answer.redemption.redemption_id)
    return answer.standing


def test_a_hold_is_redeemed_where_it_names_and_nowhere_else(world: World, here: TillInHand, there: TillInHand) -> None:
    code = hold(world, claimed(world), HERE).code
    there.plug.pulled = True
    there.parts.line.down()
    assert refused(there, code)[0] == "wrong_outlet"
    here.plug.pulled = True
    assert redeemed(here, code) is Standing.PROVISIONAL


def test_while_it_runs_the_typed_number_is_refused_elsewhere(world: World, here: TillInHand, there: TillInHand) -> None:
    coupon = claimed(world)
    hold(world, coupon, HERE)
    assert refused(there, coupon.coupon_number) == ["held_elsewhere"]
    assert redeemed(here, coupon.coupon_number) is Standing.CONFIRMED


def test_while_one_holder_shows_it_no_friend_gets_it(world: World, here: TillInHand) -> None:
    coupon = claimed(world)
    hold(world, coupon, HERE)
    friend = ask_hold(world, coupon, HERE, WANG)
    assert isinstance(friend, NotHeld)
    assert friend.why is NotHeldWhy.HELD_BY_ANOTHER


def test_run_out_it_is_free_elsewhere_only_when_the_outlet_has_answered(
    world: World, here: TillInHand, there: TillInHand
) -> None:
    """The till there may have redeemed it offline: nobody knows before it has said so."""
    coupon = claimed(world)
    code = hold(world, coupon, HERE).code
    here.plug.pulled = True
    assert redeemed(here, code) is Standing.PROVISIONAL
    world.pass_by(minutes=30)
    waiting = ask_hold(world, coupon, THERE)
    assert isinstance(waiting, NotHeld)
    assert waiting.why is NotHeldWhy.WAITING_FOR_TILLS
    assert refused(there, coupon.coupon_number) == ["held_elsewhere"]
    here.plug.pulled = False
    assert here.parts.syncing.sync().trouble is None
    assert refused(there, coupon.coupon_number) == ["already_redeemed"]


def test_run_out_and_answered_for_it_moves_on(world: World, here: TillInHand, there: TillInHand) -> None:
    coupon = claimed(world)
    old = hold(world, coupon, HERE).code
    world.pass_by(minutes=30)
    assert here.parts.syncing.sync().trouble is None
    assert redeemed(there, hold(world, coupon, THERE).code) is Standing.CONFIRMED
    here.clock.set_wrong(here.clock.at - timedelta(minutes=29))
    here.plug.pulled = True
    here.parts.line.down()
    assert refused(here, old) == ["hold_expired"], "a clock set back brings nothing to life that was answered for"


def test_given_back_it_is_free_at_once_where_every_till_has_noted_it(
    world: World, here: TillInHand, there: TillInHand
) -> None:
    coupon = claimed(world)
    old = hold(world, coupon, HERE).code
    world.pass_by(seconds=5)
    withdrawing.give_back_hold(world.central, world.campaign.campaign_id, coupon.serial)
    assert isinstance(ask_hold(world, coupon, THERE), NotHeld)
    here.parts.syncing.sync()
    here.plug.pulled = True
    here.parts.line.down()
    assert refused(here, old) == ["hold_expired"]
    assert redeemed(there, hold(world, coupon, THERE).code) is Standing.CONFIRMED


def test_paper_taken_into_a_phone_is_refused_at_its_outlet(world: World, here: TillInHand) -> None:
    (coupon,) = world.issue(HERE)
    assert coupon.code is not None
    withdrawing.move_paper_into_wallet(world.central, world.campaign.campaign_id, coupon.serial)
    here.parts.syncing.sync()
    here.plug.pulled = True
    here.parts.line.down()
    assert refused(here, coupon.code) == ["in_wallet"]


def test_a_revoked_coupon_is_refused_offline_too(world: World, here: TillInHand) -> None:
    (coupon,) = world.issue(HERE)
    assert coupon.code is not None
    withdrawing.revoke_coupon(world.central, world.campaign.campaign_id, coupon.serial)
    here.parts.syncing.sync()
    here.plug.pulled = True
    here.parts.line.down()
    assert refused(here, coupon.code) == ["revoked"]
