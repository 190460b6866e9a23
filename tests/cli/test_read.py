"""`merchant-app read` says what codes say, one JSON object for each, and which step a bad one fails at."""

import io
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from nacl.signing import SigningKey

from merchant_app.cli.main import main
from merchant_app.domain.coupon_code import CouponCode, Hold, encode, sign
from merchant_app.domain.kinds import CampaignId, OutletId, Serial
from merchant_app.paper.qr_picture import qr_array, qr_png
from tests.till.made_sources import frame_with, write_picture, write_video

KEY = SigningKey(bytes(range(32)))
ISSUED_AT = datetime(2022, 6, 28, 2, 0, tzinfo=UTC)
BEARER = encode(
    sign(CouponCode(7, CampaignId(20220628), 0, 1, Serial(1 << 60), ISSUED_AT, OutletId(0)), KEY),
)
HOLD = encode(
    sign(
        CouponCode(7, CampaignId(20220628), 0, 1, Serial(5), ISSUED_AT, OutletId(4201), Hold(77, ISSUED_AT, 5)),
        KEY,
    ),
)
BEARER_FIELDS = {
    "form": "bearer",
    "key_index": 7,
    "campaign_id": 20220628,
    "round_index": 0,
    "offer_index": 1,
    "serial": str(1 << 60),
    "issued_at": 1656381600,
    "outlet_id": 0,
}
HOLD_FIELDS = BEARER_FIELDS | {
    "form": "hold",
    "serial": "5",
    "outlet_id": 4201,
    "holder_tag": 77,
    "held_at": 1656381600,
    "hold_minutes": 5,
}


