"""Tables as plain text: columns that stay in line, also where a Chinese character is two columns wide."""

from wcwidth import wcswidth

from merchant_app.paper.tables import Column, Paper, Table, as_text
from merchant_app.wording import Words

_GAP = "  "


def text_page(paper: Paper, words: Words) -> str:
    """The whole page, ending with a line break."""
    blocks = ["\n".join([paper.heading, *paper.under])]
    blocks += [_block(table, paper, words) for table in paper.tables if table.lines]
    return "\n\n".join(blocks) + "\n"


def _block(table: Table, paper: Paper, words: Words) -> str:
    titles = [column.title for column in table.columns]
    lines = [
        [as_text(cell, column.kind, words, paper.zone) for cell, column in zip(line, table.columns, strict=True)]
        for line in table.lines
    ]
    widths = [max(map(_width, cells)) for cells in zip(titles, *lines, strict=True)]
    rule = "-" * (sum(widths) + len(_GAP) * (len(widths) - 1))
    drawn = [_drawn(line, widths, table.columns) for line in lines]
    if table.total is not None:
        drawn.insert(-1, rule)
    return "\n".join([table.title, _drawn(titles, widths, table.columns), rule, *drawn])


def _drawn(cells: list[str], widths: list[int], columns: tuple[Column, ...]) -> str:
    padded = []
    for cell, width, column in zip(cells, widths, columns, strict=True):
        room = " " * (width - _width(cell))
        padded.append(room + cell if column.kind.is_number else cell + room)
    return _GAP.join(padded).rstrip()


def _width(text: str) -> int:
    """Columns on a screen; a control character, which has none, is counted as one."""
    width = wcswidth(text)
    return len(text) if width < 0 else width
