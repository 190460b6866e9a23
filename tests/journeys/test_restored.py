"""The server was lost and comes back from a backup: what it had answered since then it gets again from the tills."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from merchant_app.cli.main import main
from merchant_app.domain.kinds import ANY_OUTLET
from merchant_app.domain.redemption import Standing
from merchant_app.server.db.tables import rows
from merchant_app.server.services.outlets import add_staff
from merchant_app.till.db import redemptions
from merchant_app.till.parts import check_ledger
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.journeys.test_enrolled_again import enrolled_again
from tests.journeys.world import HERE, THERE, TillInHand, World, open_world
from tests.till.made_till import bill


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as opened:
        yield opened


def back_up(world: World) -> Path:
    """While the server runs."""
    to = world.data_dir / "backup"
    assert main(["backup", "--output", str(to), "--data-dir", str(world.data_dir / "server")]) == 0
    return to


def lose_and_restore(world: World, backup: Path) -> None:
    """The machine is gone; a copy of the backup is the data of a new one."""
    world.stop_server()
    shutil.rmtree(world.data_dir / "server")
    shutil.copytree(backup, world.data_dir / "server")
    world.start_server()


def redeem(till: TillInHand, code: str) -> str:
    answer = till.parts.redeeming.present(code, bill(bill_id=code[-12:]))
    assert isinstance(answer, Redeemed), answer
    till.parts.redeeming.shown(answer.redemption.redemption_id)
    return answer.redemption.redemption_id


def standing(till: TillInHand, redemption_id: str) -> Standing:
    with till.parts.ledger.reading() as db:
        found = redemptions.find(db, redemption_id)
    assert found is not None
    return found.standing


def sync(till: TillInHand) -> None:
    report = till.parts.syncing.sync()
    assert report.trouble is None, report.trouble


def stored(world: World) -> int:
    with world.central.database.reading() as connection:
        return len(connection.scalars(select(rows.c.seq)).all())


def test_rows_that_it_had_answered_come_back_and_are_confirmed_again(world: World) -> None:
    till, codes = world.new_till(), [world.paper() for _ in range(6)]
    sold = [redeem(till, codes[0])]
    sync(till)
    backup = back_up(world)
    sold += [redeem(till, code) for code in codes[1:4]]
    sync(till)
    sold += [redeem(till, code) for code in codes[4:]]  # not pushed when the server is lost
    world.pass_by(minutes=5)
    before = stored(world)
    lose_and_restore(world, backup)
    assert stored(world) < before
    sync(till)
    assert till.parts.syncing.strip().waiting == 0
    assert [standing(till, each) for each in sold] == [Standing.CONFIRMED] * len(sold)
    assert check_ledger(till.data_dir).is_sound
    again = world.new_till(THERE)
    assert isinstance(again.parts.redeeming.present(codes[2], bill()), NotRedeemed)


def test_a_till_with_nothing_new_gives_its_rows_back_too(world: World) -> None:
    till, code = world.new_till(), world.paper()
    backup = back_up(world)
    sold = redeem(till, code)
    sync(till)
    before = stored(world)
    world.pass_by(minutes=5)
    lose_and_restore(world, backup)
    sync(till)
    assert stored(world) == before
    assert standing(till, sold) is Standing.CONFIRMED


def test_what_an_earlier_enrolment_wrote_comes_back_too(world: World) -> None:
    """The backup knows the new till, and nothing yet of its taking over the old one's rows."""
    till, codes = world.new_till(), [world.paper() for _ in range(3)]
    till.parts.line.down()
    sold = [redeem(till, code) for code in codes[:2]]
    again = enrolled_again(world, till)
    backup = back_up(world)
    sync(again)
    sold.append(redeem(again, codes[2]))
    sync(again)
    before = stored(world)
    world.pass_by(minutes=5)
    lose_and_restore(world, backup)
    sync(again)
    sync(again)
    assert stored(world) == before
    assert [standing(again, each) for each in sold] == [Standing.CONFIRMED] * 3
    assert again.parts.syncing.strip().waiting == 0
    assert check_ledger(again.data_dir).is_sound


def test_a_catalogue_that_had_changed_since_is_taken_over_again(world: World) -> None:
    """Its versions are higher than any that the tills have seen: an older catalogue they would refuse for ever."""
    till = world.new_till()
    backup = back_up(world)
    for name in ("Li", "Wang"):
        world.pass_by(minutes=1)
        add_staff(world.central, HERE, name, "cashier", "1234")
        sync(till)
    world.pass_by(minutes=5)
    lose_and_restore(world, backup)
    sync(till)
    assert till.parts.syncing.sync().trouble is None


def test_what_others_do_after_it_is_told_to_a_till_that_had_heard_more_before(world: World) -> None:
    one, other = world.new_till(), world.new_till(THERE)
    backup = back_up(world)
    for _ in range(3):
        redeem(one, world.paper(0))  # type: ignore[arg-type]
    sync(one)
    sync(other)
    world.pass_by(minutes=5)
    lose_and_restore(world, backup)
    sync(one)
    code = world.paper(ANY_OUTLET)
    redeem(one, code)
    sync(other)
    other.plug.pulled = True
    answer = other.parts.redeeming.present(code, bill())
    assert isinstance(answer, NotRedeemed)
    assert "already_redeemed" in {reason.code for reason in answer.reasons}


def test_what_was_lost_for_good_is_a_dispute_and_not_dropped(world: World) -> None:
    """A coupon that was issued after the backup is unknown now: its redemption is kept, and contested."""
    till = world.new_till()
    backup = back_up(world)
    sold = redeem(till, world.paper())
    sync(till)
    world.pass_by(minutes=5)
    lose_and_restore(world, backup)
    sync(till)
    assert standing(till, sold) is Standing.CONTESTED
    assert check_ledger(till.data_dir).is_sound
