"""The code on the phone: drawn sharp at any size, on white; crossed out when it is spent, covered until it is there."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from merchant_app.paper.qr_picture import qr_modules
from merchant_app.till.ui.fonts import till_font
from merchant_app.till.ui.palette import LIGHT

QUIET = 3
"""Modules of white round the code inside its card; the card's own edge gives the rest of the margin."""


class CodeView(QWidget):
    """A white card whatever the theme: cameras want dark on light."""

    def __init__(self, side: int) -> None:
        super().__init__()
        self._text: str | None = None
        self._stamp = self._notice = ""
        self.setFixedSize(side, side)

    @property
    def text(self) -> str | None:
        """What the code says; None while there is none."""
        return self._text

    def show_code(self, text: str | None, *, stamp: str = "", notice: str = "") -> None:
        """`stamp` is written across a code that is spent; `notice` stands where there is no code."""
        self._text, self._stamp, self._notice = text, stamp, notice
        self.setAccessibleName(stamp or notice)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#ffffff"))
        painter.drawRoundedRect(QRectF(self.rect()), 14, 14)
        if self._text is not None:
            painter.setOpacity(0.12 if self._stamp else 1.0)
            self._paint_code(painter, self._text)
            painter.setOpacity(1.0)
        if self._stamp:
            self._paint_stamp(painter)
        elif self._text is None:
            self._paint_notice(painter)
        painter.end()

    def _paint_code(self, painter: QPainter, text: str) -> None:
        modules = qr_modules(text)
        side = self.width() / (len(modules) + 2 * QUIET)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(QColor("#0d0f14"))
        for row, dark in enumerate(modules):
            for column, is_dark in enumerate(dark):
                if is_dark:
                    left, top = (column + QUIET) * side, (row + QUIET) * side
                    painter.drawRect(QRectF(left, top, side, side))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def _paint_stamp(self, painter: QPainter) -> None:
        font = till_font(30)
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        painter.save()
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(-14)
        width = painter.fontMetrics().horizontalAdvance(self._stamp) + 44
        frame = QRectF(-width / 2, -30, width, 60)
        colour = QColor(LIGHT.accepted)
        painter.setPen(colour)
        painter.setBrush(QColor(255, 255, 255, 225))
        pen = painter.pen()
        pen.setWidth(3)
        painter.setPen(pen)
        painter.drawRoundedRect(frame, 12, 12)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._stamp)
        painter.restore()

    def _paint_notice(self, painter: QPainter) -> None:
        painter.setFont(till_font(14))
        painter.setPen(QColor(LIGHT.muted))
        place = QRectF(self.rect()).adjusted(26, 0, -26, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._notice)
