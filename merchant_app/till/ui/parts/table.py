"""A plain table that is only looked at: rows of texts, one of them a pill, in straight columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from merchant_app.till.ui.parts.chips import chip, show_chip
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


@dataclass(frozen=True, slots=True)
class Pill:
    """A cell shown as a pill: its word and its state (`parts.chips`)."""

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
        self._titles: tuple[str, ...] = ()
        self.view = QTableWidget()
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.view.setShowGrid(False)
        self.view.verticalHeader().setVisible(False)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setTabKeyNavigation(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.view)

    def show_rows(self, titles: Sequence[str], rows: Sequence[Sequence[Cell]]) -> None:
        """Replace what is there. Cells are texts, `Money` or `Pill`."""
        self.view.setUpdatesEnabled(False)
        self.view.setColumnCount(len(titles))
        self.view.setHorizontalHeaderLabels(list(titles))
        self.view.setRowCount(len(rows))
        height = round(self.theme.sizes.body * 2.9)
        for number, cells in enumerate(rows):
            self.view.setRowHeight(number, height)
            for column, cell in enumerate(cells):
                self._put(number, column, cell)
        self._align_header(rows)
        header = self.view.horizontalHeader()
        for column in range(len(titles)):
            wide = column == self._wide
            header.setSectionResizeMode(
                column, QHeaderView.ResizeMode.Stretch if wide else QHeaderView.ResizeMode.ResizeToContents
            )
        self.view.setUpdatesEnabled(True)

    def _align_header(self, rows: Sequence[Sequence[Cell]]) -> None:
        for column in range(self.view.columnCount()):
            is_money = bool(rows) and isinstance(rows[0][column], Money)
            side = Qt.AlignmentFlag.AlignRight if is_money else Qt.AlignmentFlag.AlignLeft
            item = self.view.horizontalHeaderItem(column)
            if item is not None:
                item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _put(self, number: int, column: int, cell: Cell) -> None:
        self.view.removeCellWidget(number, column)
        item = QTableWidgetItem("" if isinstance(cell, Pill) else cell if isinstance(cell, str) else cell.text)
        if isinstance(cell, Money):
            item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.view.setItem(number, column, item)
        if isinstance(cell, Pill):
            item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.text)
            self.view.setCellWidget(number, column, _pill(cell))


def _pill(cell: Pill) -> QWidget:
    around = QWidget()
    row = QHBoxLayout(around)
    row.setContentsMargins(SPACES.space_3, 0, SPACES.space_3, 0)
    pill = chip()
    show_chip(pill, cell.text, cell.state)
    row.addWidget(pill)
    row.addStretch(1)
    return around
