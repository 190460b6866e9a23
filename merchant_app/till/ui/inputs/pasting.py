"""Ctrl+V and dropped things: a text is a code, a picture is looked through for one, a file is opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from merchant_app.till.scanning.opencv import Picture

LONGEST_TEXT = 4096


class Offerings(QObject):
    """What is pasted into, or dropped on, a window. `nothing_usable` if it was neither text nor picture."""

    text_given = Signal(str)
    file_given = Signal(str)
    picture_given = Signal(object)
    """Rows x columns x 3 (blue, green, red) of uint8."""
    nothing_usable = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.setAcceptDrops(True)
        window.installEventFilter(self)
        QShortcut(QKeySequence.StandardKey.Paste, window).activated.connect(self.paste)

    def paste(self) -> None:
        """What the clipboard holds. A field that has the cursor takes its own Ctrl+V first."""
        self._take(QGuiApplication.clipboard().mimeData())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            event.acceptProposedAction()
            self._take(event.mimeData())
            return True
        if isinstance(event, QDragEnterEvent) and event.type() is QEvent.Type.DragEnter:
            if _is_usable(event.mimeData()):
                event.acceptProposedAction()
            return True
        return False

    def _take(self, given: QMimeData) -> None:
        files = [url.toLocalFile() for url in given.urls() if url.isLocalFile()]
        if files:
            for file in files:
                self.file_given.emit(str(Path(file)))
        elif given.hasImage():
            self.picture_given.emit(as_picture(QImage(given.imageData())))
        elif given.hasText() and given.text().strip():
            self.text_given.emit(given.text().strip()[:LONGEST_TEXT])
        else:
            self.nothing_usable.emit()


def _is_usable(given: QMimeData) -> bool:
    return given.hasUrls() or given.hasImage() or given.hasText()


def as_picture(image: QImage) -> Picture:
    """The image's pixels as the decoder wants them, copied out of it."""
    import numpy as np

    plain = image.convertToFormat(QImage.Format.Format_BGR888)
    rows = np.frombuffer(plain.constBits(), np.uint8).reshape(plain.height(), plain.bytesPerLine())
    return rows[:, : plain.width() * 3].reshape(plain.height(), plain.width(), 3).copy()
