"""The till cannot be opened: what is the matter with its records, and what to do."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout

from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label, show_icon
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown

CENTRE = Qt.AlignmentFlag.AlignCenter


class ClosedPage(Part):
    """Says `again_wanted`: what was in the way may be gone."""

    again_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="page")
        self._error: BaseException | None = None
        self._icon = QLabel()
        self._title = label("headline", wraps=True, align=CENTRE)
        self._line = label("lead", wraps=True, align=CENTRE)
        self._again = KeyButton(theme, "refresh-cw", kind="primary", size="large")
        self._again.clicked.connect(self.again_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACES.space_6 * 2, SPACES.space_6, SPACES.space_6 * 2, SPACES.space_6)
        column.setSpacing(SPACES.space_4)
        column.addStretch(1)
        column.addWidget(self._icon, 0, CENTRE)
        column.addWidget(self._title)
        column.addWidget(self._line)
        column.addSpacing(SPACES.space_3)
        column.addWidget(self._again, 0, CENTRE)
        column.addStretch(2)
        self.refresh()

    def show_error(self, error: BaseException) -> None:
        self._error = error
        self.refresh()

    def refresh(self) -> None:
        show_icon(self._icon, "hard-drive", self.theme.palette.refused_text, 72)
        self._again.say(self.words._("Try again"))
        if self._error is not None:
            said = breakdown(self.words, self._error)
            self._title.setText(said.title)
            self._line.setText(said.remedy)
