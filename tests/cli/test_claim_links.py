"""`campaign link|links|close-link`: links as a program and as a person is told of them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from merchant_app.cli.main import main
from tests.server.documents import CAMPAIGN_ID, document


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    """Options by which a command finds a server with one campaign."""
    now = datetime.now(UTC)
    times = {"starts_at": (now - timedelta(days=1)).isoformat(), "ends_at": (now + timedelta(days=9)).isoformat()}
    rounds = [{"opens_at": times["starts_at"], "closes_at": times["ends_at"], "stock": {"0": 3}}]
    path = tmp_path / "campaign.json"
    path.write_text(json.dumps(document(**times, rounds=rounds, channels=["short_video"])), encoding="utf-8")
    options = ["--data-dir", str(tmp_path / "server")]
    assert main(["campaign", "open", str(path), *options]) == 0
    return options


def test_a_link_is_made_listed_and_closed(data: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    campaign, at = str(CAMPAIGN_ID), ["--url", "https://coupons.example/"]
    capsys.readouterr()
    assert main(["campaign", "link", campaign, "--channel", "short_video", *at, *data]) == 0
    url = capsys.readouterr().out.strip()
    link_id = url.removeprefix("https://coupons.example/c/")
    assert len(link_id) == 18
    assert main(["campaign", "close-link", link_id, "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out) == {"closed": link_id}
    assert main(["campaign", "links", campaign, "--json", *at, *data]) == 0
    (told,) = json.loads(capsys.readouterr().out)["links"]
    assert told["closed_at"] is not None
    assert (told["url"], told["channel"], told["round_index"], told["claimed_count"]) == (url, "short_video", 0, 0)
    assert main(["campaign", "links", campaign, *at, *data]) == 0
    assert capsys.readouterr().out.split() == ["0", "short_video", "0", url]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["link", "99", "--channel", "short_video"], "unknown_campaign"),
        (["link", str(CAMPAIGN_ID), "--channel", "tv"], "unknown_channel"),
        (["link", str(CAMPAIGN_ID), "--channel", "short_video", "--round", "1"], "no_such_round"),
        (["link", str(CAMPAIGN_ID), "--channel", " "], "bad_channel"),
        (["links", "99"], "unknown_campaign"),
        (["close-link", "nothing"], "unknown_link"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    data: list[str], capsys: pytest.CaptureFixture[str], words: list[str], code: str
) -> None:
    capsys.readouterr()
    assert main(["campaign", *words, "--json", *data]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["refused"] == code
    assert told.err.strip()
