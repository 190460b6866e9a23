"""`/console/campaigns/{id}/rehearse`: what tills will say of a campaign, in ready-made cases and in one's own."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.domain.rehearsing import Tried
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.pages import page, words_of
from merchant_app.server.console.who import Form
from merchant_app.server.services.campaign_desk import Overview, look
from merchant_app.server.services.campaign_desk.rehearsing import rehearse_ready_made
from merchant_app.wire.rehearsal import NoCase, rehearse
from merchant_app.wording import Words
from merchant_app.wording.expectations import expectation
from merchant_app.wording.rehearsal import case_name, expectation_of, verdict_lines

router = APIRouter()
LARGEST_CASES, MOST_CASES = 1024 * 1024, 500


@dataclass(frozen=True, slots=True)
class Row:
    """A case as its line of the table says it."""

    name: str
    now: datetime | None
    bill_fen: int | None
    expected: str
    lines: list[str]
    agrees: bool


@router.get("/{campaign_id}/rehearse")
def show_rehearsal(request: Request, central: CentralPart, campaign_id: int) -> Response:
    return _shown(request, central, campaign_id, [])


@router.post("/{campaign_id}/rehearse")
def rehearse_own(request: Request, central: CentralPart, form: Form, campaign_id: int) -> Response:
    """A file with a case on each line, as for `merchant-app judge`; lines need not name the campaign."""
    sent = form.get("cases")
    text = sent.file.read(LARGEST_CASES).decode(errors="replace") if isinstance(sent, UploadFile) else ""
    return _shown(request, central, campaign_id, text.splitlines()[:MOST_CASES])


def _shown(request: Request, central: Central, campaign_id: int, lines: list[str]) -> Response:
    words, seen = words_of(request), look(central, campaign_id)
    if seen is None:
        raise HTTPException(404)
    ready: dict[int, list[Row]] = {}
    for each in rehearse_ready_made(central, seen.campaign):
        ready.setdefault(each.case.code.offer_index, []).append(_ready(words, seen, each))
    wrong = sum(not row.agrees for rows in ready.values() for row in rows)
    shown: dict[str, Any] = {"count": sum(map(len, ready.values())), "wrong": wrong, "own": _own(words, seen, lines)}
    return page(request, "campaigns/rehearsal.html", seen=seen, ready=ready, **shown)


def _ready(words: Words, seen: Overview, tried: Tried) -> Row:
    case, campaign = tried.case, seen.campaign
    return Row(
        name=case_name(words, case.kind),
        now=case.scene.now,
        bill_fen=case.scene.bill_fen,
        expected=expectation_of(words, case),
        lines=verdict_lines(words, tried.verdict, campaign, case.scene.now),
        agrees=tried.agrees,
    )


def _own(words: Words, seen: Overview, lines: list[str]) -> list[Row]:
    rows = []
    for each in rehearse(lines, json.loads(seen.kept.document)):
        name = words._("Line {number}", number=each.number)
        if isinstance(each, NoCase):
            told = [f"{path}: {expectation(words, expected)}" for path, expected in each.mistakes]
            rows.append(Row(name, None, None, words._("a case"), told, agrees=False))
            continue
        said = verdict_lines(words, each.verdict, each.campaign, each.now)
        expected = "–" if each.expected is None else json.dumps(each.expected, ensure_ascii=False)
        rows.append(Row(f"{name}: {each.name}", each.now, None, expected, said, each.agrees))
    return rows
