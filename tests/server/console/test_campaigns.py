"""Campaigns in the console: every page, ways in other than the blank form, pictures, and what is refused."""

import json
import re
from html import unescape
from typing import Any

import pytest

from merchant_app.resources import resource_path
from merchant_app.server.db.campaign_versions import versions_of
from merchant_app.server.services.campaign_desk import add, amend, look
from tests.server.conftest import House
from tests.server.console.visitor import Visitor
from tests.server.documents import CAMPAIGN_ID, document

ONE = f"/console/campaigns/{CAMPAIGN_ID}"
NEW = "/console/campaigns/new/form"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
_INPUT = re.compile(r'<input(?=[^>]*\bname="([^"]+)")([^>]*)>')
_AREA = re.compile(r'<textarea[^>]*\bname="([^"]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
_SELECT = re.compile(r'<select[^>]*\bname="([^"]+)"[^>]*>(.*?)</select>', re.DOTALL)


def fields_of(text: str) -> dict[str, list[str]]:
    """What a browser would send of the form on this page."""
    form = text[text.index('id="campaign-form"') :]
    found: dict[str, list[str]] = {}
    for name, rest in _INPUT.findall(form):
        value = re.search(r'\bvalue="([^"]*)"', rest)
        if 'type="file"' not in rest and ("checkbox" not in rest or " checked" in rest):
            found.setdefault(name, []).append(unescape(value[1]) if value else "")
    for name, inside in _AREA.findall(form):
        found[name] = [unescape(inside)]
    for name, inside in _SELECT.findall(form):
        chosen = re.search(r'<option value="([^"]*)" selected', inside) or re.search(r'<option value="([^"]*)"', inside)
        found[name] = [chosen[1]] if chosen else []
    return found


def send(operator: Visitor, path: str, files: Any = None, **changes: str) -> Any:
    """Sends the form of the last page, some of its fields typed over."""
    fields = {**fields_of(operator.last.text), **{name.replace("__", "."): text for name, text in changes.items()}}
    return operator.post(path, files=files, **fields)


def test_every_page_of_a_campaign_can_be_looked_at_in_both_languages(operator: Visitor) -> None:
    of_one = ("", "/meters", "/edit", "/rehearse", "/document.json", "/document.json?version=1")
    paths = (
        "/console/campaigns",
        "/console/campaigns/new",
        NEW,
        f"{NEW}?sample=hotpot",
        *(ONE + path for path in of_one),
    )
    for language in ("en", "zh-CN"):
        operator.session.headers["Accept-Language"] = language
        for path in paths:
            assert operator.get(path).status_code == 200, path


@pytest.mark.parametrize(
    "path",
    [f"{NEW}?sample=none", "/console/campaigns/99", "/console/campaigns/99/edit", f"{ONE}/document.json?version=9"],
)
def test_what_is_not_there_is_not_found(operator: Visitor, path: str) -> None:
    assert operator.get(path).status_code == 404


def test_a_stranger_sees_none_of_it(stranger: Visitor) -> None:
    for path in ("/console/campaigns", NEW, ONE, f"{ONE}/document.json", f"{ONE}/rehearse"):
        assert "/sign-in" in stranger.get(path).url


def test_a_sample_starts_when_the_operator_says_and_keeps_its_pictures(house: House, operator: Visitor) -> None:
    operator.get(f"{NEW}?sample=jiangbei&starts_on=2026-09-01")
    assert send(operator, NEW).status_code == 200
    made = look(house.central, 20260901)
    assert made is not None
    assert made.campaign.starts_at.isoformat() == "2026-09-01T02:00:00+00:00"
    assert (
        operator.get(f"/console/campaigns/pictures/{made.campaign.offers[0].picture}").headers["content-type"]
        == "image/jpeg"
    )


def test_a_document_is_looked_at_in_the_form_or_its_mistakes_are_named(house: House, operator: Visitor) -> None:
    good = json.dumps(document(campaign_id=7)).encode()
    operator.post("/console/campaigns/new/document", files={"document": ("c.json", good)})
    assert send(operator, NEW).status_code == 200
    assert look(house.central, 7) is not None
    for bad, path in (
        (b"{", "(document)"),
        (json.dumps(document(ends_at="soon")).encode(), "ends_at"),
        (b"[" * 9999, "(document)"),
    ):
        answer = operator.post("/console/campaigns/new/document", files={"document": ("c.json", bad)})
        assert answer.status_code == 422
        assert path in operator.said
    assert operator.post("/console/campaigns/new/document").status_code == 422


def test_a_picture_is_shown_as_soon_as_it_is_chosen_and_kept_with_the_offer(house: House, operator: Visitor) -> None:
    add(house.central, document(campaign_id=7), {})
    operator.get("/console/campaigns/7/edit")
    send(operator, "/console/campaigns/7/edit", {"offers.0.picture_file": ("a.png", PNG)}, step="redraw")
    (sha256,) = set(fields_of(operator.last.text)["offers.0.picture"])
    assert operator.get(f"/console/campaigns/pictures/{sha256}").content == PNG
    operator.get("/console/campaigns/7/edit")
    send(operator, "/console/campaigns/7/edit", {"offers.0.picture_file": ("a.png", PNG)})
    seen = look(house.central, 7)
    assert seen is not None
    assert [each.picture for each in seen.campaign.offers] == [sha256, ""]


@pytest.mark.parametrize("content", [b"GIF89a", b"<svg onload=alert(1)>", PNG + b"\0" * (2 << 20)])
def test_what_is_no_picture_or_too_large_is_refused_at_its_field(operator: Visitor, content: bytes) -> None:
    operator.get(f"{NEW}?sample=hotpot")
    answer = send(operator, NEW, {"offers.0.picture_file": ("a.png", content)})
    assert answer.status_code == 422
    assert "Offer 1: Picture" in operator.said


def test_a_picture_that_nobody_sent_is_no_picture(operator: Visitor) -> None:
    operator.get(f"{NEW}?sample=hotpot")
    assert send(operator, NEW, offers__0__picture="../../etc/passwd").status_code == 422


def test_a_number_that_another_campaign_has_is_refused(operator: Visitor) -> None:
    operator.get(f"{NEW}?sample=hotpot")
    assert send(operator, NEW, campaign_id=str(CAMPAIGN_ID)).status_code == 422
    assert "a number that no other campaign has" in operator.said


def test_a_draft_is_edited_and_deleted(house: House, operator: Visitor) -> None:
    add(house.central, document(campaign_id=7), {})
    operator.get("/console/campaigns/7/edit")
    send(operator, "/console/campaigns/7/edit", name__en="Another name", by_opt_in="1")
    assert "Another name" in operator.said
    assert 'name="by_opt_in" value="1" checked' in operator.get("/console/campaigns/7/edit").text
    operator.get("/console/campaigns/7")
    operator.post("/console/campaigns/7/delete")
    assert "The draft of campaign 7 is deleted." in operator.said
    add(house.central, document(campaign_id=7), {})
    assert 'name="by_opt_in" value="1" checked' not in operator.get("/console/campaigns/7/edit").text
    operator.post(f"{ONE}/delete")
    assert look(house.central, CAMPAIGN_ID) is not None


def test_of_two_who_amend_at_once_the_second_is_told(house: House, operator: Visitor) -> None:
    operator.get(f"{ONE}/edit")
    other = document()
    other["offers"][0]["min_spend_fen"] = 1
    assert amend(house.central, other, {}, note="first") == 2
    send(operator, f"{ONE}/edit", note="second", offers__0__min_spend_fen="5.00")
    assert "Somebody else has changed campaign" in operator.said
    with house.central.database.reading() as connection:
        assert len(versions_of(connection, CAMPAIGN_ID)) == 2


def test_an_amendment_says_why_and_takes_nothing(house: House, operator: Visitor) -> None:
    house.coupons(count=3)
    operator.get(f"{ONE}/edit")
    assert send(operator, f"{ONE}/edit").status_code == 422
    operator.get(f"{ONE}/edit")
    worse = send(operator, f"{ONE}/edit", note="x", rounds__0__stock__0="2", ends_at="2026-07-19T00:00")
    assert worse.status_code == 422
    assert "Round 1: Stock : Expected: no less than was issued already." in operator.said
    assert "Ends : Expected: no earlier than before." in operator.said
    operator.get(f"{ONE}/edit")
    send(operator, f"{ONE}/edit", note="x", ends_at="2026-07-21T00:00")
    assert f"Campaign {CAMPAIGN_ID} has version 2 now." in operator.said
    assert "Ends: 2026-07-20T00:00 → 2026-07-21T00:00" in operator.said


def test_own_cases_are_rehearsed_and_bad_lines_named(operator: Visitor) -> None:
    case = {
        "outlet": {"outlet_id": 4201, "district": "jiangbei", "category": "catering"},
        "coupon": {"form": "bearer", "round_index": 0, "offer_index": 0, "serial": 1, "issued_at": 1},
        "now": "2026-07-01T12:00:00+08:00",
        "bill_fen": 12000,
        "expect": {"verdict": "accepted", "payable_fen": 9999},
    }
    lines = "\n".join([json.dumps(case), json.dumps({**case, "now": "soon"}), "{", "[" * 5000])
    operator.get(f"{ONE}/rehearse")
    operator.post(f"{ONE}/rehearse", files={"cases": ("cases.jsonl", lines.encode())})
    assert "Line 1: 1" in operator.said
    assert "Usable now: 20 off 100" in operator.said
    assert "now: " in operator.said
    assert "JSON: " in operator.said
    assert operator.post(f"{ONE}/rehearse").status_code == 200


def test_meters_move_as_coupons_are_issued(house: House, operator: Visitor) -> None:
    operator.get(ONE)
    assert f'hx-get="{ONE}/meters"' in operator.last.text
    house.coupons(count=7)
    operator.get(f"{ONE}/meters")
    assert "7 of 5,000" in operator.said


def test_a_step_out_of_turn_is_refused_with_a_sentence(operator: Visitor) -> None:
    operator.get(ONE)
    operator.post(f"{ONE}/step/resume")
    assert "is open and stays as it is" in operator.said
    assert operator.post(f"{ONE}/step/explode").status_code == 422


def test_samples_are_those_in_the_folder() -> None:
    assert {path.stem for path in resource_path("campaigns").glob("*.json")} == {"jiangbei", "hotpot"}
