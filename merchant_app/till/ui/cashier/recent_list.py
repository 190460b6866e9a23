"""The last five redemptions, each with its standing, and undo while the cashier alone may."""

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from merchant_app.till.services.answers import Recent
from merchant_app.till.ui.cashier.recent_row import RecentRow
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import Part, clear_layout
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

TICK_MS = 1000


class RecentList(Part):
    """Says `undo_wanted` with a redemption's id. F9 undoes the last one."""

    undo_wanted = Signal(str)

    def __init__(self, theme: Theme, words: Words, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        super().__init__(theme, words, role="card")
        self._now, self._zone = now, zone
        self._recents: tuple[Recent, ...] = ()
        self.rows: list[RecentRow] = []
        self._undo_width = 0
        self._title = label("strong")
        self._empty = label("muted")
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._arrange()
        self.startTimer(TICK_MS)
        self.refresh()

    def show_recents(self, recents: Sequence[Recent]) -> None:
        if tuple(recents) != self._recents:
            self._recents = tuple(recents)
            self._make_rows()

    def undo_last(self) -> None:
        """Ask to undo the newest redemption that the cashier alone may still undo."""
        for row in self.rows:
            if row.can_undo:
                self.undo_wanted.emit(row.recent.redemption_id)
                return

    def refresh(self) -> None:
        self._title.setText(self.words._("Last redemptions"))
        self._empty.setText(self.words._("Nothing redeemed yet today."))
        self._make_rows()

    def timerEvent(self, event: object) -> None:
        for row in self.rows:
            row.count_down(self._now())
            row.line_up(self._undo_width)

    def _make_rows(self) -> None:
        clear_layout(self._column)
        self.rows, self._undo_width = [], 0
        for recent in self._recents:
            row = RecentRow(self.theme, self.words, recent, self._zone, is_last=not self.rows)
            row.count_down(self._now())
            row.undo_wanted.connect(self.undo_wanted)
            self.rows.append(row)
            self._column.addWidget(row)
            self._undo_width = max(self._undo_width, row.undo_width)
        for row in self.rows:
            row.line_up(self._undo_width)
        self._empty.setVisible(not self._recents)

    def _arrange(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._column)
        column.addWidget(self._empty)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        top = QHBoxLayout()
        top.addWidget(self._title)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_2, SPACES.space_2)
        whole.setSpacing(SPACES.space_1)
        whole.addLayout(top)
        whole.addWidget(scroll, 1)
