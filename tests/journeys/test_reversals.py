"""A redemption that was asked for and did not take place here: whatever the server says late is taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_app.domain.kinds import ANY_OUTLET
from merchant_app.domain.redemption import Standing
from merchant_app.till.db import redemptions
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.journeys.world import TillInHand, World, open_world
from tests.till.made_till import bill


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Offline, this campaign takes only coupons that name the outlet: any-outlet ones are refused without an answer."""
    with open_world(tmp_path) as opened:
        yield opened


def present(till: TillInHand, text: str) -> Redeemed | NotRedeemed:
    answer = till.parts.redeeming.present(text, bill(bill_id=text[-20:]))
    assert isinstance(answer, Redeemed | NotRedeemed)
    return answer


def test_a_yes_that_nobody_heard_is_taken_back(world: World) -> None:
    one, other = world.new_till(), world.new_till()
    code = world.paper(ANY_OUTLET)
    one.plug.lose_answers = True
    assert isinstance(present(one, code), NotRedeemed)
    assert isinstance(present(other, code), NotRedeemed), "the server holds it as redeemed until it hears the reversal"
    one.plug.lose_answers = False
    assert one.parts.syncing.sync().trouble is None
    other.parts.syncing.sync()
    assert isinstance(present(other, code), Redeemed)


def test_a_question_that_arrives_after_its_reversal_is_no_yes(world: World) -> None:
    one, other = world.new_till(), world.new_till()
    code = world.paper(ANY_OUTLET)
    one.plug.hold_back = True
    assert isinstance(present(one, code), NotRedeemed)
    one.plug.hold_back = False
    question = one.plug.held_back
    assert one.parts.syncing.sync().trouble is None
    one.plug.held_back = question[:1]
    one.plug.deliver()
    assert isinstance(present(other, code), Redeemed)


def test_a_question_that_arrives_after_the_redemption_is_a_repeat(world: World) -> None:
    till = world.new_till()
    code = world.paper()
    till.plug.hold_back = True
    made = present(till, code)
    assert isinstance(made, Redeemed)
    assert made.standing is Standing.PROVISIONAL
    till.plug.hold_back = False
    assert till.parts.syncing.sync().trouble is None
    till.plug.deliver()
    till.parts.syncing.sync()
    with till.parts.ledger.reading() as db:
        stored = redemptions.find(db, made.redemption.redemption_id)
    assert stored is not None
    assert stored.standing is Standing.CONFIRMED


def test_the_same_coupon_asked_for_again_goes_on_under_its_id(world: World) -> None:
    """The till died after asking; the cashier scans again after the restart, and one use is spent."""
    till = world.new_till()
    code = world.paper()
    till.parts.asking.ask = _dies  # type: ignore[method-assign, assignment]
    with pytest.raises(_PowerCut):
        present(till, code)
    again = till.restart()
    world.tills[0] = again
    again.parts.line.up()
    made = present(again, code)
    assert isinstance(made, Redeemed)
    assert not isinstance(made, NotRedeemed)
    with again.parts.ledger.reading() as db:
        intents = db.conn.execute("SELECT fact_id FROM fact WHERE kind = 'intent'").fetchall()
    assert intents == [(made.redemption.redemption_id,)]


class _PowerCut(BaseException):
    pass


def _dies(_request: object) -> None:
    raise _PowerCut
