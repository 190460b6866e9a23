"""What is painted before anything is loaded: the outlines of header, camera, answer, bill and list, in their places.

It uses nothing that takes long to load: no text, no style sheet, no icon.
"""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from merchant_app.till.ui.palette import Palette

HEADER, STRIP, GAP, BILL = 55, 44, 16, 254
ROUND = 14
LEFT_SHARE = 0.416


class Skeleton(QWidget):
    """Stands where the screens will be."""

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self._palette = palette

    def paintEvent(self, event: QPaintEvent) -> None:
        palette, wide, high = self._palette, self.width(), self.height()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(palette.page))
        painter.fillRect(0, 0, wide, HEADER, QColor(palette.surface))
        painter.fillRect(0, high - STRIP, wide, STRIP, QColor(palette.surface))
        left = (wide - 3 * GAP) * LEFT_SHARE
        upper = high - HEADER - STRIP - BILL - 3 * GAP
        top, lower = HEADER + GAP, HEADER + 2 * GAP + upper
        right = wide - 3 * GAP - left
        for x, y, width, height, colour in (
            (GAP, top, left, upper, palette.camera),
            (2 * GAP + left, top, right, upper, palette.surface),
            (GAP, lower, left, BILL, palette.surface),
            (2 * GAP + left, lower, right, BILL, palette.surface),
        ):
            painter.setPen(QColor(palette.line))
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(x, y, width, height), ROUND, ROUND)
        painter.end()
