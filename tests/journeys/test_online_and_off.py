"""Whole stories of a till and its server: in reach, out of reach, and back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from merchant_app.domain.kinds import ANY_OUTLET
from merchant_app.domain.redemption import Standing
from merchant_app.server.services.enrolling import tills_known
from merchant_app.till.db import catalogue, redemptions
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from merchant_app.version import program_version
from tests.journeys.world import TillInHand, World, open_world
from tests.till.made_till import bill


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path, offline={"mode": "open"}) as opened:
        yield opened


def redeem(till: TillInHand, text: str, fen: int = 12_800) -> Redeemed:
    answer = till.parts.redeeming.present(text, bill(fen, bill_id=text[-20:]))
    assert isinstance(answer, Redeemed), answer
    till.parts.redeeming.shown(answer.redemption.redemption_id)
    return answer


def refused(till: TillInHand, text: str, fen: int = 12_800) -> list[str]:
    answer = till.parts.redeeming.present(text, bill(fen, bill_id=text[-20:]))
    assert isinstance(answer, NotRedeemed), answer
    return [reason.code for reason in answer.reasons]


def standing(till: TillInHand, made: Redeemed) -> Standing:
    with till.parts.ledger.reading() as db:
        stored = redemptions.find(db, made.redemption.redemption_id)
    assert stored is not None
    return stored.standing


def test_in_reach_the_server_confirms_before_the_screen_says_yes(world: World) -> None:
    till = world.new_till()
    made = redeem(till, world.paper())
    assert made.standing is Standing.CONFIRMED
    assert till.parts.syncing.sync().trouble is None
    assert till.parts.syncing.strip().waiting == 0
    assert standing(till, made) is Standing.CONFIRMED


def test_out_of_reach_it_is_provisional_and_confirmed_later(world: World) -> None:
    till = world.new_till()
    code = world.paper()
    till.plug.pulled = True
    made = redeem(till, code)
    assert made.standing is Standing.PROVISIONAL
    assert till.parts.syncing.sync().trouble is not None
    assert not till.parts.line.online
    till.plug.pulled = False
    assert till.parts.syncing.sync().trouble is None
    assert standing(till, made) is Standing.CONFIRMED


def test_the_server_stops_mid_way_and_nothing_is_doubled(world: World) -> None:
    till = world.new_till()
    codes = [world.paper() for _ in range(4)]
    first = redeem(till, codes[0])
    world.stop_server()
    later = [redeem(till, code) for code in codes[1:]]
    world.start_server()
    assert till.parts.syncing.sync().trouble is None
    assert [standing(till, made) for made in [first, *later]] == [Standing.CONFIRMED] * 4


def test_a_lost_answer_is_a_repeat_and_no_double(world: World) -> None:
    """The server said yes, nobody heard it; the till went on alone, under the same id."""
    till = world.new_till()
    code = world.paper()
    till.plug.lose_answers = True
    made = redeem(till, code)
    assert made.standing is Standing.PROVISIONAL
    till.plug.lose_answers = False
    assert till.parts.syncing.sync().trouble is None
    assert standing(till, made) is Standing.CONFIRMED


def test_the_server_knows_how_each_till_is(world: World) -> None:
    till = world.new_till()
    till.clock.at += timedelta(minutes=7)
    redeem(till, world.paper())
    till.parts.syncing.sync()
    (known,) = tills_known(world.central)
    assert (known.version, known.waiting, known.clock_ahead_ms) == (program_version(), 0, 7 * 60_000)
    with till.parts.ledger.reading() as db:
        assert known.catalogue_version == catalogue.parts(db)[catalogue.SNAPSHOT].version
    assert known.catalogue_at == known.reported_at == world.clock.at


def test_two_tills_that_cannot_hear_each_other(world: World) -> None:
    """The honest limit: both accept, one is confirmed, the other is a dispute, and nothing is dropped."""
    one, other = world.new_till(), world.new_till()
    code = world.paper(ANY_OUTLET)
    one.plug.pulled = other.plug.pulled = True
    by_one, by_other = redeem(one, code), redeem(other, code)
    one.plug.pulled = other.plug.pulled = False
    for till in (one, other):
        assert till.parts.syncing.sync().trouble is None
    assert standing(one, by_one) is Standing.CONFIRMED
    assert standing(other, by_other) is Standing.CONTESTED
    assert other.parts.syncing.strip().contested == 1


def test_what_another_till_redeemed_is_known_here_after_a_sync(world: World) -> None:
    one, other = world.new_till(), world.new_till()
    code = world.paper(ANY_OUTLET)
    redeem(one, code)
    other.parts.syncing.sync()
    other.plug.pulled = True
    other.parts.line.down()
    assert refused(other, code) == ["already_redeemed"]


def test_a_typed_number_needs_the_server(world: World) -> None:
    till = world.new_till()
    (issued,) = world.issue()
    till.parts.line.down()
    assert refused(till, issued.coupon_number) == ["offline_not_allowed"]
    till.parts.line.up()
    assert redeem(till, issued.coupon_number).standing is Standing.CONFIRMED
    assert refused(till, issued.code or "") == ["already_redeemed"]


def test_the_servers_own_no_is_said_with_its_reason(world: World) -> None:
    """This till has not heard yet that the coupon is spent; the server has."""
    one, other = world.new_till(), world.new_till()
    code = world.paper(ANY_OUTLET)
    redeem(one, code)
    assert refused(other, code) == ["already_redeemed"]
    assert other.parts.syncing.sync().trouble is None


def test_an_undo_frees_the_coupon_everywhere_once_it_is_pushed(world: World) -> None:
    one, other = world.new_till(), world.new_till()
    code = world.paper(ANY_OUTLET)
    made = redeem(one, code)
    one.parts.voiding.undo(made.redemption.redemption_id, "typed the wrong bill")
    assert one.parts.syncing.sync().trouble is None
    other.parts.syncing.sync()
    assert redeem(other, code).standing is Standing.CONFIRMED
