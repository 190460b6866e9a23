"""Labels: by their role in the hierarchy, cut off with dots where they must, or shrunk until they fit."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy

from merchant_app.till.ui.icons import icon_pixmap

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def label(role: str = "", *, wraps: bool = False, align: Qt.AlignmentFlag = LEFT) -> QLabel:
    """An empty label of a role (`ui.theme`); its text is set when the part that owns it is refreshed."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setAlignment(align)
    if role:
        made.setProperty("role", role)
    return made


def show_icon(on: QLabel, name: str, colour: str, size: int) -> None:
    """Put an icon of `size` logical pixels on a label, sharp on its screen."""
    picture: QPixmap = icon_pixmap(name, colour, size, on.devicePixelRatioF())
    on.setPixmap(picture)
    on.setFixedSize(size, size)


class ElidedLabel(QLabel):
    """Text on at most `lines` lines; what does not fit ends in dots and is told by the tool tip."""

    def __init__(self, role: str = "", *, lines: int = 1) -> None:
        super().__init__()
        self._lines = lines
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def use_lines(self, lines: int) -> None:
        """Show at most so many lines from now on."""
        self._lines = lines
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        lines = min(self._lines, len(self._laid_out(max(self.width(), 24)))) if self.text() else 1
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.lineSpacing() * max(lines, 1) + 2)

    def resizeEvent(self, event: object) -> None:
        self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        metrics = QFontMetrics(self.font())
        lines = self._laid_out(self.width())
        is_cut = len(lines) > self._lines
        self.setToolTip(
            self.text() if is_cut or metrics.horizontalAdvance(lines[0] if lines else "") > self.width() else ""
        )
        shown = lines[: self._lines]
        if is_cut:
            shown[-1] = metrics.elidedText("".join(lines[self._lines - 1 :]), Qt.TextElideMode.ElideRight, self.width())
        top = (self.height() - metrics.lineSpacing() * len(shown)) // 2 if self._lines == 1 else 0
        for number, line in enumerate(shown):
            place = QRect(0, top + number * metrics.lineSpacing(), self.width(), metrics.lineSpacing())
            painter.drawText(place, self.alignment() | Qt.AlignmentFlag.AlignVCenter, line)
        painter.end()

    def _laid_out(self, width: int) -> list[str]:
        """The text broken into lines of `width` pixels; Chinese breaks between any two characters."""
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        lines: list[str] = []
        for paragraph in self.text().split("\n"):
            layout = QTextLayout(paragraph, self.font())
            layout.setTextOption(option)
            layout.beginLayout()
            while (line := layout.createLine()).isValid():
                line.setLineWidth(width)
                lines.append(paragraph[line.textStart() : line.textStart() + line.textLength()])
            layout.endLayout()
        return lines


class FittingLabel(QLabel):
    """One line that is as large as its role says, and smaller where it would not fit: an amount must be whole.

    With `grows` above 1 it is up to so many times as large where there is room.
    """

    SMALLEST_PX = 16

    def __init__(self, role: str, *, align: Qt.AlignmentFlag = LEFT, grows: float = 1.0) -> None:
        super().__init__()
        self._grows = grows
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setAlignment(align)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(40, self.SMALLEST_PX * 2)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 4, metrics.tightBoundingRect("¥0").height() + 12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self.fitting_font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.rect(), self.alignment(), self.text())
        painter.end()

    def _air(self) -> float:
        """How many times its letters' height a line takes at least; a line that grew stands free."""
        return 1.15 if self._grows == 1 else 2.2

    def fitting_font(self) -> QFont:
        """The font that the text is painted in at the present size."""
        font = QFont(self.font())
        size = round(font.pixelSize() * self._grows)
        while size > self.SMALLEST_PX:
            font.setPixelSize(size)
            metrics = QFontMetrics(font)
            if (
                metrics.horizontalAdvance(self.text()) <= self.width()
                and metrics.capHeight() * self._air() <= self.height()
            ):
                break
            size -= 2
        return font
