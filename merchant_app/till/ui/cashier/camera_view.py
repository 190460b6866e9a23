"""The camera's picture with a frame drawn round each code that was read; says so when there is none to show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF

from merchant_app.till.scanning.states import CameraCondition, CameraState
from merchant_app.till.ui.icons import icon_pixmap
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words
from merchant_app.wording.camera import camera_state
from merchant_app.wording.said import Said

if TYPE_CHECKING:
    from merchant_app.till.scanning.opencv import Picture

_COMING = (CameraCondition.OPENING, CameraCondition.CLOSED)

Corners = Sequence[tuple[float, float]]
"""Four points (x, y) in pixels of the whole frame, in order round the code."""


class CameraView(Part):
    """Draws frames as they come; they are rows x columns (gray) or x 3 (blue, green, red) of uint8, used in place."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="camera")
        self._frame: Picture | None = None
        self._image = QImage()
        self._codes: tuple[Corners, ...] = ()
        self._is_small = False
        self._state: CameraState | None = None
        self.mirrored = False
        self.setMinimumSize(260, 180)
        self.refresh()

    def sizeHint(self) -> QSize:
        return QSize(480, 300)

    def show_frame(self, picture: Picture) -> None:
        frame = picture if picture.strides[-1] == picture.itemsize and picture.flags.c_contiguous else picture.copy()
        layout = QImage.Format.Format_Grayscale8 if frame.ndim == 2 else QImage.Format.Format_BGR888
        height, width = frame.shape[:2]
        # QImage borrows the frame's memory: both are kept until the next one comes.
        self._frame, self._image = frame, QImage(frame.data, width, height, frame.strides[0], layout)
        self.update()

    def show_codes(self, codes: Sequence[Corners], *, is_small: bool = False) -> None:
        """Frame these codes from now on; none takes the frames away. `is_small` asks for the code to come closer."""
        self._codes, self._is_small = tuple(codes), is_small
        self.update()

    def show_state(self, state: CameraState) -> None:
        """What the camera is doing; while it gives no picture, that and what to do are shown instead of one."""
        self._state = state
        if not state.is_live:
            self._frame, self._image, self._codes = None, QImage(), ()
        self.refresh()

    def refresh(self) -> None:
        said = self._said()
        self.setAccessibleName(said.sentence if said is not None else self.words._("Camera"))
        self.update()

    def _said(self) -> Said | None:
        if self._state is None or self._state.is_live:
            return None
        return camera_state(self.words, self._state.condition.value, name=self._state.name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), SPACES.radius_large, SPACES.radius_large)
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), QColor(self.theme.palette.camera))
        if self._image.isNull():
            self._paint_message(painter)
        else:
            self._paint_frame(painter)
        painter.end()

    def _place(self) -> QRectF:
        """Where the picture goes: whole, centred, as large as it can be."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) / 2, (self.height() - size.height()) / 2, size.width(), size.height()
        )

    def _paint_frame(self, painter: QPainter) -> None:
        place = self._place()
        painter.save()
        if self.mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, self._image)
        scale = place.width() / self._image.width()
        for corners in self._codes:
            self._paint_code(painter, [QPointF(place.x() + x * scale, place.y() + y * scale) for x, y in corners])
        painter.restore()
        if self._is_small and self._codes:
            self._paint_hint(painter, self.words._("Move closer"))

    def _paint_code(self, painter: QPainter, corners: list[QPointF]) -> None:
        """The code's outline, strong at its corners, in a colour that shows on light and dark."""
        centre = sum(corners, QPointF()) / len(corners)
        outer = [corner + (corner - centre) * 0.10 for corner in corners]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for colour, width in (("#0b0e14", 9.0), ("#39e08f", 5.0)):
            painter.setPen(QPen(QColor(colour), width, c=Qt.PenCapStyle.RoundCap, j=Qt.PenJoinStyle.RoundJoin))
            for index, corner in enumerate(outer):
                before, after = outer[index - 1], outer[(index + 1) % len(outer)]
                arms = QPolygonF([corner + (before - corner) * 0.26, corner, corner + (after - corner) * 0.26])
                painter.drawPolyline(arms)

    def _paint_hint(self, painter: QPainter, text: str) -> None:
        font = painter.font()
        font.setPixelSize(self.theme.sizes.lead)
        painter.setFont(font)
        width = painter.fontMetrics().horizontalAdvance(text) + 36
        pill = QRectF((self.width() - width) / 2, self.height() - 56, width, 40)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.theme.palette.amber))
        painter.drawRoundedRect(pill, 20, 20)
        painter.setPen(QColor(self.theme.palette.on_amber))
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_message(self, painter: QPainter) -> None:
        palette, said = self.theme.palette, self._said()
        side, middle = 56, self.height() / 2
        is_off = self._state is not None and not self._state.is_live and self._state.condition not in _COMING
        picture = icon_pixmap("camera-off" if is_off else "camera", palette.faint, side, self.devicePixelRatioF())
        painter.drawPixmap(round((self.width() - side) / 2), round(middle - side - 8), picture)
        if said is None:
            return
        font = painter.font()
        wrap = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        place = QRectF(24, middle + 8, self.width() - 48, middle - 16)
        font.setPixelSize(self.theme.sizes.lead)
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(palette.on_camera))
        used = painter.boundingRect(place, wrap, said.title)
        painter.drawText(place, wrap, said.title)
        font.setPixelSize(self.theme.sizes.body)
        font.setBold(False)
        painter.setFont(font)
        painter.drawText(place.adjusted(0, used.height() + 6, 0, 0), wrap, said.remedy)
