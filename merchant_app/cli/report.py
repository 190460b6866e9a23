"""`merchant-app report`: a business day, or several, of this till: on the screen or in a file."""

import argparse
import sys
from pathlib import Path

from merchant_app.cli.speaking import add_data_dir, day_of, reader_language
from merchant_app.domain.business_day import OutletDays
from merchant_app.paper.day_json import day_json
from merchant_app.paper.day_paper import day_paper
from merchant_app.paper.formats import written
from merchant_app.paper.whole_file import write_whole
from merchant_app.till.home import default_data_dir
from merchant_app.till.parts import Outside, open_looking
from merchant_app.wording import Words


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--day", type=day_of, metavar="D", help="the (first) day, for example 2022-06-28; today if not given"
    )
    parser.add_argument("--to", type=day_of, metavar="D", help="the last day; the first one if not given")
    parser.add_argument("--format", choices=_FORMATS, default="text", help="text if not given")
    parser.add_argument("--json", action="store_const", const="json", dest="format", help="the same as --format json")
    parser.add_argument("--output", type=Path, metavar="FILE", help="the file to write; the screen if not given")
    add_data_dir(parser)


def run(args: argparse.Namespace) -> int:
    """0: written, whole; 2: the days are the wrong way round, or a file is needed for this format."""
    words = Words(reader_language())
    if args.output is None and args.format in _FILES_ONLY:
        print(words._("This format needs a file: add --output FILE."), file=sys.stderr)
        return 2
    days = _days(args)
    if days is None:
        print(words._("The last day is before the first."), file=sys.stderr)
        return 2
    is_json = args.format == "json"
    content = day_json(days).encode() if is_json else written(day_paper(days, words), args.format, words)
    if args.output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(args.output, content)
        print(words._("Written: {path}", path=args.output), file=sys.stderr)
    return 0


def _days(args: argparse.Namespace) -> OutletDays | None:
    """What the till's ledger says, read beside the till that may be writing; None: the days are the wrong way round."""
    looking = open_looking(args.data_dir or default_data_dir(), Outside())
    try:
        first = args.day or looking.business_day()
        last = args.to or first
        return None if last < first else looking.days(first, last)
    finally:
        looking.close()


_FORMATS = ("csv", "json", "pdf", "text", "xlsx")
_FILES_ONLY = {"xlsx", "pdf"}
