"""Tables as a CSV file that is safe to open in a spreadsheet.

A byte order mark tells a spreadsheet that it is UTF-8, so that Chinese opens as Chinese. Text that a spreadsheet would
take for a formula gets an apostrophe before it: a coupon's title or a bill number must never run.
"""

import csv
import io
from collections.abc import Iterator
from decimal import Decimal
from zoneinfo import ZoneInfo

from merchant_app.paper.tables import Cell, Column, Kind, Paper, Table, as_text
from merchant_app.wording import Words

_BYTE_ORDER_MARK = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_file(paper: Paper, words: Words) -> bytes:
    """One table after the other, each with its title and a blank line after it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    for line in (paper.heading, *paper.under):
        writer.writerow([disarmed(line)])
    for table in paper.tables:
        writer.writerows(_lines(table, words, paper.zone))
    return (_BYTE_ORDER_MARK + text.getvalue()).encode()


def disarmed(text: str) -> str:
    """`text` as a spreadsheet shows it and never runs it."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _lines(table: Table, words: Words, zone: ZoneInfo) -> Iterator[list[str]]:
    yield []
    yield [disarmed(table.title)]
    yield [disarmed(column.title) for column in table.columns]
    for line in table.lines:
        yield [_cell(cell, column, words, zone) for cell, column in zip(line, table.columns, strict=True)]


def _cell(cell: Cell, column: Column, words: Words, zone: ZoneInfo) -> str:
    """Numbers stay bare, so that a spreadsheet can add them up; a negative one is no formula."""
    if column.kind is Kind.MONEY and isinstance(cell, int):
        return f"{Decimal(cell) / 100:.2f}"
    if column.kind is Kind.COUNT and isinstance(cell, int):
        return str(cell)
    return disarmed(as_text(cell, column.kind, words, zone))
