"""Syncing beside the screen: when it is due, when it is asked for, and never two at once."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from merchant_app.till.services.answers import SyncReport
from merchant_app.till.services.syncing import Syncing
from merchant_app.till.workers.errands import Done, Errands, Outcome

SOON_MS = 150
LOOKS_AGAIN_MS = 60_000
"""However far away the next sync is, the plan is looked at again: a clock can be set, a computer can sleep."""


class SyncingWorker(QObject):
    """`now` is the till's own clock, by which the next sync is planned."""

    started = Signal()
    synced = Signal(object)
    """The SyncReport of a sync that has ended."""
    failed = Signal(object)
    line_changed = Signal()
    _line_changed = Signal()

    def __init__(self, errands: Errands, syncing: Syncing, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._errands, self._syncing, self._now = errands, syncing, now
        self._is_running = False
        self._is_wanted = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_due)
        self._is_due = False
        self._line_changed.connect(self._on_line_changed, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        return self._is_running

    @property
    def is_planned(self) -> bool:
        """Whether none runs and the next one has its time."""
        return not self._is_running and self._timer.isActive()

    def start(self) -> None:
        """Sync at once, and from then on whenever it is due."""
        self.sync_now()

    def stop(self) -> None:
        self._timer.stop()

    def note_line(self) -> None:
        """The line went up or down; may be called from any thread."""
        self._line_changed.emit()

    def sync_now(self) -> None:
        """Whatever was planned; if one is running, another follows it."""
        if self._is_running:
            self._is_wanted = True
            return
        self._timer.stop()
        self._is_due = False
        self._is_running = True
        self.started.emit()
        self._errands.run(self._syncing.sync, self._on_synced)

    def sync_soon(self) -> None:
        """There is something to send: together with what comes in the next moment."""
        if self._is_running:
            self._is_wanted = True
        elif not self._timer.isActive() or self._timer.remainingTime() > SOON_MS:
            self._timer.start(SOON_MS)
            self._is_due = True

    def _on_line_changed(self) -> None:
        self.line_changed.emit()
        if not self._is_running:  # a sync that finds out by itself need not be followed by another
            self.sync_soon()

    def _on_due(self) -> None:
        if self._is_due:
            self.sync_now()
        else:
            self.look_at_plan()

    def _on_synced(self, outcome: Outcome[SyncReport]) -> None:
        self._is_running = False
        if isinstance(outcome, Done):
            self.synced.emit(outcome.value)
        else:
            self.failed.emit(outcome.error)
        if self._is_wanted:
            self._is_wanted = False
            self.sync_now()
        else:
            self.look_at_plan()

    def look_at_plan(self) -> None:
        """See when the next sync is due, and wait for that."""
        self._timer.stop()
        self._errands.run(self._syncing.next_due, self._on_planned)

    def _on_planned(self, outcome: Outcome[datetime]) -> None:
        if self._is_running or self._timer.isActive():
            return
        if not isinstance(outcome, Done):
            self._is_due = False
            self._timer.start(LOOKS_AGAIN_MS)
            return
        wait_ms = max(0.0, (outcome.value - self._now()).total_seconds()) * 1000
        self._is_due = wait_ms <= LOOKS_AGAIN_MS
        self._timer.start(round(min(wait_ms, LOOKS_AGAIN_MS)))
