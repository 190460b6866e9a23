"""Calls run one after another on their own thread; results come back to this one, exceptions as values."""

import threading

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from merchant_app.errors import UnreachableError
from merchant_app.till.workers.errands import Done, Errands, Failed, Outcome


class Receiver(QObject):
    """Takes outcomes and notes on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.outcomes: list[Outcome[object]] = []
        self.threads: set[int] = set()

    def take(self, outcome: Outcome[object]) -> None:
        self.outcomes.append(outcome)
        self.threads.add(threading.get_ident())


def test_results_come_back_in_order_on_the_thread_that_asked(qtbot: QtBot) -> None:
    errands, receiver = Errands("test"), Receiver()
    ran_on: list[int] = []
    for number in range(5):
        errands.run(lambda n=number: ran_on.append(threading.get_ident()) or n, receiver.take)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(receiver.outcomes) == 5)
    assert receiver.outcomes == [Done(number) for number in range(5)]
    assert receiver.threads == {threading.get_ident()}
    assert len(set(ran_on)) == 1
    assert threading.get_ident() not in ran_on
    assert errands.close()


def test_an_exception_is_a_value_and_the_next_call_runs(qtbot: QtBot) -> None:
    errands, receiver = Errands("test"), Receiver()
    trouble = UnreachableError("no answer")

    def fail() -> None:
        raise trouble

    errands.run(fail, receiver.take)
    errands.run(lambda: "after", receiver.take)
    qtbot.waitUntil(lambda: len(receiver.outcomes) == 2)
    assert receiver.outcomes == [Failed(trouble), Done("after")]
    assert errands.close()


def test_what_is_queued_is_finished_before_it_closes_and_its_results_come_no_more(qtbot: QtBot) -> None:
    errands, receiver = Errands("test"), Receiver()
    let_go, done = threading.Event(), []
    errands.run(let_go.wait, receiver.take)
    errands.run(lambda: done.append("queued"), receiver.take)
    threading.Timer(0, let_go.set).start()
    assert errands.close(last=lambda: done.append("last"))
    assert done == ["queued", "last"]
    errands.run(lambda: done.append("too late"), receiver.take)
    assert receiver.outcomes == []
    assert done == ["queued", "last"]


def test_a_call_that_hangs_does_not_keep_the_program_from_closing(qtbot: QtBot) -> None:
    errands, hangs = Errands("test"), threading.Event()
    errands.run(hangs.wait, Receiver().take)
    assert not errands.close(within_s=0.05)
    hangs.set()
    assert errands.close()


def test_a_result_whose_receiver_is_gone_is_dropped(qtbot: QtBot) -> None:
    from shiboken6 import delete

    errands, gone, here = Errands("test"), Receiver(), Receiver()
    let_go = threading.Event()
    errands.run(let_go.wait, gone.take)
    errands.run(lambda: 2, here.take)
    delete(gone)
    let_go.set()
    qtbot.waitUntil(lambda: here.outcomes == [Done(2)])
    assert gone.outcomes == []
    assert errands.close()
