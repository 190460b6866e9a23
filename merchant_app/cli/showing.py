"""Showing a coupon to this till from the command line: `inspect` and `redeem` are one door with and without the yes."""

import argparse
import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from merchant_app.cli.speaking import add_data_dir, add_json, as_json, reader_language
from merchant_app.domain.judging.reasons import Reason
from merchant_app.domain.kinds import Fen
from merchant_app.domain.plain import plain
from merchant_app.domain.redemption import Bill
from merchant_app.errors import SourceError
from merchant_app.till.home import HOME_ZONE, default_data_dir
from merchant_app.till.parts import Outside, Parts, open_parts
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Redeemed, Usable
from merchant_app.wire.reasons import reason_as_plain
from merchant_app.wording import Words
from merchant_app.wording.answers import accepted_lines, refused_lines


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", metavar="SOURCE", help="a picture of the code, its digits, or the 16-digit number")
    parser.add_argument("--bill", type=_yuan, metavar="YUAN", help="the bill, for example 128.00")
    parser.add_argument("--cashier", default="CLI", metavar="NAME", help="who is at the till")
    add_data_dir(parser)
    add_json(parser)


def show(args: argparse.Namespace, *, redeem: bool) -> int:
    """0: accepted; 1: refused, or the bill is wanted. Without `redeem` it works beside a till that is open."""
    text, outside = _text(args.source), Outside()
    data_dir = args.data_dir or default_data_dir()
    parts = open_parts(data_dir, outside, lambda: args.cashier, only_looks=not redeem)
    try:
        # A command has nobody waiting in a queue behind it: it asks the server, and goes on without it in a second.
        parts.line.up()
        answer = parts.redeeming.present(text, Bill(outside.new_id(), args.bill), redeem=redeem)
        if isinstance(answer, Redeemed):
            parts.redeeming.shown(answer.redemption.redemption_id)
        return _say(args, answer, parts)
    finally:
        parts.close()


def _say(args: argparse.Namespace, answer: Answer, parts: Parts) -> int:
    if args.json:
        print(as_json(_as_plain(answer)))
        return 0 if isinstance(answer, Redeemed | Usable) else 1
    words = Words(reader_language())
    match answer:
        case Redeemed(redemption=made, offer=offer, standing=standing):
            lines = accepted_lines(words, words.of(offer.title), made.amount_off_fen, made.payable_fen, standing)
        case Usable(accepted=accepted):
            title = words.of(accepted.offer.title)
            lines = accepted_lines(words, title, accepted.amount_off_fen, accepted.payable_fen, None)
        case BillWanted():
            print(words._("The amount of the bill is needed: add --bill 128.00"), file=sys.stderr)
            return 1
        case NotRedeemed(reasons=reasons, campaign=campaign):
            zone = HOME_ZONE if campaign is None else campaign.zone
            print("\n".join(_refused(words, reasons, parts, zone)), file=sys.stderr)
            return 1
    print("\n".join(lines))
    return 0


def _refused(words: Words, reasons: tuple[Reason, ...], parts: Parts, zone: ZoneInfo) -> list[str]:
    def outlet_name(outlet_id: Any) -> str | None:
        name = parts.looking.outlet_name(outlet_id)
        return None if name is None else words.of(name)

    return refused_lines(
        words,
        reasons,
        now=parts.clock.now(),
        zone=zone,
        outlet_name=outlet_name,
        outlet_distance=parts.looking.outlet_distance,
    )


def _as_plain(answer: Answer) -> dict[str, Any]:
    match answer:
        case Redeemed(redemption=made, standing=standing):
            return {"answer": "redeemed", "standing": standing.value, **plain(made)}
        case Usable(accepted=accepted):
            amounts = {"amount_off_fen": accepted.amount_off_fen, "payable_fen": accepted.payable_fen}
            return {"answer": "usable", **amounts}
        case BillWanted():
            return {"answer": "needs_bill"}
        case NotRedeemed(reasons=reasons):
            return {"answer": "refused", "reasons": [reason_as_plain(reason) for reason in reasons]}


def _text(source: str) -> str:
    """Digits as they are; of a picture what its one code says. Raises `SourceError`."""
    path = Path(source)
    if len(source) > 200 or "://" in source or not (path.suffix or path.exists()):
        return source
    from merchant_app.till.scanning.files import texts_in_file

    texts = list(texts_in_file(path))
    if len(texts) != 1:
        raise SourceError(source, f"{len(texts)} codes in it")
    return texts[0]


def _yuan(text: str) -> Fen:
    try:
        fen = Decimal(text) * 100
    except InvalidOperation:
        raise argparse.ArgumentTypeError(f"not an amount: {text}") from None
    if fen != fen.to_integral_value() or fen < 0:
        raise argparse.ArgumentTypeError(f"not an amount in yuan and fen: {text}")
    return Fen(int(fen))
