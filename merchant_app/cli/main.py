"""`merchant-app`: the doors. Each is a module of this package that imports what it opens only when it is opened."""

import argparse
import sys
from importlib import import_module
from types import ModuleType

from merchant_app.cli.speaking import reader_language
from merchant_app.errors import MerchantAppError
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown

DOORS = {
    "demo": "a till, its server and a customer's phone, ready to try",
    "server": "the central server",
    "backup": "copy the server's database and keys while it runs",
    "read": "what the QR codes in pictures and videos say",
    "judge": "rehearse campaigns: a verdict for each case",
    "inspect": "the verdict on a coupon at this till, without redeeming it",
    "redeem": "the verdict on a coupon at this till, and redeem it",
    "sync": "push and pull now",
    "report": "the day's report",
    "campaign": "check, add and open campaigns on the server, and make their claim links",
    "outlet": "import outlets into the server",
    "till": "invite and revoke tills on the server",
    "dispute": "list, show and resolve disputes on the server",
    "settlement": "close, list, export and pay settlements on the server",
    "coupon": "issue coupons, make holds, look a coupon up, revoke it or set it free",
    "keys": "show, back up, rotate and revoke the server's keys",
    "operator": "sign-in links for the console, and who may sign in",
    "ledger": "check this till's ledger against its own facts",
}
DONE, REFUSED, WRONG_USAGE = 0, 1, 2


def main(argv: list[str] | None = None) -> int:
    """Runs one door. 0: done; 1: refused or failed, with a sentence on stderr; 2: wrong usage."""
    arguments = sys.argv[1:] if argv is None else argv
    parser, door = _parser(arguments[0] if arguments and arguments[0] in DOORS else None)
    parsed, unknown = parser.parse_known_args(arguments)
    if door.__name__.endswith(".open_till") and parsed.command:
        # Without this the till would open, and the command and all that follows it would be lost.
        parser.error(f"the command comes first: merchant-app {parsed.command} ...")
    if unknown:
        parser.error(f"unrecognized arguments: {' '.join(unknown)}")
    try:
        return int(door.run(parsed))
    except MerchantAppError as error:
        print(breakdown(Words(reader_language()), error).sentence, file=sys.stderr)
        return REFUSED
    except KeyboardInterrupt:
        return REFUSED


def _parser(name: str | None) -> tuple[argparse.ArgumentParser, ModuleType]:
    """The parser with only the named door's own options in it; the till's where none is named."""
    parser = argparse.ArgumentParser(prog="merchant-app", description="A coupon-redemption till and its server.")
    door = import_module(f".{name or 'open_till'}", __package__)
    if name is None:
        door.configure(parser)
    doors = parser.add_subparsers(title="commands", dest="command", metavar="COMMAND", required=False)
    for each, summary in DOORS.items():
        sub = doors.add_parser(each, help=summary, description=summary[0].upper() + summary[1:] + ".")
        if each == name:
            door.configure(sub)
    return parser, door


if __name__ == "__main__":
    sys.exit(main())
