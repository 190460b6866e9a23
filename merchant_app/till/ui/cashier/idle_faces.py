"""Nothing to answer yet: the invitation to scan, and the moment between a scan and its answer."""

from PySide6.QtCore import QRectF, Qt, QTimerEvent
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from merchant_app.till.ui.parts.labels import label, show_icon
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

CENTRE = Qt.AlignmentFlag.AlignCenter


class Invitation(Part):
    """Invites to scan, and says the other ways in."""

    state = ""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self._icon = QLabel()
        self._headline = label("headline", align=CENTRE, wraps=True)
        self._ways = label("muted", align=CENTRE, wraps=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACES.space_6, SPACES.space_4, SPACES.space_6, SPACES.space_4)
        column.setSpacing(SPACES.space_3)
        column.addStretch(1)
        column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(SPACES.space_2)
        column.addWidget(self._headline)
        column.addWidget(self._ways)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        show_icon(self._icon, "scan-qr-code", self.theme.palette.accent_text, 88)
        self._headline.setText(self.words._("Show the coupon to the camera"))
        self._ways.setText(
            self.words._("A scanner works at any time. Or type the number, drop a picture here, or paste it.")
        )

    def spoken(self) -> str:
        return self._headline.text()


class Working(Part):
    """Between the scan and its answer; it moves, so that nobody thinks it froze."""

    state = ""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self._ring = Ring(theme)
        self._headline = label("headline", align=CENTRE)
        column = QVBoxLayout(self)
        column.setSpacing(SPACES.space_4)
        column.addStretch(1)
        column.addWidget(self._ring, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._headline)
        column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        self._headline.setText(self.words._("Checking…"))

    def spoken(self) -> str:
        return self._headline.text()


class Ring(QWidget):
    """A ring with a bright arc that goes round while it is seen."""

    STEP_MS, STEP_DEGREES = 30, 12

    def __init__(self, theme: Theme, side: int = 72) -> None:
        super().__init__()
        self._theme = theme
        self._angle = 0
        self._timer: int | None = None
        self.setFixedSize(side, side)

    def showEvent(self, event: object) -> None:
        self._timer = self._timer or self.startTimer(self.STEP_MS)

    def hideEvent(self, event: object) -> None:
        if self._timer is not None:
            self.killTimer(self._timer)
            self._timer = None

    def timerEvent(self, event: QTimerEvent) -> None:
        self._angle = (self._angle - self.STEP_DEGREES) % 360
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = QRectF(self.rect()).adjusted(5, 5, -5, -5)
        painter.setPen(QPen(QColor(self._theme.palette.line), 7))
        painter.drawEllipse(inside)
        painter.setPen(QPen(QColor(self._theme.palette.accent_solid), 7, c=Qt.PenCapStyle.RoundCap))
        painter.drawArc(inside, self._angle * 16, 90 * 16)
        painter.end()
