"""Settlement in the console: looked at first, closed, paid, exported; the reserve stated and watched."""

import csv
import io

import pytest

from merchant_app.domain.disputes import Outcome
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, Visitor
from tests.server.disputes.opened import a_double, decide
from tests.server.documents import CAMPAIGN_ID

HERE = f"/console/settlement/{CAMPAIGN_ID}"


@pytest.fixture
def double(house: House) -> str:
    """Two outlets with a redemption each on 30 June, one of them contested; two days later."""
    *_, dispute_id = a_double(house, house.till(), house.till(4202))
    house.clock.forward(days=2)
    return dispute_id


def test_a_period_is_looked_at_closed_paid_and_exported(house: House, double: str, operator: Visitor) -> None:
    assert "Xindong Life" in operator.get("/console/settlement").text
    operator.get(f"{HERE}/close?to=2026-06-30")
    assert "Close 28 June to 30 June 2026?" in operator.said
    assert "¥20.00" in operator.said
    operator.post(f"{HERE}/close", to="2026-06-30")
    assert "Period 1 is closed." in operator.said
    assert NAME in operator.said
    decide(house, double, Outcome.CAMPAIGN_PAYS)
    operator.post(f"{HERE}/close", to="2026-07-01")
    assert "Period 2 is closed." in operator.said
    assert "The campaign pays" in operator.said
    one = f"{HERE}/settlements/2"
    operator.get(one)
    assert "Noodles" in operator.said
    assert operator.post(f"{one}/paid", paid_on="2026-07-02", reference=" ").status_code == 422
    assert operator.post(f"{one}/paid", paid_on="soon", reference="x").status_code == 422
    operator.post(f"{one}/paid", paid_on="2026-07-02", reference="ICBC 77")
    assert "Settlement 2 is marked as paid." in operator.said
    assert "ICBC 77" in operator.said
    for path in (f"{HERE}/periods/1", f"{HERE}/periods/2", one):
        assert operator.get(f"{path}/xlsx").content.startswith(b"PK")
        answer = operator.get(f"{path}/csv")
        assert answer.headers["content-disposition"].startswith("attachment; filename=")
        cells = [cell for row in csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))) for cell in row]
        assert "20.00" in cells


def test_what_cannot_be_closed_is_said_beside_its_field(double: str, operator: Visitor) -> None:
    for to, said in (("2026-07-02", "not over yet"), ("2026-06-27", "settled already"), ("x", "A day, for example")):
        assert operator.get(f"{HERE}/close?to={to}").status_code == 422
        assert said in operator.said
        operator.post(f"{HERE}/close", to=to)
    operator.get(HERE)
    assert "No period is closed yet." in operator.said
    for path in ("/console/settlement/5", f"{HERE}/periods/1", f"{HERE}/settlements/1", f"{HERE}/periods/1/csv"):
        assert operator.get(path).status_code == 404, path
    assert operator.get(f"{HERE}/periods/0").status_code == 422
    assert operator.post(f"{HERE}/settlements/9/paid", paid_on="2026-07-01", reference="x").status_code == 404


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("25", "Running low: ¥20.00 of ¥25.00"),
        ("1,000.50", "¥20.00 of ¥1,000.50"),
        ("19.99", "Overdrawn: ¥20.00 may be drawn of ¥19.99"),
    ],
)
def test_the_reserve_is_stated_in_yuan_and_watched(double: str, operator: Visitor, typed: str, said: str) -> None:
    operator.post(f"{HERE}/reserve", reserve=typed)
    assert said in operator.said


@pytest.mark.parametrize("typed", ["", "-1", "1.234", "ten", "99999999999999", "=1"])
def test_what_is_no_amount_is_no_reserve(double: str, operator: Visitor, typed: str) -> None:
    assert operator.post(f"{HERE}/reserve", reserve=typed).status_code == 422
    assert "No reserve is stated" in operator.said


def test_settlement_in_a_real_browser(house: House, double: str, operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, HERE)
    page.get_by_label("Reserve in yuan").fill("24.00")
    page.get_by_role("button", name="State it").click()
    page.get_by_label("Last day").fill("2026-06-30")
    page.get_by_role("button", name="See what it gives").click()
    picture(page, "settlement-preview")
    page.get_by_role("button", name="Close it for good").click()
    page.get_by_text("Period 1 is closed.").wait_for()
    decide(house, double, Outcome.CAMPAIGN_PAYS)
    operator.post(f"{HERE}/close", to="2026-07-01")
    picture(open_page(operator, HERE), "settlement-campaign")
    picture(open_page(operator, HERE, language="zh", dark=True), "settlement-campaign-zh-dark")
    picture(open_page(operator, "/console/settlement", language="zh"), "settlement-campaigns-zh")
    picture(open_page(operator, f"{HERE}/periods/2"), "settlement-period")
    picture(open_page(operator, f"{HERE}/settlements/2", language="zh"), "settlement-one-zh")
    picture(open_page(operator, f"{HERE}/settlements/2", size=PHONE), "settlement-one-phone")
