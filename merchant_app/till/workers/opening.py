"""Opening the till beside the window: its ledger, its identity, its parts; or enrolling one that has no server yet."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from merchant_app.till.workers.errands import Errands, Failed, Outcome

if TYPE_CHECKING:  # imported on the worker: it takes longer than everything else at the start
    from merchant_app.till.opening import Unenrolled
    from merchant_app.till.parts import Outside, Parts


class OpeningWorker(QObject):
    """`outside` None stands for the real clock, randomness and network."""

    opened = Signal(object)
    """The Parts of an enrolled till."""
    unenrolled = Signal()
    unopened = Signal(object)
    """The Exception for which the ledger cannot be used."""
    not_enrolled = Signal(object)
    """The Exception for which an invitation was not taken; it can be tried again."""

    def __init__(self, errands: Errands, data_dir: Path, outside: Outside | None, cashier: Callable[[], str]) -> None:
        super().__init__()
        self._errands, self._data_dir, self._outside, self._cashier = errands, data_dir, outside, cashier
        self._unenrolled: Unenrolled | None = None
        self._parts: Parts | None = None

    def outside(self) -> Outside:
        from merchant_app.till.parts import Outside

        self._outside = self._outside or Outside()
        return self._outside

    def open(self) -> None:
        def open_till() -> Parts | Unenrolled:
            from merchant_app.till.opening import open_till

            found = open_till(self._data_dir, self.outside(), self._cashier)
            return self._keep(found)

        self._errands.run(open_till, self._on_opened)

    def enrol(self, server: str, invitation: str, name: str, *, plain_http: bool) -> None:
        """`server` may be empty where the invitation was scanned and names it."""

        def enrol() -> Parts:
            from merchant_app.till.opening import enrol_till

            assert self._unenrolled is not None
            self._parts = enrol_till(
                self._unenrolled, self.outside(), self._cashier, server, invitation, name, plain_http=plain_http
            )
            return self._parts

        self._errands.run(enrol, self._on_enrolled)

    def let_go(self) -> None:
        """On the worker, where nobody took over what was opened: close it."""
        if self._parts is not None:
            self._parts.close()
        elif self._unenrolled is not None:
            self._unenrolled.ledger.close()

    def _keep(self, found: Parts | Unenrolled) -> Parts | Unenrolled:
        from merchant_app.till.opening import Unenrolled

        if isinstance(found, Unenrolled):
            self._unenrolled = found
        else:
            self._parts = found
        return found

    def _on_opened(self, outcome: Outcome[Parts | Unenrolled]) -> None:
        if isinstance(outcome, Failed):
            self.unopened.emit(outcome.error)
        elif outcome.value is self._unenrolled:
            self.unenrolled.emit()
        else:
            self.opened.emit(outcome.value)

    def _on_enrolled(self, outcome: Outcome[Parts]) -> None:
        if isinstance(outcome, Failed):
            self.not_enrolled.emit(outcome.error)
        else:
            self.opened.emit(outcome.value)
