"""The same coupon again: before anybody has seen its answer, for another bill, while an earlier yes is taken back.

A till that died between the server's yes and its own commit is made by asking the server beside it, as it would have.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.redemption import Intent, Redemption, Reversal, Standing
from merchant_app.errors import TillRevokedError
from merchant_app.server.db.redemptions import by_ids
from merchant_app.server.services import enrolling
from merchant_app.till.db import facts, intents, redemptions
from merchant_app.till.services.answers import Redeemed
from merchant_app.wire.redeeming import AskedCoupon, RedeemRequest
from tests.journeys.test_online_and_off import redeem, standing
from tests.journeys.world import TillInHand, World, open_world
from tests.till.made_till import bill


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    tenth_off = {"benefit": {"kind": "percent_off", "percent": 10, "cap_fen": 5000}, "min_spend_fen": 0}
    with open_world(tmp_path, offline={"mode": "open"}, offer=tenth_off) as opened:
        yield opened


def died_after_the_yes(till: TillInHand, code: str, fen: int) -> RedemptionId:
    """The id under which the server has said yes, and the till has nothing but the intent."""
    counter = till.parts.redeeming.counter
    redemption_id = counter.new_redemption_id()
    with counter.writing() as db:
        intents.open_one(db, Intent(redemption_id, "02", code, None, bill(fen, "first"), counter.clock.moment()))
        chain_id = facts.chain_id(db)
    request = RedeemRequest(
        bill_id="first",
        bill_fen=fen,
        cashier="02",
        coupons=[AskedCoupon(redemption_id=redemption_id, code=code)],
        chain_id=chain_id,
    )
    answer = till.parts.asking.ask(request)
    assert answer is not None
    assert answer.outcome == "confirmed"
    return redemption_id


def at_the_server(world: World, redemption: Redemption) -> tuple[int, int | None]:
    """The amount off and the bill, in fen, as the server has them."""
    with world.central.database.reading() as connection:
        (kept,) = by_ids(connection, [redemption.redemption_id])
    return kept.amount_off_fen, kept.bill_fen


def test_a_typed_number_entered_twice_is_one_redemption(world: World) -> None:
    """The second Enter comes before the first answer was painted: nothing is reversed, the same answer is shown."""
    till = world.new_till()
    (issued,) = world.issue(on_paper=False)
    first = till.parts.redeeming.present(issued.coupon_number, bill(10_000))
    again = till.parts.redeeming.present(issued.coupon_number, bill(10_000))
    assert isinstance(first, Redeemed)
    assert isinstance(again, Redeemed)
    assert again.redemption.redemption_id == first.redemption.redemption_id
    till.parts.redeeming.shown(first.redemption.redemption_id)
    assert till.parts.syncing.sync().trouble is None
    assert standing(till, first) is Standing.CONFIRMED


@pytest.mark.parametrize("reachable", [True, False], ids=["in reach", "out of reach"])
def test_an_intent_left_open_is_not_continued_with_another_bill(world: World, reachable: bool) -> None:
    """The server's stored answer is for the first bill: with another amount, till and server would disagree."""
    till = world.new_till()
    code = world.paper()
    died_after_the_yes(till, code, 10_000)
    till.plug.pulled = not reachable
    made = redeem(till, code, 30_000)
    assert (made.redemption.amount_off_fen, made.redemption.payable_fen) == (3_000, 27_000)
    till.plug.pulled = False
    till.parts.syncing.sync()
    assert till.parts.syncing.sync().trouble is None
    assert standing(till, made) is Standing.CONFIRMED
    assert at_the_server(world, made.redemption) == (3_000, 30_000)


def test_a_reversal_not_pushed_yet_goes_along_with_the_next_question(world: World) -> None:
    """The coupon was asked for, the yes was lost, and the till has taken it back: shown again, it is good."""
    till = world.new_till()
    code = world.paper()
    lost = died_after_the_yes(till, code, 10_000)
    counter = till.parts.redeeming.counter
    with counter.writing() as db:
        intents.reverse(db, Reversal(lost, "no answer", counter.clock.moment()))
    made = redeem(till, code, 10_000)
    assert made.standing is Standing.CONFIRMED


def test_a_till_that_is_told_it_was_revoked_does_not_go_on_without_an_answer(world: World) -> None:
    till = world.new_till()
    code = world.paper()
    assert enrolling.revoke(world.central, till.parts.redeeming.counter.till_id)
    with pytest.raises(TillRevokedError):
        till.parts.redeeming.present(code, bill(10_000))
    with till.parts.ledger.reading() as db:
        assert redemptions.latest(db, 1) == []
        assert intents.still_open(db) == []
    assert till.parts.syncing.strip().revoked


def test_too_many_wrong_numbers_do_not_put_the_till_out_of_reach(world: World) -> None:
    """Numbers have to wait then; scanned coupons are asked for as before."""
    till = world.new_till()
    for _ in range(25):
        till.parts.redeeming.present("7992739871300008", bill(10_000))
    assert till.parts.line.online
    assert redeem(till, world.paper(), 10_000).standing is Standing.CONFIRMED
