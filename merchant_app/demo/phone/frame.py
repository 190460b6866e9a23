"""The customer's phone as a thing: its body with a shadow, its screen with a bar of time and signal."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from merchant_app.till.ui.fonts import till_font
from merchant_app.till.ui.icons import icon_pixmap
from merchant_app.till.ui.inputs.pasting import as_picture
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words

SCREEN = QSize(272, 524)
BAR = 30
BEZEL = 9
SHADOW = 16
_CORNER = 34.0
_SHARP = 3


class PhoneScreen(Part):
    """The lit part: a status bar over one page at a time."""

    def __init__(self, theme: Theme, words: Words, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        super().__init__(theme, words)
        self._now, self._zone = now, zone
        self.has_signal = True
        self.pages = QStackedWidget()
        self.setFixedSize(SCREEN)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, BAR, 0, 14)
        column.setSpacing(0)
        column.addWidget(self.pages)

    def refresh(self) -> None:
        self.update()

    def picture(self) -> npt.NDArray[np.uint8]:
        """What a camera before the phone sees of it: rows x columns x 3 (blue, green, red), three times as sharp."""
        image = QImage(SCREEN * _SHARP, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(_SHARP)
        image.fill(QColor("#17191e"))
        self.render(image)
        return as_picture(image)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.palette.page))
        painter.drawRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
        self._paint_bar(painter)
        painter.setBrush(QColor(self.theme.palette.text))
        painter.setOpacity(0.28)
        painter.drawRoundedRect(QRectF(self.width() / 2 - 46, self.height() - 9, 92, 4), 2, 2)
        painter.end()

    def _paint_bar(self, painter: QPainter) -> None:
        colour = self.theme.palette.text
        font = till_font(12)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(colour))
        left = QRectF(24, 2, 80, BAR)
        painter.drawText(left, Qt.AlignmentFlag.AlignVCenter, self.words.time(self._now(), self._zone))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#0b0c0f"))
        painter.drawRoundedRect(QRectF(self.width() / 2 - 36, 8, 72, 17), 8.5, 8.5)
        sign = icon_pixmap("wifi" if self.has_signal else "wifi-off", colour, 14, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(self.width() - 58, 10), sign)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(colour), 1.2))
        painter.drawRoundedRect(QRectF(self.width() - 39, 12, 17, 9), 2.5, 2.5)
        painter.fillRect(QRectF(self.width() - 37, 14, 10, 5), QColor(colour))


class PhoneFrame(QWidget):
    """The body round a screen."""

    def __init__(self, screen: PhoneScreen) -> None:
        super().__init__()
        room = BEZEL + SHADOW
        self.setFixedSize(SCREEN.width() + 2 * room, SCREEN.height() + 2 * room)
        column = QVBoxLayout(self)
        column.setContentsMargins(room, room, room, room)
        column.addWidget(screen)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(SHADOW, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 5 + (SHADOW - step) // 3))
            soft = body.adjusted(-step, -step + 6, step, step * 0.9 + 2)
            painter.drawRoundedRect(soft, _CORNER + BEZEL + step, _CORNER + BEZEL + step)
        metal = QLinearGradient(body.topLeft(), body.bottomRight())
        for place, colour in ((0.0, "#565b66"), (0.35, "#22252b"), (0.7, "#1a1c21"), (1.0, "#4b505b")):
            metal.setColorAt(place, QColor(colour))
        painter.setBrush(metal)
        painter.drawRoundedRect(body, _CORNER + BEZEL, _CORNER + BEZEL)
        glass = QPainterPath()
        glass.addRoundedRect(body.adjusted(2.5, 2.5, -2.5, -2.5), _CORNER + BEZEL - 2.5, _CORNER + BEZEL - 2.5)
        painter.fillPath(glass, QColor("#0d0e12"))
        painter.end()
