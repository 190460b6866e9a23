"""The operator's commands on both engines: `call` runs one, `opened` runs it beside an open campaign."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from merchant_app.cli.main import main
from tests.server.documents import CAMPAIGN_ID, OUTLETS, document

Call = Callable[..., tuple[int, Any, str]]


@pytest.fixture
def call(tmp_path: Path, capsys: pytest.CaptureFixture[str], database: str | None) -> Call:
    """Runs a command with --json on this test's data: exit code, what it printed as JSON, what it said."""
    named = ["--data-dir", str(tmp_path / "server"), *(["--database", database] if database else [])]

    def run(*words: str, data: bool = True) -> tuple[int, Any, str]:
        code = main([*words, "--json", *(named if data else [])])
        out, err = capsys.readouterr()
        return code, json.loads(out) if out else None, err

    return run


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A document whose only round is open now."""
    now = datetime.now(UTC)
    start, end = (now - timedelta(days=1)).isoformat(), (now + timedelta(days=9)).isoformat()
    rounds = [{"opens_at": start, "closes_at": end, "stock": {"0": 3}}]
    path = tmp_path / "campaign.json"
    path.write_text(json.dumps(document(starts_at=start, ends_at=end, rounds=rounds)), encoding="utf-8")
    return path


@pytest.fixture
def opened(call: Call, campaign: Path, tmp_path: Path) -> Call:
    """With outlets, and the campaign open."""
    (tmp_path / "outlets.csv").write_text(OUTLETS, encoding="utf-8")
    assert call("outlet", "import", str(tmp_path / "outlets.csv"))[0] == 0
    assert call("campaign", "open", str(campaign)) == (0, {"opened": CAMPAIGN_ID}, "")
    return call
