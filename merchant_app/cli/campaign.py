"""`merchant-app campaign check|add|open FILE`, its claim links and its report: the operator's work on campaigns."""

import argparse
from pathlib import Path
from typing import Any

from merchant_app.cli import campaign_links, campaign_report
from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.cli.speaking import add_json, as_json
from merchant_app.domain.campaign import Campaign
from merchant_app.errors import CampaignDocumentError, SourceError
from merchant_app.resources import resource_path


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="every mistake of a campaign document, with the path of its field")
    add = actions.add_parser("add", help="take a document in, not open yet")
    opening = actions.add_parser(
        "open", help="take a document in where it is new, and open it to tills and for issuing"
    )
    for each in (check, add, opening):
        each.add_argument("file", type=Path, metavar="FILE", help="a campaign document; its pictures lie beside it")
    campaign_links.configure(actions)
    campaign_report.configure(actions)
    add_json(check)
    add_database(add)
    add_database(opening)


def run(args: argparse.Namespace) -> int:
    if args.action in campaign_links.ACTIONS:
        return campaign_links.run(args)
    if args.action in campaign_report.ACTIONS:
        return campaign_report.run(args)
    try:
        campaign, document, found = _checked(args.file)
    except CampaignDocumentError as error:
        return _say_mistakes(args, error)
    if args.action == "check":
        words = words_here()
        return tell(args, {"campaign_id": campaign.campaign_id, "mistakes": []}, words._("No mistakes."))
    return (_add if args.action == "add" else _open)(args, campaign, document, found)


def _checked(file: Path) -> tuple[Campaign, dict[str, Any], dict[str, Any]]:
    from merchant_app.server.services.campaign_desk import check

    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(str(file), str(error)) from error
    return check(text, [file.resolve().parent, resource_path("offers")])


def _say_mistakes(args: argparse.Namespace, error: CampaignDocumentError) -> int:
    if args.json:
        print(as_json({"mistakes": [{"field": path, "expected": expected} for path, expected in error.mistakes]}))
        return 1
    raise error


def _add(args: argparse.Namespace, campaign: Campaign, document: dict[str, Any], found: dict[str, Any]) -> int:
    from merchant_app.server.services.campaign_desk import add

    words, campaign_id = words_here(), campaign.campaign_id
    with open_desk(args) as central:
        added = add(central, document, found)
    if not added:
        sentence = words._("Campaign {campaign_id} is open and stays as it is.", campaign_id=campaign_id)
        return refuse(args, "already_open", sentence)
    return tell(args, {"added": campaign_id}, words._("Campaign {campaign_id} is taken in.", campaign_id=campaign_id))


def _open(args: argparse.Namespace, campaign: Campaign, document: dict[str, Any], found: dict[str, Any]) -> int:
    from merchant_app.server.services.campaign_desk import Opening, add, open_campaign

    words, campaign_id = words_here(), campaign.campaign_id
    with open_desk(args) as central:
        add(central, document, found)
        opened = open_campaign(central, campaign_id)
    if opened is not Opening.OPENED:
        sentence = words._("Campaign {campaign_id} is open and stays as it is.", campaign_id=campaign_id)
        return refuse(args, opened.value, sentence)
    return tell(args, {"opened": campaign_id}, words._("Campaign {campaign_id} is open.", campaign_id=campaign_id))
