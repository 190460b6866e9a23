"""One line that must not be missed, with what to do about it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel

from merchant_app.till.ui.parts.labels import label, show_icon
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme, dress
from merchant_app.wording import Words


class Banner(Part):
    """Hidden until there is something to say; `state` as in `ui.theme`, amber where it is empty."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="banner")
        self._icon_name, self._state = "info", ""
        self._icon = QLabel()
        self._title, self._line = label("strong"), label(wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_4, SPACES.space_3)
        row.setSpacing(SPACES.space_3)
        row.addWidget(self._icon)
        row.addWidget(self._title)
        row.addWidget(self._line, 1)
        self.hide()

    def show_line(self, icon_name: str, title: str, line: str = "", *, state: str = "") -> None:
        self._icon_name, self._state = icon_name, state
        self._title.setText(title)
        self._line.setText(line)
        self.setAccessibleName(f"{title} {line}".strip())
        dress(self, state=state)
        self.refresh()
        self.show()

    def refresh(self) -> None:
        palette = self.theme.palette
        colour = {"accepted": palette.accepted_text, "refused": palette.refused_text}
        show_icon(self._icon, self._icon_name, colour.get(self._state, palette.amber_text), 20)
