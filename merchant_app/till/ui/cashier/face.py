"""What all answers have in common: a sign in a round shape, a headline beside it, and room for the rest."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from merchant_app.till.ui.icons import icon_pixmap
from merchant_app.till.ui.parts.labels import FittingLabel, label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


class Sign(QWidget):
    """A tick, a cross or a hand in a disc: the answer's shape, for those who do not see its colour."""

    def __init__(self, side: int = 56) -> None:
        super().__init__()
        self._name, self._colour, self._disc = "check", "#ffffff", "#000000"
        self.setFixedSize(side, side)

    def show_sign(self, name: str, colour: str, disc: str) -> None:
        self._name, self._colour, self._disc = name, colour, disc
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._disc))
        painter.drawEllipse(QRectF(self.rect()))
        side = round(self.width() * 0.58)
        picture = icon_pixmap(self._name, self._colour, side, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - side) // 2, (self.height() - side) // 2, picture)
        painter.end()


class Face(Part):
    """One kind of answer. `state` is what colours the panel around it: accepted, refused, needs or nothing."""

    state = ""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self.sign = Sign()
        self.headline = FittingLabel("headline")
        self.aside = label("lead")
        self.top = QHBoxLayout()
        self.top.setSpacing(SPACES.space_4)
        self.top.addWidget(self.sign)
        self.top.addWidget(self.headline, 1)
        self.top.addWidget(self.aside)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(SPACES.space_5, SPACES.space_4, SPACES.space_5, SPACES.space_5)
        self.body.setSpacing(SPACES.space_3)
        self.body.addLayout(self.top)

    def spoken(self) -> str:
        """The answer in one sentence, for a screen reader."""
        return self.headline.text()
