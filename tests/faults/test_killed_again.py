"""`kill -9` around an enrolment over an old ledger: what was not pushed goes up once, and a lost yes is found."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_app.domain.redemption import Standing
from merchant_app.till.parts import check_ledger
from merchant_app.till.services.answers import NotRedeemed
from tests.faults.test_killed import ROOT, kill_when
from tests.journeys.test_enrolled_again import enrolled_again, redeemed_offline, stored_at
from tests.journeys.test_online_and_off import standing
from tests.journeys.world import World, open_world
from tests.till.made_till import bill


@pytest.fixture
def world(tmp_path: Path, database: str | None) -> Iterator[World]:
    with open_world(tmp_path, database=database) as opened:
        yield opened


def kill_at(folder: Path, path: str, count: int) -> None:
    """Lets a till sync until so many answers have come from a path, and kills it there."""
    command = [sys.executable, "-m", "tests.faults.dying_adopter", str(folder), path, str(count)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "heard"
        os.kill(process.pid, signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL


@pytest.mark.parametrize(("path", "count"), [("/api/chains", 1), ("/api/chains", 2), ("/api/facts", 1)])
def test_killed_while_it_adopts_it_goes_on_where_it_was(world: World, path: str, count: int) -> None:
    till = world.new_till()
    redeemed_offline(world, till, 1)
    till.parts.syncing.sync()
    made = redeemed_offline(world, till, 2)
    again = enrolled_again(world, till)
    again.parts.close()
    kill_at(again.data_dir, path, count)
    back = again.start_again()
    world.tills[-1] = back
    assert back.parts.syncing.sync().trouble is None
    assert [standing(back, each) for each in made] == [Standing.CONFIRMED] * 2
    assert len(stored_at(world)) == 3
    assert back.parts.syncing.strip().waiting == 0
    assert check_ledger(back.data_dir).is_sound


@pytest.mark.parametrize("given", [True, False])
def test_a_yes_that_was_lost_is_found_by_the_enrolment_after_it(world: World, *, given: bool) -> None:
    """The intent is of the old chain, the yes was said to the old till, and the cashier is asked about it."""
    till, code = world.new_till(), world.paper()
    till.parts.close()
    kill_when("after_yes", till.data_dir, code)
    back = till.start_again()
    world.tills[-1] = back
    again = enrolled_again(world, back)
    again.parts.line.up()
    assert again.parts.recovering.unfinished() == [], "not before the old chain is adopted"
    assert again.parts.syncing.sync().trouble is None
    (unfinished,) = again.parts.recovering.unfinished()
    again.parts.recovering.settle(unfinished.redemption_id, given=given)
    assert again.parts.syncing.sync().trouble is None
    assert stored_at(world) == [unfinished.redemption_id]
    assert again.parts.syncing.strip().contested == again.parts.syncing.strip().parked == 0
    answer = again.parts.redeeming.present(code, bill(bill_id="next"))
    assert isinstance(answer, NotRedeemed) is given
