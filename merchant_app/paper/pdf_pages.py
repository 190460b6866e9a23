"""Tables as PDF pages, A4, with a Chinese font inside, so that they look the same on every computer and printer."""

import logging

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace
from noto_cjk_sans_otc import FONT_PATH

from merchant_app.paper.tables import Cell, Column, Kind, Paper, Table, as_text
from merchant_app.wording import Words

_FONT = "noto"
_SIMPLIFIED_CHINESE = 2
"""Which face of the font's collection: the Japanese, the Korean, then this one."""
_MARGIN_MM = 14
_MANY_COLUMNS = 7
_GRAY, _PALE, _INK = (110, 110, 110), (242, 244, 246), (20, 24, 28)
_SHARES = {Kind.TEXT: 16, Kind.COUNT: 9, Kind.MONEY: 10, Kind.TIME: 16}
"""How wide columns are beside each other."""


def pdf_pages(paper: Paper, words: Words) -> bytes:
    """The pages' bytes. A table of many columns lies on its side."""
    # The library tells of every step of fitting the font in; that is of no use to anybody here.
    logging.getLogger("fontTools").setLevel(logging.WARNING)
    pages = _Pages(paper, words)
    pages.write_opening()
    for table in paper.tables:
        pages.write_table(table)
    return bytes(pages.output())


class _Pages(FPDF):
    """One document in the making; `footer` is called by the library at the end of each page."""

    def __init__(self, paper: Paper, words: Words) -> None:
        super().__init__(format="A4")
        self._paper, self._words = paper, words
        self.set_margins(_MARGIN_MM, _MARGIN_MM)
        self.set_auto_page_break(auto=True, margin=_MARGIN_MM + 6)
        self.add_font(_FONT, fname=FONT_PATH, collection_font_number=_SIMPLIFIED_CHINESE)
        self.set_title(paper.heading)
        self.set_lang("zh-CN" if words.language == "zh" else "en")

    def footer(self) -> None:
        self.set_y(-_MARGIN_MM)
        self.set_font(_FONT, size=8)
        self.set_text_color(*_GRAY)
        self.cell(0, 6, f"{self._paper.heading} · {self.page_no()}", align="R")

    def write_opening(self) -> None:
        self.add_page()
        self._line(self._paper.heading, size=18)
        for line in self._paper.under:
            self._line(line, size=10)

    def write_table(self, table: Table) -> None:
        if len(table.columns) >= _MANY_COLUMNS:
            self.add_page(orientation="landscape")
        else:
            self.ln(5)
        self._line(table.title, size=12)
        self.set_font(_FONT, size=9)
        heading = FontFace(color=_GRAY, fill_color=_PALE, size_pt=8)
        with self.table(
            borders_layout="HORIZONTAL_LINES",
            col_widths=tuple(_SHARES[column.kind] for column in table.columns),
            headings_style=heading,
            line_height=5.5,
            text_align=tuple("RIGHT" if column.kind.is_number else "LEFT" for column in table.columns),
        ) as drawn:
            drawn.row([column.title for column in table.columns])
            for line in table.lines:
                drawn.row([self._text(cell, column) for cell, column in zip(line, table.columns, strict=True)])

    def _text(self, cell: Cell, column: Column) -> str:
        return as_text(cell, column.kind, self._words, self._paper.zone)

    def _line(self, text: str, *, size: int) -> None:
        self.set_font(_FONT, size=size)
        self.set_text_color(*_INK)
        self.multi_cell(0, size * 0.5, text, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
