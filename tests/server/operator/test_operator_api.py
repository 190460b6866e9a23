"""What the console can do, programs can: read how everything stands, and act; refusals have stable codes."""

import csv
import io
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from merchant_app.server.db.deeds import deeds_before
from merchant_app.server.services.campaign_desk import add
from merchant_app.server.services.settling.closing import close
from tests.server.conftest import House
from tests.server.console.visitor import NAME
from tests.server.documents import CAMPAIGN_ID, document
from tests.server.operator.conftest import Program
from tests.server.reporting.recount import raw_rows, recount

ONE = f"/campaigns/{CAMPAIGN_ID}"


def scanned(house: House, count: int = 3) -> dict[str, int]:
    """Some redemptions at a till; the recounted totals."""
    till = house.till()
    for each in house.coupons(count, channel="short_video"):
        assert till.ask(str(each.code)).outcome == "confirmed"
    return recount(raw_rows(house.central.database, CAMPAIGN_ID))["total"]


def test_campaigns_and_their_stock(house: House, program: Program) -> None:
    house.coupons(3)
    (campaign,) = program.get("/campaigns").json()["campaigns"]
    assert (campaign["campaign_id"], campaign["state"], campaign["issued"], campaign["stock"]) == (
        CAMPAIGN_ID, "open", 3, 10_000,
    )  # fmt: skip
    one = program.get(ONE).json()
    assert [offer["issued"] for offer in one["rounds"][0]["offers"]] == [3, 0]
    assert (program.get("/campaigns/5").status_code, program.get("/campaigns/5").json()["code"]) == (
        404,
        "unknown_campaign",
    )


def test_the_report_moves_with_the_till_and_is_the_same_in_every_format(house: House, program: Program) -> None:
    truth = scanned(house)
    report = program.get(f"{ONE}/report", by=["outlet", "day", "channel", "district"]).json()
    assert {name: report["total"][name] for name in truth} == truth
    for each in report["breakdowns"]:
        assert {name: sum(line[name] for line in each["lines"]) for name in truth} == truth
    text = program.get(f"{ONE}/report", by="outlet", format="csv", language="zh").content.decode("utf-8-sig")
    *_, total = csv.reader(io.StringIO(text.strip()))
    assert text.startswith("心动生活")
    assert total[-5] == f"{Decimal(truth['bill_fen']) / 100:.2f}"
    workbook = program.get(f"{ONE}/report", by="outlet", format="xlsx")
    assert zipfile.is_zipfile(io.BytesIO(workbook.content))
    assert "attachment" in workbook.headers["Content-Disposition"]


def test_the_report_narrowed_down(house: House, program: Program) -> None:
    scanned(house)
    assert program.get(f"{ONE}/report", channel="short_video").json()["total"]["redeemed"] == 3
    assert program.get(f"{ONE}/report", channel="").json()["total"]["redeemed"] == 0
    assert program.get(f"{ONE}/report", outlet_id=4201, by="outlet").json()["total"]["redeemed"] == 3
    assert program.get(f"{ONE}/report", district="yuzhong").json()["total"]["redeemed"] == 0
    compared = program.get(f"{ONE}/report", first_day="2026-06-30", last_day="2026-06-30").json()
    assert (compared["total"]["redeemed"], compared["before"]["redeemed"]) == (3, 0)


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [
        ({"by": "moon"}, "invalid", "by.0"),
        ({"first_day": "2026-13-01"}, "invalid", "first_day"),
        ({"outlet_id": 0}, "invalid", "outlet_id"),
        ({"format": "pdf"}, "invalid", "format"),
    ],
)
def test_what_is_asked_wrongly_is_named(
    house: House, program: Program, query: dict[str, Any], code: str, field: str | None
) -> None:
    answer = program.get(f"{ONE}/report", **query)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, code, field)
    turned = program.get(f"{ONE}/report", first_day="2026-07-02", last_day="2026-07-01")
    assert (turned.status_code, turned.json()["code"]) == (409, "days_wrong_way_round")


def test_a_campaign_is_paused_resumed_and_closed(house: House, program: Program) -> None:
    assert program.post(f"{ONE}/steps/pause").json()["state"] == "paused"
    again = program.post(f"{ONE}/steps/pause")
    assert (again.status_code, again.json()["code"]) == (409, "already_paused")
    assert program.post(f"{ONE}/steps/resume").json()["state"] == "open"
    assert program.post(f"{ONE}/steps/close").json()["state"] == "closed"
    assert program.post("/campaigns/5/steps/close").status_code == 404
    assert program.post(f"{ONE}/steps/explode").status_code == 422


