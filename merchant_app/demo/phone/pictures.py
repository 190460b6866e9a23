"""Offer pictures for the phone, cut to a size with round corners; a payment code has a drawn one."""

from functools import cache

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QLinearGradient, QPainter, QPainterPath, QPixmap

from merchant_app.demo.customers import Customer
from merchant_app.resources import resource_path
from merchant_app.till.ui.icons import icon_pixmap


def picture_of(customer: Customer, size: QSize, corner: int, ratio: float) -> QPixmap:
    """The offer's picture, filling `size` logical pixels."""
    name = "" if customer.offer is None else customer.offer.picture
    return _cut(name, size.width(), size.height(), corner, ratio)


@cache
def _cut(name: str, width: int, height: int, corner: int, ratio: float) -> QPixmap:
    pixels = QSize(round(width * ratio), round(height * ratio))
    cut = QPixmap(pixels)
    cut.fill(Qt.GlobalColor.transparent)
    painter = QPainter(cut)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(cut.rect()), corner * ratio, corner * ratio)
    painter.setClipPath(shape)
    if name:
        picture = _read(name, pixels)
        painter.drawPixmap((pixels.width() - picture.width()) // 2, (pixels.height() - picture.height()) // 2, picture)
    else:
        _draw_payment(painter, pixels)
    painter.end()
    cut.setDevicePixelRatio(ratio)
    return cut


def _read(name: str, pixels: QSize) -> QPixmap:
    reader = QImageReader(str(resource_path("offers", name)))
    reader.setScaledSize(reader.size().scaled(pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return QPixmap.fromImage(reader.read())


def _draw_payment(painter: QPainter, pixels: QSize) -> None:
    green = QLinearGradient(0, 0, pixels.width(), pixels.height())
    green.setColorAt(0, QColor("#2fbf71"))
    green.setColorAt(1, QColor("#148a4c"))
    painter.fillRect(0, 0, pixels.width(), pixels.height(), green)
    side = round(min(pixels.width(), pixels.height()) * 0.56)
    sign = icon_pixmap("banknote", "#ffffff", side)
    painter.drawPixmap((pixels.width() - side) // 2, (pixels.height() - side) // 2, sign)
