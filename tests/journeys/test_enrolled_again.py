"""A till whose private key is gone is enrolled again over the ledger that it has: nothing of it is left behind."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from merchant_app.domain.kinds import ANY_OUTLET, OutletId, TillId
from merchant_app.domain.redemption import Standing
from merchant_app.errors import UnreachableError
from merchant_app.server.db.tables import redemptions
from merchant_app.server.services import enrolling
from merchant_app.till import opening
from merchant_app.till.db import state
from merchant_app.till.parts import Outside, open_ledger
from merchant_app.till.services.answers import Redeemed
from merchant_app.till.services.enrolling import Enrolling
from tests.fakes import Plug
from tests.journeys.test_online_and_off import redeem, refused, standing
from tests.journeys.world import HERE, THERE, TillInHand, World, open_world


@pytest.fixture
def world(tmp_path: Path, database: str | None) -> Iterator[World]:
    with open_world(tmp_path, database=database, offline={"mode": "open"}) as opened:
        yield opened


def enrolled_again(world: World, till: TillInHand, outlet_id: OutletId = HERE) -> TillInHand:
    """By a new invitation, after its key was lost. It has not synced yet."""
    till.parts.close()
    (till.data_dir / "till.key").unlink()
    ledger = open_ledger(till.data_dir)
    enrol = Enrolling(ledger, new_id=Outside().new_id, session=till.plug.session())
    assert enrol.identity() is None
    invited = enrolling.invite(world.central, outlet_id, world.server.url)
    assert invited is not None
    enrol.enrol(None, invited[0].as_qr_text(), "till")
    ledger.close()
    again = till.start_again()
    world.tills[world.tills.index(till)] = again
    return again


def enrolled_and_synced(world: World, till: TillInHand, outlet_id: OutletId) -> TillInHand:
    again = enrolled_again(world, till, outlet_id)
    assert again.parts.syncing.sync().trouble is None
    return again


def redeemed_offline(world: World, till: TillInHand, count: int) -> list[Redeemed]:
    """So many that the server has not heard of."""
    till.plug.pulled = True
    till.parts.line.down()
    made = [redeem(till, world.paper()) for _ in range(count)]
    till.plug.pulled = False
    return made


def again_id(till: TillInHand) -> TillId:
    with till.parts.ledger.reading() as db:
        return TillId(state.get(db, state.TILL_ID) or "")


def stored_at(world: World) -> list[str]:
    """Every redemption that the server has, by its id."""
    with world.central.database.reading() as connection:
        return sorted(connection.scalars(select(redemptions.c.redemption_id)))


def test_an_invitation_whose_answer_was_lost_is_good_for_the_same_till(world: World, tmp_path: Path) -> None:
    """The server has enrolled it and nobody heard: the same invitation gives the same till, and no second one."""
    plug, ledger = Plug(lose_answers=True), open_ledger(tmp_path / "till-new")
    enrol = Enrolling(ledger, new_id=Outside().new_id, session=plug.session())
    invited = enrolling.invite(world.central, HERE, world.server.url)
    assert invited is not None
    with pytest.raises(UnreachableError):
        enrol.enrol(None, invited[0].as_qr_text(), "till")
    assert enrol.identity() is None
    plug.lose_answers = False
    identity = enrol.enrol(None, invited[0].as_qr_text(), "till")
    assert [till.till_id for till in enrolling.tills_known(world.central)] == [identity.till_id]
    ledger.close()


@pytest.mark.parametrize("outlet_id", [HERE, THERE])
def test_its_new_chain_is_pushed_from_the_first_row(world: World, outlet_id: OutletId) -> None:
    till = world.new_till()
    for _ in range(3):
        redeem(till, world.paper())
    till.parts.syncing.sync()
    again = enrolled_and_synced(world, till, outlet_id)
    again.plug.pulled = True
    again.parts.line.down()
    made = redeem(again, world.paper(outlet_id))
    assert again.parts.syncing.strip().waiting == 1
    again.plug.pulled = False
    assert again.parts.syncing.sync().trouble is None
    assert again.parts.syncing.strip().waiting == 0
    assert standing(again, made) is Standing.CONFIRMED


def test_what_it_redeemed_before_stays_redeemed(world: World) -> None:
    till = world.new_till()
    code = world.paper(ANY_OUTLET)
    redeem(till, code)
    till.parts.syncing.sync()
    again = enrolled_and_synced(world, till, THERE)
    again.parts.line.down()
    assert refused(again, code)[0] == "already_redeemed"


def test_it_hears_what_others_redeemed_before(world: World) -> None:
    """The other outlet's news begin before the place up to which this till had read its own."""
    till, other = world.new_till(), world.new_till(THERE)
    code = world.paper(THERE)
    redeem(other, code)
    other.parts.syncing.sync()
    till.parts.syncing.sync()
    again = enrolled_and_synced(world, till, THERE)
    again.parts.line.down()
    assert refused(again, code)[0] == "already_redeemed"


def test_what_was_not_pushed_before_is_counted_pushed_and_confirmed(world: World) -> None:
    till = world.new_till()
    redeem(till, world.paper())
    till.parts.syncing.sync()
    made = redeemed_offline(world, till, 3)
    again = enrolled_again(world, till)
    assert again.parts.syncing.strip().waiting == 3
    assert again.parts.syncing.strip().oldest_waiting_at is not None
    assert again.parts.syncing.sync().pushed == 3
    assert [standing(again, each) for each in made] == [Standing.CONFIRMED] * 3
    assert again.parts.syncing.strip().waiting == 0
    assert [each.answered_by for each in enrolling.tills_known(world.central)] == [again_id(again), None]


def test_wherever_an_answer_is_lost_on_the_way_the_end_is_the_same(world: World) -> None:
    """Of all the requests that the first sync makes, each loses its answer once; nothing is lost or doubled."""
    lost_at = 0
    while True:
        lost_at += 1
        till, before = world.new_till(), stored_at(world)
        made = redeemed_offline(world, till, 2)
        again = enrolled_again(world, till)
        again.plug.lose_at = lost_at
        if again.parts.syncing.sync().trouble is None:
            break
        again.plug.lose_at = None
        again = again.restart()
        world.tills[-1] = again
        assert again.parts.syncing.sync().trouble is None
        assert [standing(again, each) for each in made] == [Standing.CONFIRMED] * 2
        assert stored_at(world) == sorted([*before, *(each.redemption.redemption_id for each in made)])
        assert again.parts.syncing.strip().waiting == 0
    assert lost_at > 8


def test_what_cannot_be_sent_from_another_outlet_is_set_aside_and_goes_up_from_the_first_one(world: World) -> None:
    till = world.new_till()
    made = redeemed_offline(world, till, 2)
    there = enrolled_and_synced(world, till, THERE)
    strip = there.parts.syncing.strip()
    assert (strip.waiting, strip.parked) == (0, 2)
    assert {row.outcome for row in there.parts.looking.parked()} == {"left_behind"}
    here = enrolled_and_synced(world, there, HERE)
    assert [standing(here, each) for each in made] == [Standing.CONFIRMED] * 2
    assert here.parts.syncing.strip().parked == 0


def test_a_revoked_till_whose_rows_are_up_opens_for_a_new_invitation(world: World) -> None:
    till = world.new_till()
    enrolling.revoke(world.central, again_id(till))
    redeemed_offline(world, till, 1)
    till.parts.syncing.sync()
    till.parts.close()
    opened = opening.open_till(till.data_dir, Outside(session=till.plug.session()), lambda: "02")
    assert isinstance(opened, opening.Unenrolled)
    opened.ledger.close()
    world.tills.remove(till)
