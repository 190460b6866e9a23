"""The operator's commands, as a program would call it, on both engines: campaigns, outlets, tills, coupons, holds."""

import json
from pathlib import Path

import pytest

from merchant_app.cli.main import main
from merchant_app.domain.coupon_code import unpack
from merchant_app.wire.enrolment import read_invitation
from tests.cli.conftest import Call
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document


def test_a_documents_mistakes_are_named_by_their_fields(call: Call, campaign: Path, tmp_path: Path) -> None:
    assert call("campaign", "check", str(campaign), data=False) == (0, {"campaign_id": CAMPAIGN_ID, "mistakes": []}, "")
    wrong = document(ends_at="2020-01-01T00:00:00+08:00")
    wrong["offers"][0]["picture"] = "missing.png"
    wrong["offers"][1]["uses"] = "many"
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    code, told, _ = call("campaign", "check", str(tmp_path / "wrong.json"), data=False)
    assert code == 1
    assert "offers.1.uses" in {each["field"] for each in told["mistakes"]}
    del wrong["offers"][1]["uses"], wrong["ends_at"]
    (tmp_path / "wrong.json").write_text(json.dumps({**wrong, "ends_at": document()["ends_at"]}))
    code, told, _ = call("campaign", "check", str(tmp_path / "wrong.json"), data=False)
    assert [each["field"] for each in told["mistakes"]] == ["offers.0.picture"]


def test_a_mistake_is_said_in_a_sentence_to_a_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "wrong.json").write_text("{")
    assert main(["campaign", "check", str(tmp_path / "wrong.json")]) == 1
    assert "mistake" in capsys.readouterr().err
    assert main(["campaign", "check", str(tmp_path / "none.json")]) == 1
    assert "none.json" in capsys.readouterr().err


def test_a_campaign_is_added_and_stays_as_it_is_once_open(call: Call, campaign: Path) -> None:
    assert call("campaign", "add", str(campaign))[0] == 0
    assert call("campaign", "add", str(campaign))[0] == 0
    assert call("campaign", "open", str(campaign))[0] == 0
    code, told, said = call("campaign", "add", str(campaign))
    assert (code, told["refused"]) == (1, "already_open")
    assert str(CAMPAIGN_ID) in said
    assert call("campaign", "open", str(campaign))[0] == 1


def test_bad_lines_of_a_table_are_named_and_the_good_ones_taken(call: Call, tmp_path: Path) -> None:
    header, first, *_ = OUTLETS.splitlines()
    lines = [
        header,
        first,
        "x,a,b,jiangbei,catering,1,1,,,",
        "5,,b,jiangbei,catering,1,1,,,",
        "6,a,b,c,catering/foods,91,1,,,",
        first,
    ]
    (tmp_path / "outlets.csv").write_text("\ufeff" + "\n".join(lines), encoding="utf-8")
    code, told, said = call("outlet", "import", str(tmp_path / "outlets.csv"))
    assert (code, told["taken"]) == (1, 1)
    assert [(each["line"], each["column"]) for each in told["bad_lines"]] == [
        (3, "outlet_id"),
        (4, "name_zh"),
        (5, "latitude"),
        (6, "outlet_id"),
    ]
    assert len(said.splitlines()) == 4
    (tmp_path / "none.csv").write_text("a,b\n1,2\n")
    assert call("outlet", "import", str(tmp_path / "none.csv"))[1]["bad_lines"][0]["line"] == 1


def test_outlets_opt_in_and_out_by_number_table_and_district(opened: Call, tmp_path: Path) -> None:
    campaign = str(CAMPAIGN_ID)
    assert opened("outlet", "optin", campaign, "4201")[1]["refused"] == "not_by_opt_in"
    assert opened("outlet", "opting", campaign, "on")[0] == 0
    assert opened("outlet", "optout", campaign, "--district", "jiangbei")[1]["changed"] == 3
    (tmp_path / "some.csv").write_text("outlet_id\n4201\n4301\n", encoding="utf-8")
    code, told, said = opened("outlet", "optin", campaign, "4202", "--file", str(tmp_path / "some.csv"))
    assert (code, told["changed"], told["left"][0]["why"]) == (1, 2, "out_of_scope")
    assert "4301" in said
    (tmp_path / "gbk.csv").write_bytes("店".encode("gbk"))
    assert opened("outlet", "import", str(tmp_path / "gbk.csv"))[0] == 1


def test_a_till_is_invited_listed_and_revoked(opened: Call) -> None:
    code, told, _ = opened("till", "invite", "4201", "--url", "http://127.0.0.1:8470")
    invitation = read_invitation(told["qr_text"])
    assert code == 0
    assert invitation is not None
    assert invitation == read_invitation(told["qr_text"])
    assert invitation.as_code() == told["code"]
    assert opened("till", "list") == (0, {"tills": []}, "")
    assert opened("till", "invite", "9")[:2] == (1, {"refused": "unknown_outlet"})
    assert opened("till", "revoke", "4201-01")[:2] == (1, {"refused": "unknown_till"})
    assert opened("till", "chains", "4201-01")[:2] == (1, {"refused": "unknown_till"})
    assert opened("till", "unfreeze", "4201-01")[:2] == (1, {"refused": "not_frozen"})
    assert opened("till", "staff", "4201", "--name", "Li", "--pin", "1234")[1] == {"staff_id": "4201-01"}
    assert opened("till", "staff", "4201", "--name", "Li", "--pin", "12")[1] == {"refused": "weak_pin"}
    assert opened("till", "staff", "9", "--name", "Li")[1] == {"refused": "unknown_outlet"}


def test_coupons_are_issued_from_stock_and_not_beyond(opened: Call) -> None:
    issue = ("coupon", "issue", str(CAMPAIGN_ID), "--round", "0", "--offer", "0")
    _, told, _ = opened(*issue, "--count", "2", "--outlet", "4201", "--channel", "short_video")
    assert len(told["coupons"]) == 2
    code = unpack(told["coupons"][0]["code"])
    assert getattr(code, "outlet_id", None) == 4201
    assert str(getattr(code, "serial", None)) == told["coupons"][0]["serial"]
    refusals = {
        "out_of_stock": (*issue, "--count", "2"),
        "bad_count": (*issue, "--count", "0"),
        "unknown_channel": (*issue, "--channel", "radio"),
        "unknown_outlet": (*issue, "--outlet", "9"),
        "out_of_scope": (*issue, "--outlet", "4301"),
        "unknown_campaign": ("coupon", "issue", "5"),
        "no_such_offer": ("coupon", "issue", str(CAMPAIGN_ID), "--offer", "9"),
    }
    for why, words in refusals.items():
        exit_code, told, said = opened(*words)
        assert (exit_code, told["refused"]) == (1, why)
        assert said.strip().endswith(".")


def test_a_hold_is_made_where_the_right_is_free_and_refused_with_the_reason(opened: Call) -> None:
    _, told, _ = opened("coupon", "issue", str(CAMPAIGN_ID), "--no-paper")
    (coupon,) = told["coupons"]
    assert coupon["code"] is None
    hold = ("coupon", "hold", str(CAMPAIGN_ID), coupon["serial"])
    assert opened(*hold, "--outlet", "4201")[1]["refused"] == "no_tills"
    assert opened(*hold, "--outlet", "9")[1]["refused"] == "unknown_outlet"
    assert opened("coupon", "hold", "5", "5", "--outlet", "4201")[1]["refused"] == "unknown_coupon"
