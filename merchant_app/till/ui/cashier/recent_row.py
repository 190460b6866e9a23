"""One of the last redemptions: when, what, how much off, where it stands, and undo with its countdown."""

from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem

from merchant_app.domain.redemption import Standing
from merchant_app.till.services.answers import Recent
from merchant_app.till.ui.parts.chips import chip, show_chip
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import RIGHT, ElidedLabel, label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words
from merchant_app.wording.standings import standing_name


class RecentRow(Part):
    """Says `undo_wanted` with its redemption's id."""

    undo_wanted = Signal(str)

    def __init__(self, theme: Theme, words: Words, recent: Recent, zone: ZoneInfo, *, is_last: bool) -> None:
        super().__init__(theme, words, role="row")
        self.recent = recent
        self._zone = zone
        self._time = label("muted")
        self._title = ElidedLabel()
        self._amount = label("strong", align=RIGHT)
        self._chip = chip()
        self._chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._undo = KeyButton(theme, "undo-2", key="F9" if is_last else "", kind="quiet", is_bound=False)
        self._room = QSpacerItem(0, 0)
        self._undo.clicked.connect(lambda: self.undo_wanted.emit(recent.redemption_id))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACES.space_3)
        row.addWidget(self._time)
        row.addWidget(self._title, 1)
        row.addWidget(self._amount)
        row.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._undo)
        row.addSpacerItem(self._room)
        self.setMinimumHeight(round(theme.sizes.body * 2.4))
        self.refresh()

    @property
    def can_undo(self) -> bool:
        return not self._undo.isHidden()

    @property
    def undo_width(self) -> int:
        """Pixels that the undo button takes; 0 while it is not offered."""
        return self._undo.sizeHint().width() if self.can_undo else 0

    def line_up(self, undo_width: int) -> None:
        """Leave as much room at the right as the widest undo button of the list takes, so that columns are straight."""
        self._room.changeSize(0 if self.can_undo or not undo_width else undo_width + SPACES.space_3, 0)
        self._row.invalidate()

    def refresh(self) -> None:
        recent = self.recent
        self._time.setText(self.words.time(recent.redeemed_at, self._zone))
        self._title.setText(self.words.of(recent.title))
        self._amount.setText(f"−{self.words.money(recent.amount_off_fen)}" if recent.amount_off_fen else "")
        widest = max(self._words_width(each) for each in Standing)
        self._chip.setFixedWidth(widest)
        show_chip(self._chip, standing_name(self.words, recent.standing), recent.standing.value)

    def _words_width(self, standing: Standing) -> int:
        said = standing_name(self.words, standing)
        return QFontMetrics(self._chip.font()).horizontalAdvance(said) + 2 * SPACES.space_4

    def count_down(self, now: datetime) -> None:
        """Show how long undo is still open to the cashier, or that it is not any more."""
        until = self.recent.undo_until
        left = 0 if until is None else int((until - now).total_seconds())
        self._undo.setVisible(left > 0 and self.recent.standing is not Standing.VOIDED)
        if left > 0:
            clock = f"{left // 60}:{left % 60:02d}"
            self._undo.say(self.words._("Undo {left}", left=clock))
