"""`merchant-app judge CASES.jsonl`: rehearses campaigns, a verdict for each line."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from merchant_app.cli.speaking import as_json, reader_language
from merchant_app.domain.judging import judge
from merchant_app.errors import CampaignDocumentError, SourceError
from merchant_app.wire.judge_line import answer, read_case
from merchant_app.wording import Words


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cases", metavar="CASES.jsonl", help="one case a line; - for standard input")
    parser.add_argument("--json", action="store_true", help="the answers are JSON in any case")


def run(args: argparse.Namespace) -> int:
    """Prints an answer for every line; 1 where a line was no case, or its `expect` was not met."""
    failures = 0
    for number, line in enumerate(_lines(args.cases), start=1):
        try:
            case = json.loads(line)
            given = answer(judge(*read_case(case)))
        except (json.JSONDecodeError, CampaignDocumentError) as error:
            failures += 1
            print(as_json({"line": number, "error": _mistakes(error)}))
            continue
        print(as_json(given))
        if isinstance(case, dict) and "expect" in case and not _meets(case["expect"], given):
            failures += 1
            _say_difference(number, case)
    return 1 if failures else 0


def _lines(source: str) -> Iterator[str]:
    if source == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        with Path(source).open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(source, str(error)) from error


def _mistakes(error: Exception) -> list[dict[str, str]]:
    if isinstance(error, CampaignDocumentError):
        return [{"field": path, "expected": expected} for path, expected in error.mistakes]
    return [{"field": "(line)", "expected": f"JSON: {error}"}]


def _meets(expected: Any, given: Any) -> bool:
    """Each key of `expected` is there with its value; more keys are fine."""
    if isinstance(expected, dict):
        return isinstance(given, dict) and all(key in given and _meets(expected[key], given[key]) for key in expected)
    if isinstance(expected, list):
        return isinstance(given, list) and len(given) == len(expected) and all(map(_meets, expected, given))
    return bool(expected == given)


def _say_difference(number: int, case: dict[str, Any]) -> None:
    words = Words(reader_language())
    name = case.get("name") or number
    line = words._("Line {number} ({name}) came out otherwise than expected.", number=number, name=name)
    print(line, file=sys.stderr)
