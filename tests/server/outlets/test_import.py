"""Outlets from a table: each bad line says its column and what was expected, and stops none of the others."""

from pathlib import Path

import pytest

from merchant_app.server.db.merchants import Merchant, all_merchants
from merchant_app.server.db.outlets import outlet_of
from merchant_app.server.services.outlet_import import BadLine, import_outlets, preview
from merchant_app.server.services.outlet_import.table import NOT_TEXT, NOT_UTF8, decoded, read_table
from tests.server.conftest import House

HEADER = "outlet_id,name_zh,name_en,district,category,latitude,longitude,hours,address_zh,address_en"
GOOD = "1,店,Shop,jiangbei,catering/foods,29.5,106.5,11:00-02:00,路1号,1 Road"


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ("x,店,Shop,jiangbei,catering/foods", "outlet_id", "a whole number from 1 to 999999999"),
        ("٣,店,Shop,jiangbei,catering/foods", "outlet_id", "a whole number from 1 to 999999999"),
        ("1,店,Shop,jiangbei,catering/foods", "outlet_id", "a number that no line before has"),
        ("2,,Shop,jiangbei,catering/foods", "name_zh", "something"),
        ("2,店,Shop, ,catering/foods", "district", "something"),
        (
            "2,店,Shop,jiangbei,catering/rockets",
            "category",
            "a category and sub-category that are listed, for example catering/foods",
        ),
        (
            "2,店,Shop,jiangbei,catering",
            "category",
            "a category and sub-category that are listed, for example catering/foods",
        ),
        ('2,店,"Shop\nof two lines",jiangbei,catering/foods', "name_en", "one line of at most 300 characters"),
        ("2,店,Shop,jiangbei,catering/foods,29.5,", "latitude", "both latitude and longitude, or neither"),
        ("2,店,Shop,jiangbei,catering/foods,91,106", "latitude", "degrees from -90 to 90"),
        ("2,店,Shop,jiangbei,catering/foods,nan,106", "latitude", "degrees from -90 to 90"),
        ("2,店,Shop,jiangbei,catering/foods,29.5,106.5,,1 Road, left,too", "", "10 cells as in the header; one with"),
        ('2,"店"zi,Shop,jiangbei,catering/foods', "", "quotes only around whole cells, doubled inside of them"),
    ],
)
def test_a_bad_line_says_what_was_expected_and_the_others_are_taken(line: str, column: str, expected: str) -> None:
    table = read_table("\n".join([HEADER, GOOD, line, GOOD.replace("1,", "3,", 1)]))
    (bad,) = table.bad_lines
    assert (bad.line, bad.column) == (3, column)
    assert bad.expected.startswith(expected)
    assert [each.part.outlet_id for each in table.outlets] == [1, 3]


def test_lines_count_as_an_editor_counts_them() -> None:
    table = read_table(f'{HEADER}\r\n\r\n1,"店\n店",a,b,catering/foods\r\n\r\nx,店,a,b,catering/foods\r\n')
    assert [(bad.line, bad.column) for bad in table.bad_lines] == [(3, "name_zh"), (6, "outlet_id")]


def test_a_header_without_a_column_that_is_needed_says_which() -> None:
    (bad,) = read_table("outlet_id,name_zh\n1,店\n").bad_lines
    assert bad == BadLine(1, "name_en, district, category", "these columns")
    assert read_table("").bad_lines[0].line == 1


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("begins", [b"", b"\xef\xbb\xbf"])
def test_files_from_any_computer_are_read(ending: str, begins: bytes) -> None:
    text = decoded(begins + ending.join([HEADER, GOOD.replace("1 Road", '"1 Road, 2/F"')]).encode())
    assert isinstance(text, str)
    (outlet,) = read_table(text).outlets
    assert (outlet.part.name_zh, outlet.part.address_en) == ("店", "1 Road, 2/F")


@pytest.mark.parametrize(
    ("content", "expected"),
    [(f"{HEADER}\n{GOOD}".encode("gbk"), NOT_UTF8), (b"PK\x03\x04\x00\xff", NOT_TEXT), (b"a\x00b", NOT_TEXT)],
)
def test_a_file_in_another_shape_is_a_sentence(content: bytes, expected: str) -> None:
    assert decoded(content) == BadLine(1, "", expected)


def test_merchants_come_with_their_outlets(house: House) -> None:
    header = f"{HEADER},merchant_id,merchant_zh,merchant_en"
    text = "\n".join([header, GOOD + ",7,渝舟,Yuzhou", GOOD.replace("1,", "2,", 1) + ",7,,", "3" + GOOD[1:] + ",8,,"])
    before = preview(house.central, text)
    report = import_outlets(house.central, text)
    assert before == report
    assert (report.taken, report.new, report.merchants) == (2, 2, 1)
    assert report.bad_lines == (BadLine(4, "merchant_id", "a merchant that is known, or its name beside it"),)
    with house.central.database.reading() as connection:
        assert all_merchants(connection) == [Merchant(7, "渝舟", "Yuzhou")]


def test_what_a_table_has_no_column_for_stays_as_it_is(house: House) -> None:
    import_outlets(house.central, f"{HEADER}\n{GOOD}")
    report = import_outlets(
        house.central, "category,district,name_en,name_zh,outlet_id\nmovie/movie_ticket,b,New,新,1\n"
    )
    assert (report.taken, report.new, report.bad_lines) == (1, 0, ())
    with house.central.database.reading() as connection:
        kept = outlet_of(connection, 1)
    assert kept is not None
    assert (kept.name_en, kept.district, kept.hours, kept.latitude) == ("New", "b", "11:00-02:00", 29.5)


def test_five_thousand_lines_with_bad_ones_among_them(house: House, tmp_path: Path) -> None:
    lines = [f"{number},店{number},Shop {number},jiangbei,catering/foods,29.5,106.5,,," for number in range(1, 5001)]
    lines[998] = lines[998].replace("jiangbei", "")
    report = import_outlets(house.central, "\n".join([HEADER, *lines]))
    assert (report.taken, report.bad_lines) == (4999, (BadLine(1000, "district", "something"),))
    assert import_outlets(house.central, "\n".join([HEADER, *lines])).new == 0
