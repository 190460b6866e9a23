"""`merchant-app campaign`: a campaign's life and its versions, as a program would call them."""

import json
from pathlib import Path
from typing import Any

import pytest

from merchant_app.cli.main import main
from tests.cli.conftest import Call
from tests.server.documents import CAMPAIGN_ID, document

NUMBER = str(CAMPAIGN_ID)


def test_a_campaign_is_paused_resumed_and_closed(opened: Call) -> None:
    for step in ("pause", "resume", "close"):
        assert opened("campaign", step, NUMBER) == (0, {"campaign_id": CAMPAIGN_ID, "done": step}, "")
    code, told, said = opened("campaign", "resume", NUMBER)
    assert (code, told["refused"]) == (1, "closed")
    assert NUMBER in said
    assert opened("campaign", "pause", "5")[1] == {"refused": "unknown_campaign"}


def test_a_paused_campaign_issues_nothing(opened: Call) -> None:
    opened("campaign", "pause", NUMBER)
    assert opened("coupon", "issue", NUMBER)[1]["refused"] == "paused"


def test_a_draft_is_deleted_and_an_open_campaign_not(opened: Call, campaign: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps({**json.loads(campaign.read_text(encoding="utf-8")), "campaign_id": 7}))
    assert opened("campaign", "add", str(other))[0] == 0
    assert opened("campaign", "delete", "7") == (0, {"deleted": 7}, "")
    assert opened("campaign", "delete", NUMBER)[1] == {"refused": "no_draft"}


def test_a_campaign_is_shown_with_what_was_issued(opened: Call) -> None:
    opened("coupon", "issue", NUMBER, "--count", "2")
    code, told, _ = opened("campaign", "show", NUMBER)
    assert (code, told["state"], told["version"]) == (0, "open", 1)
    assert told["rounds"] == [
        {"round_index": 0, "state": "open", "offers": [{"offer_index": 0, "stock": 3, "issued": 2}]}
    ]
    assert (told["budget_fen"], told["counted_fen"]) == (None, 4000)
    assert opened("campaign", "show", "5")[1] == {"refused": "unknown_campaign"}


def test_an_amendment_is_a_new_version_or_names_what_it_would_take(opened: Call, campaign: Path) -> None:
    new: dict[str, Any] = json.loads(campaign.read_text(encoding="utf-8"))
    new["offers"][0]["min_spend_fen"] = 5000
    campaign.write_text(json.dumps(new), encoding="utf-8")
    amend = ("campaign", "amend", str(campaign), "--note", "kinder")
    assert opened(*amend) == (0, {"amended": CAMPAIGN_ID, "version": 2}, "")
    assert opened(*amend)[1] == {"refused": "nothing_changed"}
    new["offers"][0]["min_spend_fen"] = 5001
    new["offers"][1]["uses"] = 2
    campaign.write_text(json.dumps(new), encoding="utf-8")
    code, told, _ = opened(*amend)
    assert code == 1
    assert [each["field"] for each in told["mistakes"]] == ["offers.0.min_spend_fen", "offers.1.uses"]


def test_what_is_not_on_the_server_cannot_be_amended(opened: Call, tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(json.dumps(document(campaign_id=5)), encoding="utf-8")
    assert opened("campaign", "amend", str(tmp_path / "new.json"), "--note", "?")[1] == {"refused": "unknown_campaign"}


def test_a_document_is_rehearsed_with_ready_made_cases(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["campaign", "rehearse", str(campaign), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {each["case"] for each in told if each["offer_index"] == 0} >= {"good", "one_fen_short", "too_late"}
    assert main(["campaign", "rehearse", str(campaign)]) == 0
    said = capsys.readouterr().out
    assert "20 off 100" in said
    assert "to reach" in said


def test_an_offer_that_is_never_usable_fails_the_rehearsal(campaign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(campaign.read_text(encoding="utf-8"))
    document["offers"][0]["only_dates"] = ["2020-01-01"]
    campaign.write_text(json.dumps(document), encoding="utf-8")
    assert main(["campaign", "rehearse", str(campaign)]) == 1
    assert "It has to be: accepted" in capsys.readouterr().out


def test_own_cases_need_not_name_the_campaign(
    campaign: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(campaign.read_text(encoding="utf-8"))
    opens_at = document["rounds"][0]["opens_at"]
    case = {
        "outlet": {"outlet_id": 4201, "district": "jiangbei", "category": "catering"},
        "coupon": {"form": "bearer", "round_index": 0, "offer_index": 0, "serial": 1, "issued_at": 1},
        "now": opens_at,
        "bill_fen": 12000,
        "expect": {"verdict": "accepted", "payable_fen": 10000},
    }
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join([json.dumps(case), json.dumps({**case, "now": "soon"}), "{"]), encoding="utf-8")
    assert main(["campaign", "rehearse", str(campaign), str(cases)]) == 1
    good, bad, no_json = map(json.loads, capsys.readouterr().out.splitlines())
    assert good["verdict"] == "accepted"
    assert (bad["line"], [each["field"] for each in bad["error"]]) == (2, ["now"])
    assert (no_json["line"], no_json["error"][0]["field"]) == (3, "(line)")
