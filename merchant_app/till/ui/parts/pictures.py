"""Offer pictures: read once from disk at the size they are shown in, with round corners; a drawn one where none is."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImageReader, QLinearGradient, QPainter, QPainterPath, QPixmap

from merchant_app.domain.kinds import CampaignId
from merchant_app.till.ui.icons import icon_pixmap
from merchant_app.till.ui.palette import Palette

OfferKey = tuple[CampaignId, int]
"""Campaign and offer_index."""

LARGEST_BYTES = 64
"""Megabytes that one picture may take when decoded; a larger one is shown as if there were none."""


class OfferPictures:
    """Where the pictures of the offers here are, and those already read."""

    def __init__(self) -> None:
        self._paths: dict[OfferKey, str] = {}
        self._read: dict[tuple[str, int, int, float], QPixmap | None] = {}

    def know(self, paths: Mapping[OfferKey, str]) -> None:
        """Take over where the pictures are after a catalogue came in."""
        self._paths = dict(paths)

    def picture(self, offer: OfferKey | None, size: QSize, palette: Palette, ratio: float = 1.0) -> QPixmap:
        """The offer's picture filling `size` logical pixels, or a drawn ticket."""
        path = self._paths.get(offer) if offer is not None else None
        if path is not None:
            key = (path, size.width(), size.height(), ratio)
            if key not in self._read:
                self._read[key] = _read(path, size, ratio)
            found = self._read[key]
            if found is not None:
                return found
        return _drawn(size, palette, ratio)


def _read(path: str, size: QSize, ratio: float) -> QPixmap | None:
    reader = QImageReader(path)
    reader.setAllocationLimit(LARGEST_BYTES)
    reader.setAutoTransform(True)
    pixels = size * ratio
    natural = reader.size()
    if natural.isValid():
        reader.setScaledSize(natural.scaled(pixels, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    image = reader.read()
    if image.isNull():
        return None
    cut = QPixmap.fromImage(
        image.copy(
            (image.width() - pixels.width()) // 2,
            (image.height() - pixels.height()) // 2,
            pixels.width(),
            pixels.height(),
        )
    )
    return _rounded(cut, size, ratio)


def _rounded(picture: QPixmap, size: QSize, ratio: float) -> QPixmap:
    rounded = QPixmap(size * ratio)
    rounded.fill(Qt.GlobalColor.transparent)
    painter = QPainter(rounded)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(0, 0, rounded.width(), rounded.height()), 10 * ratio, 10 * ratio)
    painter.setClipPath(shape)
    painter.drawPixmap(0, 0, picture)
    painter.end()
    rounded.setDevicePixelRatio(ratio)
    return rounded


def _drawn(size: QSize, palette: Palette, ratio: float) -> QPixmap:
    """A ticket on the accent colour: an offer without a picture still has a face."""
    plain = QPixmap(size * ratio)
    gradient = QLinearGradient(0, 0, plain.width(), plain.height())
    gradient.setColorAt(0, QColor(palette.accent_solid))
    gradient.setColorAt(1, QColor(palette.provisional))
    painter = QPainter(plain)
    painter.fillRect(plain.rect(), gradient)
    side = round(min(size.width(), size.height()) * 0.42)
    ticket = icon_pixmap("ticket-percent", "#ffffff", side, ratio)
    painter.drawPixmap((plain.width() - ticket.width()) // 2, (plain.height() - ticket.height()) // 2, ticket)
    painter.end()
    return _rounded(plain, size, ratio)
