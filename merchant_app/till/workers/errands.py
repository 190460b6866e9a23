"""One small runner between threads and the screen.

Calls run one after another on a named thread of their own, and their results come back to the thread that this
object lives on. Exceptions come back as values.
"""

import logging
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeAlias, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from merchant_app.errors import MerchantAppError

T = TypeVar("T")
Given_co = TypeVar("Given_co", covariant=True)
ENDS_WITHIN_S = 2.0

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Done(Generic[Given_co]):
    """What the call gave."""

    value: Given_co


@dataclass(frozen=True, slots=True)
class Failed:
    """What the call raised."""

    error: Exception


Outcome: TypeAlias = Done[T] | Failed
_Task: TypeAlias = tuple[Callable[[], Any], Callable[[Any], None]]


class Errands(QObject):
    """Give `then` a bound method of a QObject: a result whose receiver is gone is dropped."""

    _brought = Signal(object, object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tasks: queue.SimpleQueue[_Task | None] = queue.SimpleQueue()
        self._is_closed = False
        self._brought.connect(self._on_brought, Qt.ConnectionType.QueuedConnection)
        # A daemon: a call that hangs in a device or the network must not keep the program from ending.
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)
        self._thread.start()

    def run(self, task: Callable[[], T], then: Callable[[Outcome[T]], None]) -> None:
        """Queue `task` for the thread; `then` gets its outcome here. Nothing runs after `close`."""
        if not self._is_closed:
            self._tasks.put((task, then))

    def close(self, last: Callable[[], None] | None = None, within_s: float = ENDS_WITHIN_S) -> bool:
        """Finish what is queued, then `last`, and end; results come no more. False if that took too long."""
        if not self._is_closed:
            self._is_closed = True
            if last is not None:
                self._tasks.put((last, _nobody))
            self._tasks.put(None)
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while (task := self._tasks.get()) is not None:
            call, then = task
            outcome: Outcome[Any]
            try:
                outcome = Done(call())
            except Exception as error:
                unexpected = None if isinstance(error, MerchantAppError) else error
                _log.info("%s: %s: %s", self._thread.name, type(error).__name__, error, exc_info=unexpected)
                outcome = Failed(error)
            if not self._is_closed:
                self._brought.emit(then, outcome)

    def _on_brought(self, then: Callable[[Any], None], outcome: Any) -> None:
        receiver = getattr(then, "__self__", None)
        if self._is_closed or (isinstance(receiver, QObject) and not isValid(receiver)):
            return
        then(outcome)


def _nobody(_: object) -> None:
    """Takes a result that nobody waits for."""
