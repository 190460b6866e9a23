"""Asks the cashier, one after the other, about redemptions that were written down and never shown."""

from collections import deque

from PySide6.QtCore import QObject, Signal

from merchant_app.till.services.answers import Unfinished
from merchant_app.till.ui.cashier.unfinished_dialog import UnfinishedDialog
from merchant_app.till.ui.shell.screens import Screens


class UnfinishedQuestions(QObject):
    """Each is asked once in a run of the program; one that was closed unanswered is asked at the next start."""

    settled = Signal(str, bool)

    def __init__(self, screens: Screens) -> None:
        super().__init__(screens.window)
        self._screens = screens
        self._waiting: deque[Unfinished] = deque()
        self._asked: set[str] = set()
        self.dialog: UnfinishedDialog | None = None

    def ask(self, found: list[Unfinished]) -> None:
        for unfinished in found:
            if unfinished.redemption_id not in self._asked:
                self._asked.add(unfinished.redemption_id)
                self._waiting.append(unfinished)
        if self.dialog is None:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            self.dialog = None
            return
        screens, unfinished = self._screens, self._waiting.popleft()
        self.dialog = UnfinishedDialog(screens.window, screens.theme, screens.window.words, unfinished, screens.zone)
        self.dialog.settled.connect(self.settled)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    def _on_finished(self, _: int) -> None:
        self._next()
