"""Disputes and settlements by command: listed, shown, resolved; previewed, closed, exported, paid."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from merchant_app.cli.main import main
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, RedemptionId, TillId
from merchant_app.server.app import open_central
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.issuing import Wanted, issue
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.services.taking_facts import take
from merchant_app.server.settings import Settings
from merchant_app.wire.facts import PushRequest, Report, as_pushed
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document
from tests.server.facts.test_any_order import tills_of

Call = Callable[..., tuple[int, Any, str]]
CAMPAIGN = str(CAMPAIGN_ID)


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Call:
    """Runs a command with --json on this test's data: exit code, what it printed as JSON, what it said."""

    def run(*words: str) -> tuple[int, Any, str]:
        code = main([*words, "--json", "--data-dir", str(tmp_path / "server")])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


@pytest.fixture
def yesterday(tmp_path: Path) -> str:
    """The day on which two tills that did not hear each other redeemed one coupon, in a campaign that goes on."""
    at = datetime.now(UTC) - timedelta(days=1)
    start, end = (at - timedelta(days=3)).isoformat(), (at + timedelta(days=9)).isoformat()
    central = open_central(Settings(tmp_path / "server"), now=lambda: at)
    import_outlets(central, OUTLETS)
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": 3}}]
    add(central, document(starts_at=start, ends_at=end, rounds=rounds), {})
    open_campaign(central, CAMPAIGN_ID)
    made = issue(central, Wanted(CampaignId(CAMPAIGN_ID), 0, 0, 1, ANY_OUTLET))
    assert isinstance(made, list)
    for till in tills_of(central):
        till.redeem(str(made[0].code), at, redemption_id=RedemptionId(f"r-{till.till_id}"))
        report = Report(floor=None, head_seq=till.head.seq, head_hash=till.head.hash.hex())
        rows = [as_pushed(row) for row in till.rows]
        assert take(central, TillId(till.till_id), PushRequest(chain_id=till.chain_id, rows=rows, report=report))
    central.database.close()
    return (at + timedelta(hours=8)).date().isoformat()


def test_a_dispute_is_listed_shown_with_both_sides_and_resolved_once(call: Call, yesterday: str) -> None:
    _, told, _ = call("dispute", "list", "--campaign", CAMPAIGN, "--reason", "already_redeemed")
    (dispute,) = told["disputes"]
    assert (told["total"], dispute["proposed_payer"], dispute["amount_off_fen"]) == (1, "campaign", 2000)
    assert call("dispute", "list", "--reason", "expired")[1]["total"] == 0
    assert call("dispute", "list", "--reason", "redeemed")[1]["total"] == 0
    _, shown, _ = call("dispute", "show", dispute["dispute_id"])
    assert shown["contested"]["pushed"]["moment"]["time_from"] == "wall"
    assert (shown["contested"]["outlet_id"], shown["first"]["outlet_id"]) == (4202, 4201)
    assert shown["first"]["stored"]["standing"] == "confirmed"
    resolve = ("dispute", "resolve", dispute["dispute_id"])
    assert call(*resolve, "campaign_pays", "--note", " ")[1] == {"refused": "note_missing"}
    assert call(*resolve, "campaign_pays", "--note", "both honest", "--by", "Wang")[0] == 0
    code, told, said = call(*resolve, "fraud", "--note", "no")
    assert (code, told) == (1, {"refused": "already_closed"})
    assert said.strip().endswith(".")
    assert call("dispute", "list")[1]["total"] == 0
    assert [each["outcome"] for each in call("dispute", "list", "--all")[1]["disputes"]] == ["campaign_pays"]


