"""`merchant-app sync`: push and pull now."""

import argparse
import sys

from merchant_app.cli.speaking import add_data_dir, add_json, as_json, reader_language
from merchant_app.till.home import default_data_dir
from merchant_app.till.parts import Outside, open_parts
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown
from merchant_app.wording.sync_state import readable, synced, waiting


def configure(parser: argparse.ArgumentParser) -> None:
    add_data_dir(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """0: everything that could go up went up; 1: something was in the way, said on stderr."""
    parts = open_parts(args.data_dir or default_data_dir(), Outside(), lambda: "CLI")
    try:
        report, strip, now = parts.syncing.sync(), parts.syncing.strip(), parts.clock.now()
    finally:
        parts.close()
    words = Words(reader_language())
    trouble = None if report.trouble is None else breakdown(words, report.trouble).sentence
    if args.json:
        print(as_json({"pushed": report.pushed, "pulled": report.pulled, "waiting": strip.waiting, "trouble": trouble}))
    else:
        print(synced(words, pushed=report.pushed, pulled=report.pulled))
        if strip.waiting:
            print(waiting(words, strip.waiting, strip.oldest_waiting_at, now=now))
        if strip.readable:
            print(readable(words), file=sys.stderr)
        if trouble is not None:
            print(trouble, file=sys.stderr)
    return 0 if report.trouble is None else 1
