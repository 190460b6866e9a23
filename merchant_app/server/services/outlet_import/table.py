"""A whole table of outlets, read from a file's bytes or text: its good lines, and its bad ones."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from merchant_app.server.db.merchants import Merchant
from merchant_app.server.services.outlet_import.lines import COLUMNS, REQUIRED, BadLine, ReadOutlet, read_line

_LONGEST_NUMBER = 9
LARGEST_FILE = 8 * 1024 * 1024
NOT_UTF8 = "text in UTF-8; this looks like GBK: in the spreadsheet, save as CSV UTF-8"
NOT_TEXT = "a table as CSV in UTF-8, not a spreadsheet or a picture"


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are those of the header that are known here."""

    columns: frozenset[str]
    outlets: tuple[ReadOutlet, ...] = ()
    bad_lines: tuple[BadLine, ...] = ()

    def merchants(self) -> list[Merchant]:
        """Each once, with the names that its last line gives."""
        return list({each.merchant.merchant_id: each.merchant for each in self.outlets if each.merchant}.values())


def decoded(content: bytes) -> str | BadLine:
    """A file's text, or what it should have been."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return BadLine(1, "", NOT_UTF8 if _is_gbk(content) else NOT_TEXT)
    return BadLine(1, "", NOT_TEXT) if "\x00" in text else text


def read_table(text: str) -> Table:
    """Lines end in any of the usual ways; cells may be quoted; columns may be in any order, others are passed over."""
    bad: list[BadLine] = []
    lines = _lines(text.removeprefix("\ufeff"), bad)
    _, header = next(lines, (1, []))
    names = [name.strip().lower() for name in header]
    missing = [column for column in REQUIRED if column not in names]
    if missing:
        return Table(frozenset(), bad_lines=(*bad, BadLine(1, ", ".join(missing), "these columns")))
    taken: dict[int, ReadOutlet] = {}
    for line, cells in lines:
        if len(cells) > len(names) and any(cells[len(names) :]):
            bad.append(BadLine(line, "", f"{len(names)} cells as in the header; one with a comma stands in quotes"))
            continue
        read = read_line(dict(zip(names, cells, strict=False)), line)
        if isinstance(read, BadLine):
            bad.append(read)
        elif read.part.outlet_id in taken:
            bad.append(BadLine(line, "outlet_id", "a number that no line before has"))
        else:
            taken[read.part.outlet_id] = read
    return Table(frozenset(names) & set(COLUMNS), tuple(taken.values()), tuple(bad))


def read_outlet_ids(text: str) -> set[int]:
    """The numbers in a table's column outlet_id, or in its first one where none is called so."""
    lines = [cells for _, cells in _lines(text.removeprefix("\ufeff"), [])]
    names = [name.strip().lower() for name in lines[0]] if lines else []
    column = names.index("outlet_id") if "outlet_id" in names else 0
    cells = [cells[column].strip() for cells in lines if len(cells) > column]
    return {int(cell) for cell in cells if cell.isascii() and cell.isdecimal() and len(cell) <= _LONGEST_NUMBER}


def _lines(text: str, bad: list[BadLine]) -> Iterator[tuple[int, list[str]]]:
    """(number, cells) of every line that is not empty; one that the format itself forbids goes onto `bad`."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begun = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            bad.append(BadLine(begun, "", "quotes only around whole cells, doubled inside of them"))
        else:
            if any(cell.strip() for cell in cells):
                yield begun, cells
        begun = reader.line_num + 1


def _is_gbk(content: bytes) -> bool:
    try:
        text = content.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return "\x00" not in text
