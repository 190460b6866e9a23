"""`kill -9` at the two worst moments: nothing acknowledged is lost, nothing is spent without the cashier being told."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_app.domain.redemption import Standing
from merchant_app.till.db import redemptions
from merchant_app.till.parts import check_ledger
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.journeys.world import TillInHand, World, open_world
from tests.till.made_till import bill

ROOT = Path(__file__).parents[2]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture
def till(world: World) -> TillInHand:
    """Enrolled, synced, and closed: its folder is ready for another process."""
    made = world.new_till()
    made.parts.close()
    world.tills.clear()
    return made


def kill_when(word: str, folder: Path, code: str) -> None:
    """Runs a till up to this moment and kills it there."""
    command = [sys.executable, "-m", "tests.faults.dying_till", str(folder), code, word]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == word
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


def start(world: World, till: TillInHand) -> TillInHand:
    again = till.start_again()
    world.tills.append(again)
    return again


def test_right_after_green_nothing_is_lost(world: World, till: TillInHand) -> None:
    code = world.paper()
    kill_when("after_green", till.data_dir, code)
    assert check_ledger(till.data_dir).is_sound
    again = start(world, till)
    (unfinished,) = again.parts.recovering.unfinished()
    again.parts.recovering.settle(unfinished.redemption_id, given=True)
    assert again.parts.syncing.sync().trouble is None
    with again.parts.ledger.reading() as db:
        stored = redemptions.find(db, unfinished.redemption_id)
    assert stored is not None
    assert stored.standing is Standing.CONFIRMED
    assert again.parts.recovering.unfinished() == []


def test_between_yes_and_green_the_cashier_is_asked(world: World, till: TillInHand) -> None:
    code = world.paper()
    kill_when("after_yes", till.data_dir, code)
    again = start(world, till)
    again.parts.syncing.sync()
    (unfinished,) = again.parts.recovering.unfinished()
    assert (unfinished.amount_off_fen, unfinished.bill_fen) == (2000, 12_800)
    again.parts.recovering.settle(unfinished.redemption_id, given=True)
    answer = again.parts.redeeming.present(code, bill(bill_id="next"))
    assert isinstance(answer, NotRedeemed)
    assert [reason.code for reason in answer.reasons] == ["already_redeemed"]


def test_what_was_not_given_is_taken_back_and_free_again(world: World, till: TillInHand) -> None:
    code = world.paper()
    kill_when("after_yes", till.data_dir, code)
    again = start(world, till)
    again.parts.syncing.sync()
    (unfinished,) = again.parts.recovering.unfinished()
    again.parts.recovering.settle(unfinished.redemption_id, given=False)
    assert isinstance(again.parts.redeeming.present(code, bill(bill_id="next")), Redeemed)
    assert again.parts.syncing.sync().trouble is None
    assert check_ledger(till.data_dir).is_sound


def test_offline_after_the_crash_scanning_again_goes_on(world: World, till: TillInHand) -> None:
    """The server is away when the till comes back: the coupon is accepted here, under the id the server knows."""
    code = world.paper()
    kill_when("after_yes", till.data_dir, code)
    world.stop_server()
    again = start(world, till)
    assert again.parts.recovering.unfinished() == []
    answer = again.parts.redeeming.present(code, bill(bill_id="next"))
    world.start_server()
    assert isinstance(answer, Redeemed)
    assert again.parts.syncing.sync().trouble is None
    with again.parts.ledger.reading() as db:
        stored = redemptions.find(db, answer.redemption.redemption_id)
    assert stored is not None
    assert stored.standing is Standing.CONFIRMED