def test_a_period_is_previewed_closed_exported_and_paid(call: Call, yesterday: str, tmp_path: Path) -> None:
    to = ("--to", yesterday)
    assert call("settlement", "close", "5", *to)[1] == {"refused": "unknown_campaign"}
    assert call("settlement", "close", CAMPAIGN, "--to", "2999-01-01")[1] == {"refused": "not_over"}
    assert call("settlement", "close", CAMPAIGN, *to, "--preview")[1]["owed_fen"] == 2000
    _, told, _ = call("settlement", "close", CAMPAIGN, *to, "--by", "Wang")
    assert (told["period"], told["outlets"], told["owed_fen"]) == (1, 1, 2000)
    assert call("settlement", "close", CAMPAIGN, *to)[1] == {"refused": "already_closed"}
    assert [each["last_day"] for each in call("settlement", "list", CAMPAIGN)[1]["periods"]] == [yesterday]
    (only,) = call("settlement", "list", CAMPAIGN, "--period", "1")[1]["settlements"]
    assert (only["number"], only["outlet_id"], only["owed_fen"]) == (1, 4201, 2000)
    for name, which in (("one.csv", "--number"), ("all.xlsx", "--period")):
        assert call("settlement", "export", CAMPAIGN, which, "1", "--output", str(tmp_path / name))[0] == 0
    assert "20.00" in (tmp_path / "one.csv").read_text(encoding="utf-8-sig")
    odd = call("settlement", "export", CAMPAIGN, "--number", "1", "--output", str(tmp_path / "one.doc"))
    assert odd[1] == {"refused": "unknown_format"}
    pay = ("settlement", "pay", CAMPAIGN, "1", "--on", yesterday, "--reference", "ICBC 77")
    assert call(*pay)[1]["reference"] == "ICBC 77"
    assert call(*pay)[1] == {"refused": "already_paid"}
    assert call("settlement", "pay", CAMPAIGN, "9", *pay[4:])[1] == {"refused": "unknown_settlement"}


def test_the_reserve_is_stated_and_watched(call: Call, yesterday: str) -> None:
    assert call("settlement", "reserve", CAMPAIGN)[1]["level"] == "unstated"
    told = call("settlement", "reserve", CAMPAIGN, "--state", "2400")[1]
    assert (told["stated_fen"], told["proposed_fen"], told["level"]) == (2400, 2000, "low")
    assert call("settlement", "reserve", "5", "--state", "1")[0] == 1


def test_people_are_told_in_sentences(yesterday: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = ("--data-dir", str(tmp_path / "server"))
    assert main(["dispute", "list", *data]) == 0
    dispute_id, outlet, *_ = capsys.readouterr().out.split("\t")
    assert outlet == "4202"
    assert main(["dispute", "show", dispute_id, *data]) == 0
    assert "Hot pot (4201)" in capsys.readouterr().out
    assert main(["settlement", "close", CAMPAIGN, "--to", yesterday, *data]) == 0
    assert "1 outlet, ¥20.00" in capsys.readouterr().out
    assert main(["settlement", "list", CAMPAIGN, *data]) == 0
    assert main(["settlement", "reserve", CAMPAIGN, *data]) == 0
    assert "¥20.00" in capsys.readouterr().out


def test_a_coupon_is_looked_up_revoked_and_set_free(call: Call, yesterday: str) -> None:
    (dispute,) = call("dispute", "list")[1]["disputes"]
    named = f"{CAMPAIGN}/{dispute['serial']}"
    _, told, _ = call("coupon", "show", named)
    assert [step["what"] for step in told["steps"]] == ["issued", "redeemed", "redeemed", "disputed"]
    assert (told["uses"], told["uses_taken"], told["is_set_free"]) == (1, 1, False)
    number = told["coupon"]["coupon_number"]
    assert call("coupon", "show", f"{number[:4]} {number[4:8]} {number[8:12]} {number[12:]}")[1] == told
    assert call("coupon", "revoke", number)[1]["coupon"]["revoked_at"] is not None
    assert call("coupon", "free", number)[1]["is_set_free"]
    for unknown in ("0000000000000000", "5/5", "nothing", "1" * 100, "1/99999999999999999999"):
        assert call("coupon", "show", unknown)[1] == {"refused": "unknown_coupon"}
