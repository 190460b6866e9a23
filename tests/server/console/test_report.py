"""The report in the console: it says what the rows say to the fen, moves as cashiers scan, and links everywhere."""

import csv
import io
import re
import zipfile
from decimal import Decimal

import pytest

from tests.server.conftest import House
from tests.server.console.busy_campaign import BUSY_ID, busy_campaign
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor
from tests.server.documents import CAMPAIGN_ID
from tests.server.reporting.recount import raw_rows, recount

FITS = "document.querySelector('main').scrollWidth <= window.innerWidth"
REPORT = f"/console/report/{CAMPAIGN_ID}"
BUSY = f"/console/report/{BUSY_ID}"


def yuan(fen: int) -> str:
    return f"¥{Decimal(fen) / 100:,.2f}"


def counted(house: House, campaign_id: int = CAMPAIGN_ID) -> dict[str, int]:
    """By hand, from the rows."""
    return recount(raw_rows(house.central.database, campaign_id))["total"]


def card(visitor: Visitor, label: str) -> str:
    """The figure on the card of this label."""
    found = re.search(rf"{label}</p>\s*<p class=\"figure-value\">([^<]+)<", visitor.last.text)
    assert found, visitor.said
    return found[1]


def test_figures_move_while_cashiers_scan_and_agree_to_the_fen(house: House, operator: Visitor) -> None:
    tills = [house.till(4201), house.till(4202)]
    codes = [str(each.code) for each in house.coupons(6, channel="short_video")]
    for number, code in enumerate(codes):
        assert tills[number % 2].ask(code).outcome == "confirmed"
        operator.get(f"{REPORT}/figures")
        truth = counted(house)
        assert card(operator, "Redeemed") == str(number + 1) == str(truth["redeemed"])
        assert card(operator, "Amount off") == yuan(truth["amount_off_fen"])
        assert card(operator, "Bill amount driven") == yuan(truth["bill_fen"]) == yuan(12_000 * (number + 1))


def test_the_first_page_is_the_campaign_that_was_opened_last(house: House, operator: Visitor) -> None:
    assert operator.get("/console/report").url.endswith(REPORT)
    assert card(operator, "Claimed") == "0"


def test_files_add_up_to_the_page(house: House, operator: Visitor) -> None:
    busy_campaign(house)
    narrowed = f"{BUSY}/figures?district=jiangbei"
    operator.get(narrowed)
    bills, off = card(operator, "Bill amount driven"), card(operator, "Amount off")
    text = operator.get(f"{BUSY}/file.csv?district=jiangbei").content.decode("utf-8-sig")
    for block in text.replace("\r\n", "\n").split("\n\n")[1:]:
        *_, total = csv.reader(io.StringIO(block.strip()))
        assert [f"¥{Decimal(cell):,.2f}" for cell in total[-6:-4]] == [off, bills]
    answer = operator.get(f"{BUSY}/file.xlsx?district=jiangbei")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert zipfile.is_zipfile(io.BytesIO(answer.content))


def test_every_line_is_a_link_that_narrows_down(house: House, operator: Visitor) -> None:
    busy_campaign(house)
    whole = operator.get(BUSY).text
    links = set(re.findall(rf'href="({BUSY}\?[^"]+)"', whole))
    assert len(links) > 30
    for name in ("district", "category", "channel", "round_index", "offer_index", "outlet_id"):
        link = next(link for link in sorted(links) if f"{name}=" in link)
        assert operator.get(link.replace("&amp;", "&")).status_code == 200
        assert 'class="chosen"' in operator.last.text


@pytest.mark.parametrize(
    "query", ["first_day=2026-07-99", "outlet_id=x", "round_index=-1", "measure=profit", "sort=x", "page=0",
              "first_day=2026-07-02&last_day=2026-07-01"],
)  # fmt: skip
def test_what_is_asked_wrongly_is_refused_with_a_page(house: House, operator: Visitor, query: str) -> None:
    assert operator.get(f"{REPORT}?{query}").status_code == 422
    assert operator.get("/console/report/5").status_code == 404
    assert operator.get(f"{REPORT}?first_day=&last_day=").status_code == 200


def test_a_period_is_compared_with_the_days_before(house: House, operator: Visitor) -> None:
    busy_campaign(house)
    operator.get(f"{BUSY}?first_day=2026-06-30&last_day=2026-06-30")
    assert "in the days before" in operator.said


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_looks_well(house: House, operator: Visitor, open_page: OpenPage, language: str, dark: bool) -> None:
    busy_campaign(house)
    page = open_page(operator, BUSY, language=language, dark=dark)
    page.wait_for_selector(".report table")
    assert page.evaluate(FITS)
    picture(page, f"report-{language}-{'dark' if dark else 'light'}")


def test_it_fits_on_a_phone_and_moves_by_itself(house: House, operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, REPORT, size=PHONE)
    assert page.evaluate(FITS)
    code = str(house.coupons(1)[0].code)
    assert house.till().ask(code).outcome == "confirmed"
    page.wait_for_selector(".figure-value:has-text('¥120.00')")
    picture(page, "report-phone")
