"""Tills in the console: how each one is, inviting one until it is seen, revoking, and ending one that was copied."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from merchant_app.till.parts import Outside, build_parts, open_ledger
from merchant_app.till.services.enrolling import Enrolling
from merchant_app.wire.enrolment import read_invitation
from merchant_app.wire.facts import PushRequest, Report
from tests.server.conftest import House
from tests.server.console.chromium import picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor
from tests.server.till_client import TillClient


def report(house: House, till: TillClient, *, ahead: timedelta = timedelta(), waiting: int = 0) -> None:
    """A sync as a whole till makes it."""
    head, now = till.head, house.clock.at
    told = Report(
        floor=now,
        head_seq=head.seq,
        head_hash=head.hash.hex(),
        version="1.2.3",
        sent_at=now + ahead,
        waiting=waiting,
        catalogue_version=3,
        catalogue_at=now - timedelta(minutes=4),
    )
    request = PushRequest(chain_id=till.chain_id, rows=[], report=told)
    assert till.send("POST", "/api/facts", request.as_json()).status_code == 200


@pytest.fixture
def tills(house: House) -> list[TillClient]:
    """One that is well, one whose clock is off and rows wait, one silent for two days, one copied, one revoked."""
    silent = house.till(4203)
    house.clock.forward(days=2)
    well, wrong, copied, revoked = house.till(), house.till(4202), house.till(), house.till()
    clone = replace(copied, rows=[])
    copied.redeem(house.code(), house.clock.at)
    copied.push()
    clone.redeem(house.code(), house.clock.at)
    clone.push()
    report(house, well)
    report(house, wrong, ahead=timedelta(minutes=-9), waiting=1234)
    return [silent, well, wrong, copied, revoked]


def test_the_list_says_how_each_till_is(house: House, tills: list[TillClient], operator: Visitor) -> None:
    operator.get("/console/tills")
    for said in (
        "4201-01 Counter 1 Hot pot In use today 12:00 0 right 4 min old 1.2.3",
        "4202-01 Counter 1 Noodles Clock wrong Rows wait today 12:00 1,234 9 min slow 4 min old 1.2.3",
        "4203-01 Counter 1 Books Silent 30 June 12:00",
        "4201-02 Counter 1 Hot pot Copied: frozen",
        "All in use · 5",
        "Silent for a day · 1",
    ):
        assert said in operator.said, said
    for matter, there in (("silent", "4203-01"), ("waiting", "4202-01"), ("clock", "4202-01"), ("frozen", "4201-02")):
        operator.get(f"/console/tills?matter={matter}")
        assert there in operator.said
        assert "4201-01" not in operator.said
    operator.get("/console/tills/rows?words=noodles")
    assert "4202-01" in operator.said
    assert "4201-01" not in operator.said
    assert operator.get("/console/tills/none").status_code == 404


def test_revoking_asks_first_and_says_so(house: House, tills: list[TillClient], operator: Visitor) -> None:
    operator.get("/console/tills/4201-03")
    assert "Yes, revoke it" in operator.said
    operator.post("/console/tills/4201-03/revoke")
    assert "Till 4201-03 redeems nothing more." in operator.said
    assert tills[-1].send("GET", "/api/catalogue").status_code == 403
    operator.get("/console/tills?matter=revoked")
    assert "4201-03" in operator.said
    assert operator.post("/console/tills/none/revoke").status_code == 404


def test_a_copied_till_shows_both_and_begins_anew(tills: list[TillClient], operator: Visitor) -> None:
    operator.get("/console/tills/4201-02")
    assert "From row 1 on there are two." in operator.said
    assert operator.said.count("Redemption") == 2
    operator.post("/console/tills/4201-02/unfreeze")
    assert "Invitation for a till Hot pot" in operator.said
    operator.get("/console/tills/4201-02")
    assert "Revoked" in operator.said
    assert operator.post("/console/tills/4201-01/unfreeze").status_code == 404


@pytest.mark.parametrize("outlet", ["", "x", "9", "42019999999999", "-1"])
def test_no_till_is_invited_to_no_outlet(operator: Visitor, outlet: str) -> None:
    operator.get("/console/tills/invite")
    assert operator.post("/console/tills/invite", outlet=outlet).status_code == 422
    assert "There is no open outlet with this number." in operator.said


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_till_is_invited_enrols_and_is_seen(
    house: House, operator: Visitor, open_page: OpenPage, tmp_path: Path
) -> None:
    page = open_page(operator, "/console/outlets/4201")
    page.get_by_role("link", name="Invite a till").click()
    page.get_by_label("This server, as the till reaches it").fill(house.url)
    page.get_by_role("button", name="Make the invitation").click()
    code = page.locator("#invitation-code").inner_text()
    assert page.get_by_role("img", name="Invitation as a QR code").is_visible()
    assert read_invitation(code) is not None
    ledger, outside = open_ledger(tmp_path / "till"), Outside(wall=house.clock)
    identity = Enrolling(ledger, new_id=outside.new_id).enrol(house.url, code, "Counter 7")
    parts = build_parts(ledger, identity, outside, lambda: "02")
    page.goto("/console/tills")
    page.get_by_text("Counter 7").wait_for()
    assert parts.syncing.sync().trouble is None
    parts.close()
    page.locator("#till-rows").get_by_text("right").wait_for()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_pictures_of_its_pages(tills: list[TillClient], operator: Visitor, open_page: OpenPage, language: str) -> None:
    for name in ("tills", "tills/4201-01", "tills/4201-02", "tills/invite?outlet=4201"):
        page = open_page(operator, f"/console/{name}", language=language)
        picture(page, f"{name.partition('?')[0].replace('/', '-')}-{language}")
    page.locator("button.main").click()
    page.locator("#invitation-code").wait_for()
    picture(page, f"tills-invitation-{language}")
    picture(open_page(operator, "/console/tills", language=language, dark=True), f"tills-dark-{language}")
