"""`merchant-app campaign rehearse FILE [CASES.jsonl]`: what tills will say, before anybody holds a coupon."""

import argparse
import json
from pathlib import Path
from typing import Any

from merchant_app.cli.desk import words_here
from merchant_app.cli.judge import lines_of, tell_rehearsed
from merchant_app.cli.speaking import add_json, as_json
from merchant_app.domain.campaign import Campaign
from merchant_app.domain.rehearsing import Tried, an_outlet_for, try_out
from merchant_app.errors import CampaignDocumentError, SourceError
from merchant_app.wire.campaign_document import parse_campaign
from merchant_app.wire.judge_line import answer
from merchant_app.wire.rehearsal import rehearse
from merchant_app.wording import Words
from merchant_app.wording.rehearsal import case_name, expectation_of, verdict_lines

ACTIONS = frozenset({"rehearse"})


def configure(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    action = actions.add_parser("rehearse", help="try a document out: ready-made cases of each offer, or your own")
    action.add_argument("file", type=Path, metavar="FILE", help="a campaign document")
    action.add_argument("cases", nargs="?", metavar="CASES.jsonl", help="as for judge; lines need not name a campaign")
    add_json(action)


def run(args: argparse.Namespace) -> int:
    """1 where a case came out otherwise than it has to."""
    document = _document(args.file)
    campaign = parse_campaign(document)
    if args.cases is not None:
        return tell_rehearsed(rehearse(lines_of(args.cases), document))
    tried = try_out(campaign, an_outlet_for(campaign))
    words = words_here()
    print(as_json([_as_plain(each) for each in tried]) if args.json else "\n".join(_lines(words, campaign, tried)))
    return 0 if all(each.agrees for each in tried) else 1


def _document(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(file), str(error)) from error
    except ValueError as error:
        raise CampaignDocumentError([("(document)", f"JSON: {error}")]) from None


def _as_plain(tried: Tried) -> dict[str, Any]:
    case = tried.case
    return {
        "offer_index": case.code.offer_index,
        "case": case.kind.value,
        "now": case.scene.now.isoformat(),
        "bill_fen": case.scene.bill_fen,
        "expected": sorted(case.expected),
        "agrees": tried.agrees,
        "answer": answer(tried.verdict),
    }


def _lines(words: Words, campaign: Campaign, tried: list[Tried]) -> list[str]:
    lines = []
    for each in tried:
        case = each.case
        when = words.date_and_time(case.scene.now, campaign.zone)
        lines.append(f"{'✓' if each.agrees else '✗'} {words.of(campaign.offers[case.code.offer_index].title)}")
        lines.append(f"  {case_name(words, case.kind)} ({when})")
        lines += (f"  {line}" for line in verdict_lines(words, each.verdict, campaign, case.scene.now))
        if not each.agrees:
            lines.append("  " + words._("It has to be: {expected}", expected=expectation_of(words, case)))
    return lines
