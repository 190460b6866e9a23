"""A till whose private key is gone is enrolled again over the ledger that it has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_app.domain.kinds import ANY_OUTLET, OutletId
from merchant_app.domain.redemption import Standing
from merchant_app.errors import UnreachableError
from merchant_app.server.services import enrolling
from merchant_app.till.parts import Outside, open_ledger
from merchant_app.till.services.enrolling import Enrolling
from tests.fakes import Plug
from tests.journeys.test_online_and_off import redeem, refused, standing
from tests.journeys.world import HERE, THERE, TillInHand, World, open_world


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path, offline={"mode": "open"}) as opened:
        yield opened


def enrolled_again(world: World, till: TillInHand, outlet_id: OutletId) -> TillInHand:
    """By a new invitation, after its key was lost."""
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
    assert again.parts.syncing.sync().trouble is None
    return again


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
    again = enrolled_again(world, till, outlet_id)
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
    again = enrolled_again(world, till, THERE)
    again.parts.line.down()
    assert refused(again, code)[0] == "already_redeemed"


def test_it_hears_what_others_redeemed_before(world: World) -> None:
    """The other outlet's news begin before the place up to which this till had read its own."""
    till, other = world.new_till(), world.new_till(THERE)
    code = world.paper(THERE)
    redeem(other, code)
    other.parts.syncing.sync()
    till.parts.syncing.sync()
    again = enrolled_again(world, till, THERE)
    again.parts.line.down()
    assert refused(again, code)[0] == "already_redeemed"
