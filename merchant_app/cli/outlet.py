"""`merchant-app outlet import|opting|optin|optout`: outlets into the server's data, into campaigns and out again."""

import argparse
import sys
from pathlib import Path

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.kinds import CampaignId
from merchant_app.errors import SourceError
from merchant_app.wording.expectations import expectation
from merchant_app.wording.participation import why_left


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    importing = actions.add_parser("import", help="take outlets and their merchants in, or bring them up to date")
    importing.add_argument("file", type=Path, metavar="FILE.csv")
    add_database(importing)
    for name, does in (("optin", "outlets take part in a campaign"), ("optout", "outlets leave a campaign")):
        opting = actions.add_parser(name, help=does)
        opting.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
        opting.add_argument("outlet_ids", type=int, nargs="*", metavar="OUTLET_ID")
        opting.add_argument("--district")
        opting.add_argument("--category", help="a category, or a sub-category such as catering/foods")
        opting.add_argument("--file", type=Path, metavar="FILE.csv", help="a table with a column outlet_id")
        add_database(opting)
    going = actions.add_parser("opting", help="let a campaign take only outlets that opt in, or all in its scope")
    going.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    going.add_argument("on_or_off", choices=["on", "off"])
    add_database(going)


def run(args: argparse.Namespace) -> int:
    """1 where something could not be taken; the rest is."""
    return {"import": _import, "opting": _go_by_opting_in}.get(args.action, _opt)(args)


def _import(args: argparse.Namespace) -> int:
    from merchant_app.server.services.outlet_import import import_outlets

    words, text = words_here(), _text_of(args.file)
    with open_desk(args) as central:
        report = import_outlets(central, text)
    for bad in report.bad_lines:
        expected = expectation(words, bad.expected)
        sentence = words._("Line {line}, {column}: {expected}", line=bad.line, column=bad.column, expected=expected)
        print(sentence, file=sys.stderr)
    bad_lines = [{"line": bad.line, "column": bad.column, "expected": bad.expected} for bad in report.bad_lines]
    taken = words.n_("{count} outlet taken in.", "{count} outlets taken in.", report.taken)
    value = {"taken": report.taken, "new": report.new, "merchants": report.merchants, "bad_lines": bad_lines}
    tell(args, value, taken)
    return 1 if report.bad_lines else 0


def _opt(args: argparse.Namespace) -> int:
    from merchant_app.server.services.outlet_import.table import read_outlet_ids
    from merchant_app.server.services.participation import opt_in, opt_out, outlets_like, part_of

    words, campaign_id = words_here(), CampaignId(args.campaign_id)
    with open_desk(args) as central:
        outlet_ids = set(args.outlet_ids)
        if args.file is not None:
            outlet_ids |= read_outlet_ids(_text_of(args.file))
        if args.district is not None or args.category is not None:
            outlet_ids |= outlets_like(central, args.district, args.category)
        opted = (opt_in if args.action == "optin" else opt_out)(central, campaign_id, outlet_ids)
        part = part_of(central, campaign_id)
        now = central.now()
    if opted is None or part is None:
        sentence = words._("Campaign {campaign_id} is not here, or takes every outlet in its scope.", **_named(args))
        return refuse(args, "not_by_opt_in", sentence)
    for each in opted.left:
        sentence = why_left(words, each.why.value, until=each.until, now=now, zone=part.campaign.zone)
        print(words._("Outlet {outlet_id}: {sentence}", outlet_id=each.outlet_id, sentence=sentence), file=sys.stderr)
    left = [
        {"outlet_id": each.outlet_id, "why": each.why.value, "until": each.until and each.until.isoformat()}
        for each in opted.left
    ]
    done = words.n_("{count} outlet changed.", "{count} outlets changed.", opted.changed)
    tell(args, {"changed": opted.changed, "as_before": opted.as_before, "left": left}, done)
    return 1 if opted.left else 0


def _go_by_opting_in(args: argparse.Namespace) -> int:
    from merchant_app.server.services.participation import go_by_opting_in

    words, by_opt_in = words_here(), args.on_or_off == "on"
    with open_desk(args) as central:
        known = go_by_opting_in(central, CampaignId(args.campaign_id), by_opt_in=by_opt_in)
    if not known:
        return refuse(args, "unknown_campaign", words._("There is no campaign {campaign_id}.", **_named(args)))
    only = words._("Campaign {campaign_id} takes only outlets that opt in.", **_named(args))
    everybody = words._("Campaign {campaign_id} takes every outlet in its scope.", **_named(args))
    return tell(args, {"by_opt_in": by_opt_in}, only if by_opt_in else everybody)


def _named(args: argparse.Namespace) -> dict[str, int]:
    return {"campaign_id": args.campaign_id}


def _text_of(file: Path) -> str:
    """Raises `SourceError` where this is not a table."""
    from merchant_app.server.services.outlet_import.table import decoded

    try:
        text = decoded(file.read_bytes())
    except OSError as error:
        raise SourceError(str(file), str(error)) from error
    if isinstance(text, str):
        return text
    raise SourceError(str(file), expectation(words_here(), text.expected))
