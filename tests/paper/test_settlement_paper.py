"""A settlement on paper: the same fen in every kind of file, days as days, nothing that a spreadsheet would run."""

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from xml.etree import ElementTree
from zoneinfo import ZoneInfo

import pytest

from merchant_app.domain.kinds import Bilingual, CampaignId, Fen, OutletId
from merchant_app.domain.settlement import Why
from merchant_app.domain.settlement_sheet import SettlementSheet, SheetLine, SheetSettlement
from merchant_app.paper.csv_file import csv_file
from merchant_app.paper.settlement_paper import settlement_paper
from merchant_app.paper.spreadsheet import spreadsheet
from merchant_app.paper.tables import Kind
from merchant_app.wording import Words

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
AMOUNTS = {Why.REDEEMED: 200_001, Why.LATE: 1999, Why.CAMPAIGN_PAYS: 2000, Why.OUTLET_PAYS: -2000, Why.VOIDED: -505}
DAY = date(2026, 6, 30)


def line(number: int, why: Why, amount: int) -> SheetLine:
    at = datetime(2026, 6, 30, 4, 31, tzinfo=UTC)
    offer = Bilingual("=满减", "=20 off")
    return SheetLine(
        number, OutletId(4201), DAY, at, offer, "9" * 18, f"r-{why}", Fen(12_000), why, Fen(amount)
    )  # fmt: skip


def sheet(*, whole: bool) -> SettlementSheet:
    lines = tuple(line(7, why, amount) for why, amount in AMOUNTS.items())
    owed = Fen(sum(AMOUNTS.values()))
    name = Bilingual("+火锅", "+Hot pot")
    one = SheetSettlement(7, OutletId(4201), name, owed, Fen(owed - 200_001), len(lines), DAY, "=cmd()")
    return SettlementSheet(
        CampaignId(1),
        Bilingual("心动生活", "Xindong Life"),
        Bilingual("江北区", "Jiangbei district"),
        ZoneInfo("Asia/Shanghai"),
        2,
        date(2026, 7, 1),
        date(2026, 7, 5),
        datetime(2026, 7, 6, 1, 0, tzinfo=UTC),
        (one,),
        lines[1:] if whole else lines,
        whole,
    )


@pytest.mark.parametrize("words", [Words("en"), Words("zh")], ids=["English", "Chinese"])
@pytest.mark.parametrize("whole", [False, True])
def test_every_amount_is_the_same_to_the_fen_in_csv_and_in_a_workbook(words: Words, whole: bool) -> None:
    made = sheet(whole=whole)
    paper = settlement_paper(made, words)
    for table in paper.tables:
        for index, column in enumerate(table.columns):
            if column.kind is Kind.MONEY and table.total is not None and table.total[index] is not None:
                assert sum(int(str(row[index])) for row in table.rows) == table.total[index]
    amounts = [
        Decimal(int(str(cell))) / 100
        for table in paper.tables
        for row in table.lines
        for cell, column in zip(row, table.columns, strict=True)
        if column.kind is Kind.MONEY and cell is not None
    ]
    assert Decimal(made.owed_fen) / 100 in amounts
    written = list(csv.reader(io.StringIO(csv_file(paper, words).decode("utf-8-sig"))))
    as_text = [f"{amount:.2f}" for amount in amounts]
    in_csv = [cell for row in written for cell in row]
    assert all(in_csv.count(each) >= as_text.count(each) for each in as_text)
    in_book = sorted(numbers(spreadsheet(paper, words)))
    assert all(in_book.count(amount) >= amounts.count(amount) for amount in amounts)


def test_nothing_runs_and_days_are_days() -> None:
    words = Words("en")
    content = csv_file(settlement_paper(sheet(whole=False), words), words).decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(content)) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "2026-06-30" in cells
    with zipfile.ZipFile(io.BytesIO(spreadsheet(settlement_paper(sheet(whole=False), words), words))) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
    assert not any("<f>" in each for each in sheets)
    assert any("<v>46203</v>" in each for each in sheets)  # 30 June 2026, as a workbook counts days
    assert all('state="frozen"' in each for each in sheets[1:])


def numbers(content: bytes) -> Iterator[Decimal]:
    """Every number of a workbook that is not an index of a text."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            if "worksheets/sheet" in name:
                for cell in ElementTree.fromstring(book.read(name)).iter(f"{SHEET}c"):
                    value = cell.findtext(f"{SHEET}v")
                    if value is not None and cell.get("t") != "s":
                        yield Decimal(value)
