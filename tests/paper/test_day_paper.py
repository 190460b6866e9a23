"""The day's report on paper: the same totals to the fen in text, CSV, JSON, workbook and PDF."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest
from wcwidth import wcswidth

from merchant_app.errors import OutputError
from merchant_app.paper.csv_file import csv_file, disarmed
from merchant_app.paper.day_json import day_json
from merchant_app.paper.day_paper import day_paper
from merchant_app.paper.pdf_pages import pdf_pages
from merchant_app.paper.spreadsheet import spreadsheet
from merchant_app.paper.text_page import text_page
from merchant_app.paper.whole_file import write_whole
from merchant_app.wording import Words
from tests.paper.a_report import FORMULA, days
from tests.wording.saying import EN, ZH

TAKEN = days().report.taken
OFF = f"{Decimal(TAKEN.amount_off_fen) / 100:,.2f}"
both = pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)


def csv_rows(words: Words) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_file(day_paper(days(), words), words).decode("utf-8-sig"))))


def section(rows: list[list[str]], title: str) -> list[list[str]]:
    """The lines of one table, its titles first."""
    first = rows.index([title]) + 1
    last = next((n for n in range(first, len(rows)) if not rows[n]), len(rows))
    return rows[first:last]


def test_every_table_has_lines_and_its_total_is_their_sum() -> None:
    tables = day_paper(days(), EN).tables
    assert [table.title for table in tables] == [
        "How they stand",
        "By day",
        "By hour",
        "By offer",
        "By cashier",
        "Refused, by reason",
        "Changed after the day had ended",
        "Every redemption",
    ]
    for table in (table for table in tables if table.total is not None):
        sums = [sum(column) for column in zip(*(row[1:] for row in table.rows), strict=True)]
        assert list(table.total[1:]) == sums
        assert table.total[1:3] == (TAKEN.count, TAKEN.amount_off_fen)


def test_one_day_is_not_broken_down_by_day() -> None:
    one = replace(days(), report=replace(days().report, last_day=days().report.first_day))
    assert "By day" not in [table.title for table in day_paper(one, EN).tables]
    assert day_paper(one, EN).heading == "Report of 28 June 2022"
    assert day_paper(days(), ZH).heading == "2022年6月28日至2022年6月29日核销报表"


@both
def test_text_columns_stay_in_line_also_in_chinese(words: Words) -> None:
    page = text_page(day_paper(days(), words), words)
    assert OFF in page
    for block in page.split("\n\n")[1:]:
        _, titles, rule, *lines = block.rstrip("\n").split("\n")
        assert set(rule) == {"-"}
        assert max(wcswidth(line) for line in [titles, *lines]) <= len(rule)
    stands = page.split("\n\n")[1].rstrip("\n").split("\n")[1:]
    assert {wcswidth(line) for line in stands} == {len(stands[1])}


def test_csv_opens_as_chinese_and_adds_up() -> None:
    content = csv_file(day_paper(days(), ZH), ZH)
    assert content.startswith("\ufeff".encode())
    lines = section(csv_rows(ZH), "核销状态")
    *standings, total = lines[1:]
    assert sum(Decimal(line[2]) for line in standings) == Decimal(total[2]) == Decimal(TAKEN.amount_off_fen) / 100
    every = section(csv_rows(ZH), "核销明细")
    assert sum(Decimal(line[5]) for line in every[1:]) == Decimal(total[2])


def test_csv_disarms_what_a_spreadsheet_would_run() -> None:
    cells = [cell for line in csv_rows(EN) for cell in line]
    assert f"'{FORMULA}" in cells
    assert [cell for cell in cells if cell.startswith(("=", "+", "@", "\t", "\r"))] == []


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "＝1"])
def test_each_beginning_of_a_formula_is_disarmed(text: str) -> None:
    assert disarmed(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "20 off 100", "满100减20", "a=b", "'x"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert disarmed(text) == text


def test_json_says_everything_in_fen() -> None:
    said = json.loads(day_json(days()))
    assert (said["first_day"], said["last_day"], said["time_zone"]) == ("2022-06-28", "2022-06-29", "Asia/Shanghai")
    assert said["taken"]["amount_off_fen"] == TAKEN.amount_off_fen
    assert sum(row["amount_off_fen"] for row in said["redemptions"]) == TAKEN.amount_off_fen
    for groups in ("by_day", "by_hour", "by_offer", "by_cashier", "by_channel"):
        assert sum(group["taken"]["amount_off_fen"] for group in said[groups]) == TAKEN.amount_off_fen
    assert sum(tally["count"] for tally in said["by_standing"].values()) == TAKEN.count
    assert said["by_reason"] == {"expired": 2, "wrong_outlet": 1}
    assert said["by_offer"][0]["title"]["zh"] == FORMULA
    assert [change["standing"] for change in said["adjustments"]] == ["voided"]


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@both
def test_a_workbook_holds_numbers_as_numbers_and_no_formula(words: Words) -> None:
    paper = day_paper(days(), words)
    with zipfile.ZipFile(io.BytesIO(spreadsheet(paper, words))) as book:
        assert book.testzip() is None
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        strings = book.read("xl/sharedStrings.xml").decode()
    assert len(sheets) == len(paper.tables) + 1
    assert not any("<f>" in sheet for sheet in sheets)
    assert "HYPERLINK" in strings
    stands = ElementTree.fromstring(sheets[1])
    values = [float(value.text or "") for cell in stands.iter(f"{SHEET}c") if "t" not in cell.attrib for value in cell]
    assert TAKEN.amount_off_fen / 100 in values


def test_sheet_names_are_ones_that_a_workbook_can_have() -> None:
    paper = day_paper(days(), EN)
    odd = replace(paper, tables=(replace(paper.tables[0], title="a/b: [c]? and so on and so on and so on"),))
    with zipfile.ZipFile(io.BytesIO(spreadsheet(odd, EN))) as book:
        names = re.findall(r'<sheet name="([^"]+)"', book.read("xl/workbook.xml").decode())
    assert names == ["Overview", "a b   c   and so on and so on a"]


@both
def test_a_pdf_has_a_chinese_font_inside(words: Words) -> None:
    content = pdf_pages(day_paper(days(), words), words)
    assert content.startswith(b"%PDF-")
    assert content.rstrip().endswith(b"%%EOF")
    assert b"NotoSansCJK" in content
    assert len(re.findall(rb"/Type /Page\b", content)) >= 2
    assert len(content) < 200_000


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "report.csv"
    write_whole(target, b"first")
    write_whole(target, b"second")
    assert target.read_bytes() == b"second"
    assert list(tmp_path.iterdir()) == [target]


def test_where_nothing_can_be_written_what_was_there_stays(tmp_path: Path) -> None:
    folder = tmp_path / "report.csv"
    folder.mkdir()
    (folder / "kept").write_text("x", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        write_whole(folder, b"x")
    assert caught.value.path == str(folder)
    with pytest.raises(OutputError):
        write_whole(tmp_path / "no" / "such" / "folder.csv", b"x")
    assert (folder / "kept").exists()
    assert list(tmp_path.iterdir()) == [folder]
