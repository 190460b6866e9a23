"""`merchant-app campaign report|check-report`: a campaign's figures over all outlets, checked against the rows."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.cli.speaking import day_of
from merchant_app.domain.campaign_report import Breakdown, CampaignReport
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.paper.whole_file import write_whole
from merchant_app.wording import Words
from merchant_app.wording.campaign_report import why_no_report

if TYPE_CHECKING:
    from merchant_app.server.services.reporting.report import Asked

_Format = Literal["csv", "json", "text", "xlsx"]
ACTIONS = ("report", "check-report")


def configure(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    report = actions.add_parser("report", help="claimed, redeemed, amount off and bills driven, over all outlets")
    report.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    report.add_argument(
        "--by", choices=[by.value for by in Breakdown], action="append", default=[], help="may be given several times"
    )
    report.add_argument("--day", type=day_of, metavar="D", help="the first day; the campaign's own if not given")
    report.add_argument("--to", type=day_of, metavar="D", help="the last day")
    report.add_argument("--district", metavar="NAME", help="only outlets of this district")
    report.add_argument("--category", metavar="NAME", help='only outlets of this one: "catering", "hotel/resort"')
    report.add_argument("--outlet", type=int, metavar="OUTLET_ID", help="only this outlet")
    report.add_argument("--round", type=int, metavar="N", help="only this round: its index, from 0")
    report.add_argument("--offer", type=int, metavar="N", help="only this offer: its index, from 0")
    report.add_argument("--channel", metavar="NAME", help='only this channel; "" for what came through none')
    report.add_argument("--format", choices=_FORMATS, help="text if not given")
    report.add_argument("--output", type=Path, metavar="FILE", help="the file to write; the screen if not given")
    check = actions.add_parser("check-report", help="count every row anew and compare what the report says")
    for each in (report, check):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    return _check(args) if args.action == "check-report" else _report(args)


def _report(args: argparse.Namespace) -> int:
    """0: written, whole; 1: there is no such report; 2: a file is needed for this format."""
    from merchant_app.server.services.reporting.report import NoReport, make_report

    words = words_here()
    chosen: _Format = args.format or ("json" if args.json else "text")
    if args.output is None and chosen == "xlsx":
        print(words._("This format needs a file: add --output FILE."), file=sys.stderr)
        return 2
    with open_desk(args) as central:
        report = make_report(central, _asked(args), [Breakdown(by) for by in args.by or ["day"]])
    if isinstance(report, NoReport):
        return refuse(args, report.value, why_no_report(words, report.value))
    content = _written(report, chosen, words)
    if args.output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(args.output, content)
        print(words._("Written: {path}", path=args.output), file=sys.stderr)
    return 0


def _asked(args: argparse.Namespace) -> "Asked":
    from merchant_app.server.services.reporting.report import Asked

    return Asked(
        campaign_id=CampaignId(args.campaign_id),
        first_day=args.day,
        last_day=args.to,
        district=args.district,
        category=args.category,
        outlet_id=None if args.outlet is None else OutletId(args.outlet),
        round_index=args.round,
        offer_index=args.offer,
        channel=args.channel,
    )


def _check(args: argparse.Namespace) -> int:
    from merchant_app.server.services.claiming.tally import check_tally
    from merchant_app.server.services.reporting.checking import check_report

    with open_desk(args) as central:
        of_claims, checked = check_tally(central), check_report(central)
    words, count = words_here(), len(of_claims) + len(checked.differences)
    places = [[each.table, each.campaign_id, each.day.isoformat(), *each.key] for each in checked.differences]
    places += [["claimed", each.cell[0], each.cell[1].isoformat(), *each.cell[2:]] for each in of_claims]
    value = {"sound": not count, "redemptions": checked.redemptions, "differences": places}
    if not count:
        return tell(args, value, words.n_(
            "Sound: {count} redemption counted anew, and the report says the same.",
            "Sound: {count} redemptions counted anew, and the report says the same.",
            checked.redemptions,
        ))  # fmt: skip
    tell(args, value, *(" ".join(map(str, place)) for place in places))
    sentence = words.n_(
        "{count} line says something else than its rows.", "{count} lines say something else than their rows.", count
    )
    print(sentence, file=sys.stderr)
    return 1


def _written(report: CampaignReport, wanted: _Format, words: Words) -> bytes:
    from merchant_app.paper.campaign_paper import campaign_paper
    from merchant_app.paper.formats import written
    from merchant_app.wire.campaign_report import as_answer

    if wanted == "json":
        return as_answer(report).as_json() + b"\n"
    return written(campaign_paper(report, words), wanted, words)


_FORMATS = ("csv", "json", "text", "xlsx")
