"""Paints a cell of a list as a pill in the colours of a standing."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from merchant_app.till.ui.palette import Palette
from merchant_app.till.ui.theme import Theme

PILL_STATE = Qt.ItemDataRole.UserRole + 1
"""A cell with text in this role is a pill of that state."""

_FAMILIES = {
    "confirmed": "accepted",
    "accepted": "accepted",
    "provisional": "provisional",
    "contested": "refused",
    "refused": "refused",
    "needs": "amber",
}


class PillDelegate(QStyledItemDelegate):
    """The same pills as the labels of role `chip`, without a widget for each row."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        state, text = index.data(PILL_STATE), index.data(Qt.ItemDataRole.DisplayRole)
        if state is None or not text:
            super().paint(painter, option, index)
            return
        plain = QStyleOptionViewItem(option)
        self.initStyleOption(plain, index)
        plain.text = ""
        style = plain.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, plain, painter, plain.widget)
        painter.save()
        self._paint_pill(painter, QRectF(plain.rect), text, state)
        painter.restore()

    def _paint_pill(self, painter: QPainter, cell: QRectF, text: str, state: str) -> None:
        soft, ink, line = pill_colours(self._theme.palette, state)
        font = QFont(painter.font())
        font.setPixelSize(self._theme.sizes.caption)
        font.setWeight(QFont.Weight.DemiBold)
        font.setStrikeOut(state == "voided")
        height = self._theme.sizes.caption * 1.85
        width = QFontMetrics(font).horizontalAdvance(text) + 22
        pill = QRectF(cell.left() + 10, cell.center().y() - height / 2, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(QColor(ink))
        painter.setFont(font)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)


def pill_colours(palette: Palette, state: str) -> tuple[str, str, str]:
    """Background, text and border of a pill."""
    if state == "resolved":
        return palette.accent_soft, palette.accent_text, palette.accent_soft
    family = _FAMILIES.get(state)
    if family is None:
        return palette.sunken, palette.muted, palette.line
    return (
        getattr(palette, f"{family}_soft"),
        getattr(palette, f"{family}_text"),
        getattr(palette, f"{family}_line"),
    )
