"""Tables as an Excel workbook: a sheet for each, numbers as numbers, text never as a formula."""

import io
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import xlsxwriter
from wcwidth import wcswidth
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from merchant_app.paper.tables import Cell, Column, Kind, Paper, Table, as_text
from merchant_app.wording import Words

_AS_IT_IS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "#,##0",
    Kind.MONEY: "#,##0.00",
    Kind.RATE: "0.00%",
    Kind.TIME: "yyyy-mm-dd hh:mm:ss",
    Kind.DAY: "yyyy-mm-dd",
}
_NARROWEST, _WIDEST = 10, 48
_LONGEST_NAME = 31
_NOT_IN_A_NAME = str.maketrans("[]:*?/\\", "       ")


def spreadsheet(paper: Paper, words: Words) -> bytes:
    """The workbook's bytes. Its first sheet carries the heading and what stands under it."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, **_AS_IT_IS}) as book:
        book.set_properties({"title": paper.heading, "created": datetime(2000, 1, 1)})  # noqa: DTZ001
        _Book(book, paper, words).write()
    return file.getvalue()


class _Book:
    """One workbook in the making, with the formats its cells share."""

    def __init__(self, book: xlsxwriter.Workbook, paper: Paper, words: Words) -> None:
        self._book, self._paper, self._words = book, paper, words
        self._strong = book.add_format({"bold": True, "font_size": 14})
        self._head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self._plain = {kind: book.add_format({"num_format": shown}) for kind, shown in _FORMATS.items()}
        self._total = {
            kind: book.add_format({"num_format": shown, "bold": True, "top": 1}) for kind, shown in _FORMATS.items()
        }

    def write(self) -> None:
        first = self._book.add_worksheet(self._name(self._words._("Overview")))
        first.write_string(0, 0, self._paper.heading, self._strong)
        for row, line in enumerate(self._paper.under, start=1):
            first.write_string(row, 0, line)
        first.set_column(0, 0, _WIDEST)
        for table in self._paper.tables:
            self._write_table(self._book.add_worksheet(self._name(table.title)), table)

    def _write_table(self, sheet: Worksheet, table: Table) -> None:
        sheet.freeze_panes(1, 0)
        for index, column in enumerate(table.columns):
            sheet.write_string(0, index, column.title, self._head)
            sheet.set_column(index, index, self._width(table, index))
        for row, line in enumerate(table.lines, start=1):
            is_total = table.total is not None and row == len(table.lines)
            formats = self._total if is_total else self._plain
            for index, (cell, column) in enumerate(zip(line, table.columns, strict=True)):
                _write_cell(sheet, (row, index), cell, column, formats[column.kind], self._paper.zone)

    def _width(self, table: Table, index: int) -> int:
        column = table.columns[index]
        texts = [
            column.title,
            *(as_text(line[index], column.kind, self._words, self._paper.zone) for line in table.lines),
        ]
        widest = max(max(wcswidth(text), len(text)) for text in texts)
        return min(max(widest + 2, _NARROWEST), _WIDEST)

    def _name(self, title: str) -> str:
        return title.translate(_NOT_IN_A_NAME)[:_LONGEST_NAME].strip("' ")


def _write_cell(
    sheet: Worksheet, place: tuple[int, int], cell: Cell, column: Column, shown: Format, zone: ZoneInfo
) -> None:
    row, index = place
    if cell is None:
        sheet.write_blank(row, index, None, shown)
    elif column.kind is Kind.MONEY and isinstance(cell, int):
        sheet.write_number(row, index, Decimal(cell) / 100, shown)
    elif column.kind is Kind.RATE and isinstance(cell, int):
        sheet.write_number(row, index, Decimal(cell) / 10_000, shown)
    elif column.kind is Kind.COUNT and isinstance(cell, int):
        sheet.write_number(row, index, cell, shown)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, index, cell.astimezone(zone).replace(tzinfo=None), shown)
    elif isinstance(cell, date):
        sheet.write_datetime(row, index, datetime(cell.year, cell.month, cell.day), shown)  # noqa: DTZ001
    else:
        sheet.write_string(row, index, str(cell), shown)
