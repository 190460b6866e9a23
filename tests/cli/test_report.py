"""`merchant-app report`: the days of a till, read beside it, in every format and never in half a file."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from merchant_app.cli.main import main
from merchant_app.till.services.answers import NotRedeemed, Redeemed
from tests.till.made_till import MadeTill, bill, document, hold, make_till

DAY = ["--day", "2022-06-28"]


@pytest.fixture
def till(tmp_path: Path) -> Iterator[MadeTill]:
    """Open while it is reported on: two coupons redeemed on different bills, one refused."""
    till = make_till(tmp_path / "till", catalogue_of=[document()])
    for serial in (1, 2):
        answer = till.parts.redeeming.present(hold(serial), bill(bill_id=f"bill-{serial}"))
        assert isinstance(answer, Redeemed)
    assert isinstance(till.parts.redeeming.present(hold(9), bill(5000, "bill-3")), NotRedeemed)
    yield till
    till.parts.close()


def report(till: MadeTill, *arguments: str) -> int:
    return main(["report", "--data-dir", str(till.data_dir), *arguments])


def test_the_day_as_json(till: MadeTill, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(till, *DAY, "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["taken"] == {"count": 2, "amount_off_fen": 4000, "bill_fen": 25600}
    assert said["by_standing"]["provisional"]["count"] == 2
    assert said["by_cashier"][0]["cashier"] == "02"
    assert (said["refused"], said["by_reason"]) == (1, {"below_min_spend": 1})
    assert said["outlet"] == {"zh": "观音桥店", "en": "Guanyinqiao"}


def test_the_day_as_text(till: MadeTill, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(till, *DAY) == 0
    page = capsys.readouterr().out
    assert page.startswith("Report of 28 June 2022\nGuanyinqiao\n")
    assert "Taken in all            2       40.00  256.00" in page
    assert "20 off 100" in page


def test_the_day_in_chinese(
    till: MadeTill, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MERCHANT_APP_LANGUAGE", "zh")
    assert report(till, *DAY) == 0
    assert capsys.readouterr().out.startswith("2022年6月28日核销日报\n观音桥店\n")


@pytest.mark.parametrize(
    ("name", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF-"), ("json", b"{"), ("text", b"Rep")]
)
def test_every_format_goes_into_a_file(till: MadeTill, tmp_path: Path, name: str, begins: bytes) -> None:
    file = tmp_path / f"report.{name}"
    assert report(till, *DAY, "--format", name, "--output", str(file)) == 0
    assert file.read_bytes().startswith(begins)


def test_the_totals_in_a_file_are_the_ledgers(till: MadeTill, tmp_path: Path) -> None:
    file = tmp_path / "report.csv"
    assert report(till, *DAY, "--format", "csv", "--output", str(file)) == 0
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert ["Taken in all", "2", "40.00", "256.00"] in rows


def test_a_range_and_an_empty_day(till: MadeTill, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(till, "--day", "2022-06-27", "--to", "2022-06-29", "--json") == 0
    assert json.loads(capsys.readouterr().out)["taken"]["count"] == 2
    assert report(till, "--day", "2022-06-29", "--json") == 0
    assert json.loads(capsys.readouterr().out)["taken"]["count"] == 0


def test_the_till_goes_on_while_it_is_reported_on(till: MadeTill, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(till, *DAY, "--json") == 0
    assert isinstance(till.parts.redeeming.present(hold(3), bill(bill_id="bill-4")), Redeemed)
    capsys.readouterr()
    assert report(till, *DAY, "--json") == 0
    assert json.loads(capsys.readouterr().out)["taken"]["count"] == 3


@pytest.mark.parametrize("name", ["xlsx", "pdf"])
def test_what_is_no_text_needs_a_file(till: MadeTill, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert report(till, *DAY, "--format", name) == 2
    assert "--output FILE" in capsys.readouterr().err


def test_days_the_wrong_way_round(till: MadeTill, capsys: pytest.CaptureFixture[str]) -> None:
    assert report(till, *DAY, "--to", "2022-06-27") == 2
    assert capsys.readouterr().err == "The last day is before the first.\n"


def test_a_file_that_cannot_be_written_gets_a_sentence(
    till: MadeTill, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert report(till, *DAY, "--output", str(tmp_path / "no" / "report.txt")) == 1
    assert "cannot be written" in capsys.readouterr().err


def test_a_folder_without_a_till_gets_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "--data-dir", str(tmp_path)]) == 1
    assert "belongs to no server yet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["yesterday", "2022-02-30", "28.06.2022"])
def test_a_day_that_is_none_is_wrong_usage(day: str) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["report", "--day", day])
    assert caught.value.code == 2
