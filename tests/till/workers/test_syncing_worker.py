"""Syncs follow one another, never two at once, when asked for and when due; redeeming never waits for one."""

import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from merchant_app.till.services.answers import Redeemed, SyncReport
from merchant_app.till.services.syncing import Syncing
from merchant_app.till.workers.errands import Errands
from merchant_app.till.workers.redeeming import RedeemingWorker
from merchant_app.till.workers.syncing import SyncingWorker
from tests.till.made_till import MadeTill, bearer, bill, document, make_till

WAIT_MS = 10_000


@pytest.fixture
def till(tmp_path: Path) -> MadeTill:
    made = make_till(tmp_path, catalogue_of=[document()])
    made.plug.pulled = True
    return made


def test_a_sync_that_fails_is_reported_and_the_next_one_is_planned(qtbot: QtBot, till: MadeTill) -> None:
    errands = Errands("syncing")
    worker = SyncingWorker(errands, till.parts.syncing, till.parts.clock.now)
    with qtbot.waitSignal(worker.synced, timeout=WAIT_MS) as reported:
        worker.start()
    assert reported.args is not None
    assert isinstance(reported.args[0], SyncReport)
    assert reported.args[0].trouble is not None
    qtbot.waitUntil(lambda: worker.is_planned, timeout=WAIT_MS)
    till.clock.pass_by(hours=2)
    with qtbot.waitSignal(worker.synced, timeout=WAIT_MS):
        worker.look_at_plan()
    worker.stop()
    assert errands.close(last=till.parts.close)


class Slow:
    """A way to the server that answers when the test lets it; it counts how many are in it at once."""

    def __init__(self, real: Syncing) -> None:
        self._real = real
        self.let_go = threading.Event()
        self.entered = threading.Event()
        self.inside = self.most = self.times = 0

    def sync(self) -> SyncReport:
        self.inside += 1
        self.times += 1
        self.most = max(self.most, self.inside)
        self.entered.set()
        self.let_go.wait()
        self.inside -= 1
        return self._real.sync()

    def next_due(self) -> object:
        return self._real.next_due()


def test_a_coupon_is_redeemed_while_a_sync_waits_for_the_network(qtbot: QtBot, till: MadeTill) -> None:
    parts, slow = till.parts, Slow(till.parts.syncing)
    syncing_errands, redeeming_errands = Errands("syncing"), Errands("redeeming")
    syncing = SyncingWorker(syncing_errands, slow, parts.clock.now)  # type: ignore[arg-type]
    redeeming = RedeemingWorker(redeeming_errands, parts.redeeming, parts.voiding, parts.recovering)
    syncing.start()
    qtbot.waitUntil(slow.entered.is_set, timeout=WAIT_MS)
    with qtbot.waitSignal(redeeming.answered, timeout=WAIT_MS) as answered:
        redeeming.present(bearer(), bill(), redeem=True)
    assert answered.args is not None
    assert isinstance(answered.args[0], Redeemed)
    assert slow.inside == 1
    slow.let_go.set()
    syncing.stop()
    assert syncing_errands.close()
    assert redeeming_errands.close(last=parts.close)


def test_asked_for_twice_while_one_runs_it_follows_once(qtbot: QtBot, till: MadeTill) -> None:
    slow, errands = Slow(till.parts.syncing), Errands("syncing")
    worker = SyncingWorker(errands, slow, till.parts.clock.now)  # type: ignore[arg-type]
    worker.start()
    qtbot.waitUntil(slow.entered.is_set, timeout=WAIT_MS)
    worker.sync_now()
    worker.sync_soon()
    slow.let_go.set()
    qtbot.waitUntil(lambda: slow.times == 2 and worker.is_planned, timeout=WAIT_MS)
    assert slow.most == 1
    assert slow.times == 2
    worker.stop()
    assert errands.close(last=till.parts.close)
