"""A page with a title, a line under it, room for buttons at the right, and a body."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


class Page(Part):
    """`say` sets title and line; `beside` is for buttons, `body` for the rest."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="page")
        self._title = label("headline")
        self._line = label("muted", wraps=True)
        self.beside = QHBoxLayout()
        self.beside.setSpacing(SPACES.space_2)
        titles = QVBoxLayout()
        titles.setSpacing(SPACES.space_1)
        titles.addWidget(self._title)
        titles.addWidget(self._line)
        top = QHBoxLayout()
        top.addLayout(titles, 1)
        top.addLayout(self.beside)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACES.space_4)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(SPACES.space_5, SPACES.space_4, SPACES.space_5, SPACES.space_4)
        whole.setSpacing(SPACES.space_4)
        whole.addLayout(top)
        whole.addLayout(self.body, 1)

    def say(self, title: str, line: str = "") -> None:
        self._title.setText(title)
        self._line.setText(line)
        self._line.setVisible(bool(line))
