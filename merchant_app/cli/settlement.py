"""`merchant-app settlement close|list|export|pay|reserve`: what a campaign owes its outlets."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, who_runs, words_here
from merchant_app.cli.speaking import day_of
from merchant_app.domain.kinds import Fen
from merchant_app.domain.plain import plain
from merchant_app.wording.settlements import reserve_line, why_not_closed, why_not_paid

if TYPE_CHECKING:
    from merchant_app.server.central import Central
    from merchant_app.server.db.periods import Totals
    from merchant_app.server.services.settling.closing import Closed


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    close = actions.add_parser("close", help="close the period from where the last one ended")
    close.add_argument("--to", type=day_of, required=True, metavar="DAY", help="its last day, for example 2022-07-02")
    close.add_argument("--preview", action="store_true", help="only say what closing would give")
    listing = actions.add_parser("list", help="periods, or the settlements of one")
    export = actions.add_parser("export", help="a settlement, or a whole period, as a file")
    pay = actions.add_parser("pay", help="mark a settlement as paid")
    reserve = actions.add_parser("reserve", help="what is kept back for doubles, and how it stands")
    for each in (close, listing, export, pay, reserve):
        each.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    listing.add_argument("--period", type=int, metavar="N", help="its number, from 1")
    which = export.add_mutually_exclusive_group(required=True)
    which.add_argument("--period", type=int, metavar="N", help="all settlements of this period")
    which.add_argument("--number", type=int, metavar="N", help="this settlement, with every line")
    export.add_argument("--output", type=Path, required=True, metavar="FILE", help="its name ends in .csv or .xlsx")
    pay.add_argument("number", type=int, metavar="NUMBER")
    pay.add_argument("--on", type=day_of, required=True, metavar="DAY")
    pay.add_argument("--reference", required=True, metavar="TEXT", help="by which the payment can be found")
    reserve.add_argument("--state", type=int, metavar="FEN", help="state it anew")
    for each in (close, pay, reserve):
        each.add_argument("--by", metavar="NAME", help="who does it; you if not given")
    for each in (close, listing, export, pay, reserve):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    acts: dict[str, Callable[[argparse.Namespace, Central], int]] = {
        "close": _preview if getattr(args, "preview", False) else _close,
        "list": _list if getattr(args, "period", None) is None else _list_settlements,
        "export": _export,
        "pay": _pay,
        "reserve": _reserve,
    }
    with open_desk(args) as central:
        return acts[args.action](args, central)


def _close(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.server.services.settling.closing import NotClosed, close

    words = words_here()

    def progress(done: int, of: int) -> None:
        if not args.json and sys.stderr.isatty():
            said = words._("{done} of {count} outlets", done=words.number(done), count=words.number(of))
            print(f"\r{said}", end="" if done < of else "\n", file=sys.stderr, flush=True)

    done = close(central, args.campaign_id, args.to, by=who_runs(args), progress=progress)
    if isinstance(done, NotClosed):
        return refuse(args, done.value, why_not_closed(words, done.value))
    first, last = words.day(done.period.first_day, year=True), words.day(done.period.last_day, year=True)
    closed = words._("Period {number} is closed: {first} to {last}.", number=_number(done), first=first, last=last)
    owed = words.n_(
        "{count} outlet, {amount}", "{count} outlets, {amount}", done.totals.outlets, amount=_money(done.totals)
    )
    return tell(args, {"period": _number(done), **plain(done.period), **plain(done.totals)}, closed, owed)


def _preview(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.server.services.settling.closing import NotClosed, preview

    words, found = words_here(), preview(central, args.campaign_id, args.to)
    if isinstance(found, NotClosed):
        return refuse(args, found.value, why_not_closed(words, found.value))
    value = {"owed_fen": found.owed_fen, "adjusted_fen": found.adjusted_fen, "lines": found.lines}
    lines = [f"{outlet}\t{words.money(owed)}" for outlet, owed, _, _ in found.outlets]
    return tell(args, {**value, **plain(found)}, *lines, words.money(found.owed_fen))


def _list(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.server.db.periods import Totals, periods_of, totals_of

    words = words_here()
    with central.database.reading() as connection:
        periods, totals = periods_of(connection, args.campaign_id), totals_of(connection, args.campaign_id)
    each = [(period, totals.get(period.period_index, Totals())) for period in periods]
    lines = [
        f"{period.period_index + 1}\t{period.first_day} – {period.last_day}\t{total.outlets}\t{_money(total)}"
        for period, total in each
    ]
    value = [{"period": period.period_index + 1, **plain(period), **plain(total)} for period, total in each]
    return tell(args, {"periods": value}, *(lines or [words._("No period is closed yet.")]))


def _list_settlements(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.server.services.settling.sheets import period_sheet

    words, sheet = words_here(), period_sheet(central, args.campaign_id, args.period)
    if sheet is None:
        return refuse(args, "unknown_period", words._("There is no such period."))
    lines = [
        f"{each.number}\t{each.outlet_id}\t{words.of(each.outlet)}\t{words.money(each.owed_fen)}\t{each.paid_on or ''}"
        for each in sheet.settlements
    ]
    return tell(args, {"settlements": [plain(each) for each in sheet.settlements]}, *lines)


def _export(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.paper.csv_file import csv_file
    from merchant_app.paper.settlement_paper import settlement_paper
    from merchant_app.paper.spreadsheet import spreadsheet
    from merchant_app.paper.whole_file import write_whole
    from merchant_app.server.services.settling.sheets import period_sheet, settlement_sheet

    words, write = words_here(), {".csv": csv_file, ".xlsx": spreadsheet}.get(args.output.suffix.lower())
    if write is None:
        return refuse(args, "unknown_format", words._("The name of the file has to end in .csv or .xlsx."))
    if args.number is not None:
        sheet = settlement_sheet(central, args.campaign_id, args.number)
    else:
        sheet = period_sheet(central, args.campaign_id, args.period)
    if sheet is None:
        return refuse(args, "unknown_settlement", words._("There is no such settlement."))
    write_whole(args.output, write(settlement_paper(sheet, words), words))
    return tell(args, {"written": str(args.output)}, words._("Written: {path}", path=args.output))


def _pay(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.server.services.settling.paying import NotPaid, mark_paid

    words = words_here()
    paid = mark_paid(
        central, args.campaign_id, args.number, paid_on=args.on, reference=args.reference, by=who_runs(args)
    )
    if isinstance(paid, NotPaid):
        return refuse(args, paid.value, why_not_paid(words, paid.value))
    return tell(args, plain(paid), words._("Settlement {number} is marked as paid.", number=paid.number))


def _reserve(args: argparse.Namespace, central: "Central") -> int:
    from merchant_app.server.services.settling.reserve import reserve_of, state_reserve

    words = words_here()
    if args.state is not None and not state_reserve(central, args.campaign_id, Fen(args.state), by=who_runs(args)):
        return refuse(args, "unknown_campaign", words._("There is no such campaign, or no such amount."))
    reserve = reserve_of(central, args.campaign_id)
    return tell(args, {**plain(reserve), "level": reserve.level}, reserve_line(words, reserve))


def _number(closed: "Closed") -> int:
    return closed.period.period_index + 1


def _money(totals: "Totals") -> str:
    return words_here().money(totals.owed_fen)
