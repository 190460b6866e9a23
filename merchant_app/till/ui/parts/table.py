"""A plain table that is only looked at: rows of texts and amounts, and pills, in straight columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
)

from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pill_delegate import PILL_STATE, PillDelegate
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words

LEFT, RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
MIDDLE = Qt.AlignmentFlag.AlignVCenter
EXTRA_WIDTH = 28


@dataclass(frozen=True, slots=True)
class Pill:
    """A cell shown as a pill: its word and its state (`ui.theme`)."""

    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Money:
    """A cell with an amount, to the right."""

    text: str


Cell = str | Pill | Money


class Table(Part):
    """`wide` is the number of the column that takes what room is left."""

    def __init__(self, theme: Theme, words: Words, *, wide: int) -> None:
        super().__init__(theme, words)
        self._wide = wide
        self.view = QTableWidget()
        self.view.setItemDelegate(_Cells(theme, self.view))
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setShowGrid(False)
        self.view.setWordWrap(False)
        self.view.verticalHeader().setVisible(False)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setTabKeyNavigation(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)

    def show_rows(self, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Replace what is there. All rows have as many cells as there are titles."""
        self.view.setUpdatesEnabled(False)
        self.view.verticalHeader().setDefaultSectionSize(round(self.theme.sizes.body * 2.8))
        self.view.setColumnCount(len(titles))
        self.view.setHorizontalHeaderLabels(list(titles))
        self.view.setRowCount(len(rows))
        for number, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                self.view.setItem(number, column, _item(cell))
        header = self.view.horizontalHeader()
        for column in range(len(titles)):
            mode = QHeaderView.ResizeMode.Stretch if column == self._wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)
            title = self.view.horizontalHeaderItem(column)
            if title is not None:
                is_money = bool(rows) and isinstance(rows[0][column], Money)
                title.setTextAlignment((RIGHT if is_money else LEFT) | MIDDLE)
        self.view.setUpdatesEnabled(True)


class _Cells(PillDelegate):
    """Cells with air beside them, so that columns do not touch."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return super().sizeHint(option, index) + QSize(EXTRA_WIDTH, 0)


def _item(cell: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem(cell if isinstance(cell, str) else cell.text)
    item.setToolTip(item.text())
    if isinstance(cell, Money):
        item.setTextAlignment(RIGHT | MIDDLE)
    if isinstance(cell, Pill):
        item.setData(PILL_STATE, cell.state)
    return item
