"""`merchant-app backup --output DIR`: a copy of the server's database and keys, made while it runs."""

import argparse
from pathlib import Path

from merchant_app.cli.desk import add_database, open_desk, tell, words_here


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--output", type=Path, metavar="DIR", required=True, help="a folder that is made for it")
    add_database(parser)


def run(args: argparse.Namespace) -> int:
    from merchant_app.server.services.backing_up import back_up

    words = words_here()
    with open_desk(args) as central:
        file = back_up(central, args.output)
    said = words._("The server's database and keys are in {folder}.", folder=args.output)
    secret = words._("Whoever has the keys can issue coupons: keep the folder where nobody else can read it.")
    return tell(args, {"folder": str(args.output), "database": file.name}, said, secret)
