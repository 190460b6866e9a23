"""`merchant-app campaign check|add|open|amend FILE`, and the door to the other work on campaigns."""

import argparse
from pathlib import Path
from typing import Any

from merchant_app.cli import campaign_life, campaign_links, campaign_rehearsal, campaign_report
from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.cli.speaking import add_json, as_json
from merchant_app.domain.campaign import Campaign
from merchant_app.errors import CampaignDocumentError, SourceError
from merchant_app.resources import resource_path
from merchant_app.wording.operating import why_not_changed

_PARTS = (campaign_life, campaign_links, campaign_rehearsal, campaign_report)


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    check = actions.add_parser("check", help="every mistake of a campaign document, with the path of its field")
    add = actions.add_parser("add", help="take a document in, not open yet")
    opening = actions.add_parser(
        "open", help="take a document in where it is new, and open it to tills and for issuing"
    )
    for each in (check, add, opening):
        each.add_argument("file", type=Path, metavar="FILE", help="a campaign document; its pictures lie beside it")
    add_json(check)
    add_database(add)
    add_database(opening)
    amend = actions.add_parser("amend", help="a new version of an open campaign, where it takes nothing from a holder")
    amend.add_argument("file", type=Path, metavar="FILE", help="the whole new document; its pictures lie beside it")
    amend.add_argument("--note", required=True, metavar="WHY", help="why: it is kept with the version")
    add_database(amend)
    for part in _PARTS:
        part.configure(actions)


def run(args: argparse.Namespace) -> int:
    for part in _PARTS:
        if args.action in part.ACTIONS:
            return int(part.run(args))
    try:
        campaign, document, found = _checked(args.file)
        if args.action == "check":
            told = {"campaign_id": campaign.campaign_id, "mistakes": []}
            return tell(args, told, words_here()._("No mistakes."))
        work = {"add": _add, "open": _open, "amend": _amend}[args.action]
        return work(args, campaign, document, found)
    except CampaignDocumentError as error:
        return _say_mistakes(args, error)


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


def _amend(args: argparse.Namespace, campaign: Campaign, document: dict[str, Any], found: dict[str, Any]) -> int:
    from merchant_app.server.services.campaign_desk import NotChanged, amend

    words, campaign_id = words_here(), campaign.campaign_id
    with open_desk(args) as central:
        version = amend(central, document, found, note=args.note)
    if isinstance(version, NotChanged):
        return refuse(args, version.value, why_not_changed(words, version.value, campaign_id))
    sentence = words._("Campaign {campaign_id} has version {version} now.", campaign_id=campaign_id, version=version)
    return tell(args, {"amended": campaign_id, "version": version}, sentence)
