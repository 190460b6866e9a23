"""What leaves the server as text, JSON, CSV and workbook says the same as the report, to the fen; and its commands."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from merchant_app.cli.main import main
from merchant_app.domain.campaign_report import Breakdown, CampaignReport, Figures
from merchant_app.domain.kinds import Bilingual, CampaignId, Fen
from merchant_app.domain.redemption import Bill
from merchant_app.paper.campaign_paper import campaign_paper
from merchant_app.paper.csv_file import csv_file
from merchant_app.paper.spreadsheet import spreadsheet
from merchant_app.paper.text_page import text_page
from merchant_app.server.services.reporting.report import Asked, NoReport, make_report
from merchant_app.wire.campaign_report import as_answer
from merchant_app.wording import Words
from tests.server.documents import CAMPAIGN_ID
from tests.server.reporting.histories import Campaigning, campaigning
from tests.server.reporting.recount import raw_rows, recount
from tests.wording.saying import EN, ZH

FORMULA = "=1+1"
both = pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def living(database: str | None) -> Iterator[Campaigning]:
    with campaigning(database) as made:
        made.step("issue", 0, 3, 1)
        made.step("issue", 0, 2, 0)
        for who in (0, 1):
            made.step("redeem", who, who, 1)
            made.step("redeem", who, 2, 2)
        made.step("void", 1, 0, 1)
        made.push(0)
        made.push(1)
        yield made


def reported(living: Campaigning) -> CampaignReport:
    made = make_report(living.central, Asked(CampaignId(CAMPAIGN_ID)), list(Breakdown))
    assert isinstance(made, CampaignReport)
    return made


def counted(living: Campaigning) -> dict[str, int]:
    return recount(raw_rows(living.central.database, CAMPAIGN_ID))["total"]


def yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}"


@both
def test_every_table_of_the_csv_adds_up_to_the_recounted_total(living: Campaigning, words: Words) -> None:
    truth = counted(living)
    text = csv_file(campaign_paper(reported(living), words), words).decode("utf-8-sig")
    blocks = text.replace("\r\n", "\n").split("\n\n")[1:]
    assert len(blocks) == 1 + len(Breakdown)
    for block in blocks:
        *_, total = csv.reader(io.StringIO(block.strip()))
        claimed, redeemed, _rate, off, bills, contested, contested_off, voided, voided_off = total[-9:]
        assert (int(claimed), int(redeemed), off) == (
            truth["claimed"],
            truth["redeemed"],
            yuan(truth["amount_off_fen"]),
        )
        assert (bills, int(contested), contested_off) == (
            yuan(truth["bill_fen"]),
            truth["contested"],
            yuan(truth["contested_off_fen"]),
        )
        assert (int(voided), voided_off) == (truth["voided"], yuan(truth["voided_off_fen"]))


@both
def test_the_workbook_holds_real_numbers_under_a_frozen_header(living: Campaigning, words: Words) -> None:
    book = zipfile.ZipFile(io.BytesIO(spreadsheet(campaign_paper(reported(living), words), words)))
    sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 2 + len(Breakdown)
    truth = counted(living)
    for name in sorted(sheets)[1:]:
        if name.endswith("sheet1.xml"):
            continue
        sheet = ElementTree.fromstring(book.read(name))
        assert sheet.find(f".//{SHEET}pane") is not None
        assert sheet.find(f".//{SHEET}f") is None
        numbers = [cell.findtext(f"{SHEET}v") for cell in sheet.findall(f".//{SHEET}row")[-1] if cell.get("t") != "s"]
        values = [Decimal(number) for number in numbers if number is not None]
        assert values[:2] == [truth["claimed"], truth["redeemed"]]
        assert Decimal(truth["bill_fen"]) / 100 in values


def test_the_text_and_the_json_say_the_same(living: Campaigning) -> None:
    truth, report = counted(living), reported(living)
    answer = json.loads(as_answer(report).as_json())
    assert {name: answer["total"][name] for name in truth} == truth
    for each in answer["breakdowns"]:
        assert {name: sum(line[name] for line in each["lines"]) for name in truth} == truth
    assert f"{Decimal(truth['bill_fen']) / 100:,.2f}" in text_page(campaign_paper(report, EN), EN)


def test_a_name_that_a_spreadsheet_would_run_is_disarmed(living: Campaigning) -> None:
    report = reported(living)
    places = {key: replace(place, name=Bilingual(FORMULA, FORMULA)) for key, place in report.added.places.items()}
    armed = replace(report, added=replace(report.added, places=places))
    assert f"'{FORMULA}" in csv_file(campaign_paper(armed, EN), EN).decode()


def test_the_rate_is_left_out_where_claims_and_redemptions_are_not_of_the_same_coupons(living: Campaigning) -> None:
    report = reported(living)
    assert Figures(claimed=3, redeemed=2).rate == 6667
    assert Figures(redeemed=2).rate is None
    assert report.rate_of(None, report.added.total) is not None
    assert report.rate_of(Breakdown.DISTRICT, report.added.total) is None
    assert (
        as_answer(report).total.redemption_rate
        == f"{report.added.total.rate or 0:05}"[:-4] + "." + f"{report.added.total.rate or 0:05}"[-4:]
    )


def test_a_period_is_compared_with_as_many_days_before(living: Campaigning) -> None:
    life, late = living.life, date(2026, 7, 1)
    life.now = life.now.replace(month=7, day=1, hour=2)
    living.tills[0].redeem(life.codes[3], life.now, bill=Bill("late", Fen(77_700)))
    living.push(0)
    made = make_report(living.central, Asked(CampaignId(CAMPAIGN_ID), late, late), [Breakdown.DAY])
    assert isinstance(made, CampaignReport)
    assert made.added.total.bill_fen == 77_700
    before = recount(raw_rows(living.central.database, CAMPAIGN_ID), lambda row: row["day"])[date(2026, 6, 30)]
    assert made.before is not None
    assert made.before.bill_fen == before["bill_fen"]


def test_what_is_not_there_is_refused(living: Campaigning) -> None:
    assert make_report(living.central, Asked(CampaignId(5)), []) is NoReport.UNKNOWN_CAMPAIGN
    asked = Asked(CampaignId(CAMPAIGN_ID), date(2026, 7, 2), date(2026, 7, 1))
    assert make_report(living.central, asked, []) is NoReport.WRONG_WAY_ROUND


def test_the_commands_write_the_report_and_check_it(
    living: Campaigning, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = living.central.database.url.render_as_string(hide_password=False)
    database = str(living.central.database.path or url)
    named = ["--data-dir", str(tmp_path), "--database", database]
    for_all = ["campaign", "report", str(CAMPAIGN_ID), "--by", "outlet", "--by", "day"]
    assert main([*for_all, "--format", "json", *named]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["total"]["bill_fen"] == counted(living)["bill_fen"]
    assert main([*for_all, "--format", "xlsx", "--output", str(tmp_path / "r.xlsx"), *named]) == 0
    assert zipfile.is_zipfile(tmp_path / "r.xlsx")
    assert main([*for_all, "--format", "xlsx", *named]) == 2
    assert main(["campaign", "report", "5", *named]) == 1
    assert main(["campaign", "check-report", "--json", *named]) == 0
    capsys.readouterr()
    with living.central.database.writing() as connection:
        connection.exec_driver_sql("UPDATE tallies SET kept_count = 9")
    assert main(["campaign", "check-report", "--json", *named]) == 1
    assert not json.loads(capsys.readouterr().out)["sound"]
