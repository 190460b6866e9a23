"""`merchant-app judge CASES.jsonl`: rehearses campaigns, a verdict for each line."""

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from merchant_app.cli.speaking import as_json, reader_language
from merchant_app.errors import SourceError
from merchant_app.wire.rehearsal import Judged, NoCase, rehearse
from merchant_app.wording import Words


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("cases", metavar="CASES.jsonl", help="one case a line; - for standard input")
    parser.add_argument("--json", action="store_true", help="the answers are JSON in any case")


def run(args: argparse.Namespace) -> int:
    """Prints an answer for every line; 1 where a line was no case, or its `expect` was not met."""
    return tell_rehearsed(rehearse(lines_of(args.cases)))


def tell_rehearsed(lines: Iterable[Judged | NoCase]) -> int:
    """Prints an answer for every line, and on stderr what came out otherwise than expected."""
    failures, words = 0, Words(reader_language())
    for line in lines:
        if isinstance(line, NoCase):
            failures += 1
            mistakes = [{"field": path, "expected": expected} for path, expected in line.mistakes]
            print(as_json({"line": line.number, "error": mistakes}))
            continue
        print(as_json(line.answer))
        if not line.agrees:
            failures += 1
            said = words._(
                "Line {number} ({name}) came out otherwise than expected.", number=line.number, name=line.name
            )
            print(said, file=sys.stderr)
    return 1 if failures else 0


def lines_of(source: str) -> Iterator[str]:
    if source == "-":
        yield from (line for line in sys.stdin if line.strip())
        return
    try:
        with Path(source).open(encoding="utf-8") as lines:
            yield from (line for line in lines if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(source, str(error)) from error
