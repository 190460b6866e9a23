"""`merchant-app ledger check`: the till's ledger against its own facts."""

import argparse

from merchant_app.cli.speaking import add_data_dir, add_json, as_json, reader_language
from merchant_app.domain.plain import plain
from merchant_app.till.home import default_data_dir
from merchant_app.till.parts import check_ledger
from merchant_app.wording import Words
from merchant_app.wording.ledger_findings import said


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", choices=["check"], help="rebuild what is derived and compare")
    add_data_dir(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    findings = check_ledger(args.data_dir or default_data_dir())
    if args.json:
        print(as_json({"sound": findings.is_sound, **plain(findings)}))
    else:
        words = Words(reader_language())
        print(
            said(
                words,
                facts=findings.facts,
                redemptions=findings.redemptions,
                broken_at=findings.broken_at,
                differences=len(findings.differences),
            )
        )
    return 0 if findings.is_sound else 1