class Door:
    """The door as a person uses it: arguments in; exit code, answers and what was said on stderr out."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def read(self, *arguments: str | Path) -> tuple[int, list[dict[str, Any]], str]:
        code = main(["read", *map(str, arguments)])
        said = self._capsys.readouterr()
        return code, [json.loads(line) for line in said.out.splitlines()], said.err


@pytest.fixture
def door(capsys: pytest.CaptureFixture[str]) -> Door:
    return Door(capsys)


def keys_file(folder: Path, *keys: tuple[int, int, SigningKey]) -> Path:
    listed = [
        {"key_index": index, "campaign_id": campaign_id, "public_key": bytes(key.verify_key).hex()}
        for index, campaign_id, key in keys
    ]
    path = folder / "keys.json"
    path.write_text(json.dumps({"keys": listed}), encoding="utf-8")
    return path


def test_a_picture_of_a_coupon_is_read_into_its_fields(door: Door, tmp_path: Path) -> None:
    path = tmp_path / "优惠券.png"
    path.write_bytes(qr_png(BEARER))
    assert door.read(path) == (0, [{"source": str(path), "text": BEARER, "code": BEARER_FIELDS, "fails_at": None}], "")


def test_every_code_of_a_picture_gets_a_line(door: Door, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "two.png", frame_with(BEARER, HOLD))
    exit_code, answers, _ = door.read(path)
    assert exit_code == 0
    assert {answer["text"]: answer["code"] for answer in answers} == {BEARER: BEARER_FIELDS, HOLD: HOLD_FIELDS}


def test_a_code_in_a_video_is_said_once(door: Door, tmp_path: Path) -> None:
    frames = [frame_with()] * 2 + [frame_with(BEARER)] * 5 + [frame_with(HOLD)] * 5
    exit_code, answers, _ = door.read(write_video(tmp_path / "counter.avi", frames))
    assert (exit_code, [answer["text"] for answer in answers]) == (0, [BEARER, HOLD])


def test_digits_are_taken_as_they_are(door: Door) -> None:
    exit_code, answers, _ = door.read(BEARER, HOLD, "--json")
    assert exit_code == 0
    assert [answer["code"] for answer in answers] == [BEARER_FIELDS, HOLD_FIELDS]


@pytest.mark.parametrize(
    ("text", "step"),
    [
        (BEARER[:-1], "length"),
        ("1" * 600, "length"),
        ("https://pay.example/c/1", "length"),
        ("０" * 215, "length"),
        ("9" * 215, "form"),
    ],
)
def test_the_step_at_which_a_code_fails_is_named(door: Door, text: str, step: str) -> None:
    assert door.read(text) == (0, [{"source": text, "text": text, "code": None, "fails_at": step}], "")


def test_a_foreign_code_in_a_picture_is_told_with_its_text(door: Door, tmp_path: Path) -> None:
    path = write_picture(tmp_path / "pay.png", qr_array("wxp://f2f0abc"))
    assert door.read(path)[1] == [{"source": str(path), "text": "wxp://f2f0abc", "code": None, "fails_at": "length"}]


def test_with_keys_the_signature_is_checked(door: Door, tmp_path: Path) -> None:
    keys = keys_file(tmp_path, (7, 20220628, KEY))
    forged = encode(
        sign(CouponCode(7, CampaignId(20220628), 0, 1, Serial(9), ISSUED_AT, OutletId(0)), SigningKey(bytes(32))),
    )
    _, answers, _ = door.read(BEARER, HOLD, forged, "--keys", keys)
    assert [answer["fails_at"] for answer in answers] == [None, None, "signature"]
    assert answers[0]["code"] == BEARER_FIELDS


def test_with_keys_a_key_that_is_unknown_or_another_campaign_s_fails(door: Door, tmp_path: Path) -> None:
    for keys in (keys_file(tmp_path, (8, 20220628, KEY)), keys_file(tmp_path, (7, 1, KEY))):
        assert door.read(BEARER, "--keys", keys)[1][0]["fails_at"] == "key"


def test_two_campaigns_may_number_their_keys_alike(door: Door, tmp_path: Path) -> None:
    mine, other = (7, 20220628, KEY), (7, 1, SigningKey(bytes(32)))
    for keys in (keys_file(tmp_path, mine, other), keys_file(tmp_path, other, mine)):
        assert door.read(BEARER, "--keys", keys)[1][0]["code"] == BEARER_FIELDS


@pytest.mark.parametrize("content", ["", "[]", '{"keys": [{"key_index": 7}]}', '{"keys": "none"}'])
def test_a_file_that_holds_no_keys_is_refused(door: Door, tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content, encoding="utf-8")
    exit_code, answers, said = door.read(BEARER, "--keys", path)
    assert (exit_code, answers) == (1, [])
    assert str(path) in said


def test_standard_input_gives_one_code_a_line(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = f"{BEARER}\n{HOLD}\r\nnonsense\n".encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    exit_code, answers, _ = door.read("-")
    assert exit_code == 0
    assert [answer["code"] for answer in answers] == [BEARER_FIELDS, HOLD_FIELDS, None]
    assert [answer["source"] for answer in answers] == ["-"] * 3


def test_what_cannot_be_read_is_named_and_the_rest_is_read(door: Door, tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"not a picture")
    empty = write_picture(tmp_path / "empty.png", np.full((200, 200), 200, np.uint8))
    exit_code, answers, said = door.read(tmp_path / "missing.png", broken, empty, tmp_path, BEARER)
    assert exit_code == 1
    assert [answer["code"] for answer in answers] == [BEARER_FIELDS]
    for named in ("missing.png", "broken.png", "empty.png", str(tmp_path)):
        assert named in said
    assert len(said.splitlines()) == 4


def test_reading_needs_neither_screens_nor_a_server(tmp_path: Path) -> None:
    path = tmp_path / "coupon.png"
    path.write_bytes(qr_png(BEARER))
    loaded = "import sys; from merchant_app.cli.main import main; main(['read', sys.argv[1]]); print(*sys.modules)"
    answer = subprocess.run([sys.executable, "-c", loaded, str(path)], capture_output=True, text=True, check=True)
    modules = set(answer.stdout.splitlines()[-1].split())
    assert "cv2" in modules
    assert not modules & {"PySide6", "fastapi", "sqlalchemy"}
