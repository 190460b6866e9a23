"""`merchant-app outlet import FILE.csv`: outlets into the server's data, bad lines named, good ones taken."""

import argparse
import sys
from pathlib import Path

from merchant_app.cli.desk import add_database, open_desk, tell, words_here
from merchant_app.errors import SourceError
from merchant_app.wording.expectations import expectation


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    importing = actions.add_parser("import", help="take outlets in, or bring them up to date")
    importing.add_argument("file", type=Path, metavar="FILE.csv")
    add_database(importing)


def run(args: argparse.Namespace) -> int:
    """1 where a line could not be taken; the others are."""
    from merchant_app.server.services.outlet_import import import_outlets

    words = words_here()
    try:
        text = args.file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(args.file), str(error)) from error
    with open_desk(args) as central:
        report = import_outlets(central, text)
    for bad in report.bad_lines:
        expected = expectation(words, bad.expected)
        sentence = words._("Line {line}, {column}: {expected}", line=bad.line, column=bad.column, expected=expected)
        print(sentence, file=sys.stderr)
    bad_lines = [{"line": bad.line, "column": bad.column, "expected": bad.expected} for bad in report.bad_lines]
    taken = words.n_("{count} outlet taken in.", "{count} outlets taken in.", report.taken)
    tell(args, {"taken": report.taken, "bad_lines": bad_lines}, taken)
    return 1 if report.bad_lines else 0
