"""What the operator's commands share: the server's database is opened beside a server that may be running."""

import argparse
import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from merchant_app.cli.speaking import add_data_dir, add_json, as_json, reader_language
from merchant_app.wording import Words

if TYPE_CHECKING:
    from merchant_app.server.central import Central


def add_database(parser: argparse.ArgumentParser) -> None:
    """The options by which each of these commands finds the server's data."""
    add_data_dir(parser)
    parser.add_argument(
        "--database", metavar="FILE|URL", help="a SQLite file (in the data dir by default) or postgresql://..."
    )
    add_json(parser)


@contextmanager
def open_desk(args: argparse.Namespace) -> Iterator["Central"]:
    """The server's keys and database. Raises `DatabaseError`."""
    from merchant_app.server.app import open_central
    from merchant_app.server.settings import Settings, default_data_dir

    settings = Settings(Path(args.data_dir or default_data_dir()), args.database)
    central = open_central(settings, checkpoints=False)
    try:
        yield central
    finally:
        central.database.close()


def who_runs(args: argparse.Namespace) -> str:
    """Whose deed a command is: as `--by` says, else whoever is logged in here."""
    try:
        return str(args.by or getpass.getuser())
    except (OSError, KeyError):
        return "?"


def words_here() -> Words:
    return Words(reader_language())


def tell(args: argparse.Namespace, value: Mapping[str, object], *lines: str) -> int:
    """Done: JSON for a program, else the lines."""
    print(as_json(value) if args.json else "\n".join(lines))
    return 0


def refuse(args: argparse.Namespace, code: str, sentence: str, **more: object) -> int:
    """Not done: the sentence goes to stderr; with --json its code to stdout as well."""
    if args.json:
        print(as_json({"refused": code, **more}))
    print(sentence, file=sys.stderr)
    return 1