def test_a_draft_is_opened(house: House, program: Program) -> None:
    add(house.central, document(campaign_id=77), {})
    assert program.post("/campaigns/77/steps/open").json()["state"] == "open"


def test_claim_links_are_made_listed_and_closed(house: House, program: Program) -> None:
    made = program.post("/claim-links", campaign_id=CAMPAIGN_ID, channel="short_video")
    assert made.status_code == 201
    link = made.json()
    assert link["url"].endswith(f"/c/{link['link_id']}")
    assert [each["link_id"] for each in program.get(f"{ONE}/claim-links").json()["links"]] == [link["link_id"]]
    assert program.post("/claim-links", campaign_id=CAMPAIGN_ID, channel="radio").json()["code"] == "unknown_channel"
    assert program.ask("DELETE", f"/claim-links/{link['link_id']}").json()["closed_at"] is not None
    assert program.ask("DELETE", "/claim-links/abcdefghjkmnpqrstu").json()["code"] == "unknown_link"


def test_outlets_and_tills(house: House, program: Program) -> None:
    page = program.get("/outlets").json()
    assert [each["outlet_id"] for each in page["outlets"]] == [4201, 4202, 4203, 4301]
    assert page["next_after"] is None
    assert len(program.get("/outlets", after=4202).json()["outlets"]) == 2
    invited = program.post("/outlets/4201/invitations")
    assert invited.status_code == 201
    assert invited.json()["code"]
    till = house.till()
    assert [each["till_id"] for each in program.get("/tills", outlet_id=4201).json()["tills"]] == [till.till_id]
    assert program.post(f"/tills/{till.till_id}/revoke").json()["revoked_at"] is not None
    assert program.post("/tills/none/revoke").json()["code"] == "no_such_till"
    assert program.post("/outlets/9/invitations").json()["code"] == "unknown_outlet"


def test_a_dispute_is_listed_and_resolved(house: House, program: Program) -> None:
    tills, code = [house.till(4201), house.till(4202)], house.code()
    assert tills[0].ask(code).outcome == "confirmed"
    tills[1].redeem(code, house.clock.at - timedelta(minutes=1))
    tills[1].push(floor=house.clock.at)
    listed = program.get("/disputes", campaign_id=CAMPAIGN_ID, is_open=True).json()
    (dispute,) = listed["disputes"]
    assert (listed["total"], dispute["till_id"]) == (1, tills[1].till_id)
    assert "already_redeemed" in dispute["reasons"]
    path = f"/disputes/{dispute['dispute_id']}/resolve"
    assert program.post(path, outcome="campaign_pays", note="").status_code == 422
    resolved = program.post(path, outcome="campaign_pays", note="A double, within the limits.").json()
    assert (resolved["outcome"], resolved["resolved_by"]) == ("campaign_pays", NAME)
    assert program.post(path, outcome="fraud", note="x").json()["code"] == "already_closed"
    assert program.post("/disputes/none/resolve", outcome="fraud", note="x").status_code == 404
    total = program.get(f"{ONE}/report").json()["total"]
    assert (total["redeemed"], total["contested"]) == (2, 0)


def test_settlements_are_read(house: House, program: Program) -> None:
    truth = scanned(house)
    house.clock.forward(days=3)
    close(house.central, CAMPAIGN_ID, date(2026, 7, 1), by=NAME)
    (period,) = program.get(f"{ONE}/settlements").json()["periods"]
    assert (period["period"], period["owed_fen"]) == (1, truth["amount_off_fen"])
    (settlement,) = program.get(f"{ONE}/settlements/1").json()["settlements"]
    assert (settlement["outlet_id"], settlement["owed_fen"]) == (4201, truth["amount_off_fen"])
    assert program.get(f"{ONE}/settlements/2").json()["code"] == "unknown_period"


def test_what_a_program_did_is_written_down_in_its_operators_name(house: House, program: Program) -> None:
    program.post(f"{ONE}/steps/pause")
    with house.central.database.reading() as connection:
        (deed,) = deeds_before(connection, before=None, count=1)
    assert (deed.operator, deed.what, deed.subject) == (NAME, "campaign_paused", str(CAMPAIGN_ID))
