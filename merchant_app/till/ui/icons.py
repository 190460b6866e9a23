"""Line icons in the theme's colours: one SVG per icon in `resources/icons`, coloured and sized when asked for."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from merchant_app.resources import resource_path

SIZES = (16, 20, 24, 32, 40, 48, 64, 96)
"""Pixels of the pictures in an icon; screens of 150 % or 200 % take the next larger one."""


@cache
def icon(name: str, colour: str) -> QIcon:
    """The icon `resources/icons/<name>.svg`, drawn in `colour` (`#rrggbb`). FileNotFoundError for an unknown name."""
    drawn = QIcon()
    for size in SIZES:
        drawn.addPixmap(icon_pixmap(name, colour, size))
    return drawn


@cache
def icon_pixmap(name: str, colour: str, size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of `size` logical pixels, sharp on a screen of that device pixel ratio."""
    source = _svg(name).replace("currentColor", colour)
    return _render(source.encode(), size, device_pixel_ratio)


def app_icon() -> QIcon:
    """The product's own icon, for windows and the task bar."""
    logo = resource_path("logo", "logo.svg").read_bytes()
    drawn = QIcon()
    for size in (*SIZES, 128, 256):
        drawn.addPixmap(_render(logo, size, 1.0))
    return drawn


def logo_pixmap(size: int, device_pixel_ratio: float = 1.0) -> QPixmap:
    """The product's logo as a picture of `size` logical pixels."""
    return _render(resource_path("logo", "logo.svg").read_bytes(), size, device_pixel_ratio)


@cache
def _svg(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def _render(svg: bytes, size: int, device_pixel_ratio: float) -> QPixmap:
    pixels = round(size * device_pixel_ratio)
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    picture.setDevicePixelRatio(device_pixel_ratio)
    return picture
