"""`merchant-app campaign pause|resume|close|delete|show CAMPAIGN_ID`: a campaign that is on the server already."""

import argparse
from typing import TYPE_CHECKING, Any

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.campaign_life import LifeStep
from merchant_app.wording import Words
from merchant_app.wording.campaigns import round_state_name, state_name
from merchant_app.wording.operating import why_not_changed

if TYPE_CHECKING:
    from datetime import datetime

    from merchant_app.server.services.campaign_desk import Overview

ACTIONS = {
    "pause": "stop issuing for a while; redeeming goes on",
    "resume": "issue again after a pause",
    "close": "stop issuing for good; redeeming goes on",
    "delete": "take back a draft",
    "show": "state, version, rounds with what was issued of their stock, and the budget",
}


def configure(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, summary in ACTIONS.items():
        action = actions.add_parser(name, help=summary)
        action.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
        add_database(action)


def run(args: argparse.Namespace) -> int:
    if args.action == "show":
        return _show(args)
    return _delete(args) if args.action == "delete" else _step(args, LifeStep(args.action))


def _step(args: argparse.Namespace, step: LifeStep) -> int:
    from merchant_app.server.services.campaign_desk import take_step

    words = words_here()
    with open_desk(args) as central:
        why_not = take_step(central, args.campaign_id, step)
    if why_not is not None:
        return refuse(args, why_not.value, why_not_changed(words, why_not.value, args.campaign_id))
    sentences = {
        LifeStep.OPEN: words._("Campaign {campaign_id} is open.", campaign_id=args.campaign_id),
        LifeStep.PAUSE: words._("Campaign {campaign_id} is paused.", campaign_id=args.campaign_id),
        LifeStep.RESUME: words._("Campaign {campaign_id} goes on.", campaign_id=args.campaign_id),
        LifeStep.CLOSE: words._("Campaign {campaign_id} is closed.", campaign_id=args.campaign_id),
    }
    return tell(args, {"campaign_id": args.campaign_id, "done": step.value}, sentences[step])


def _delete(args: argparse.Namespace) -> int:
    from merchant_app.server.services.campaign_desk import delete_draft

    words = words_here()
    with open_desk(args) as central:
        deleted = delete_draft(central, args.campaign_id)
    if not deleted:
        sentence = words._("There is no draft of a campaign {campaign_id}.", campaign_id=args.campaign_id)
        return refuse(args, "no_draft", sentence)
    sentence = words._("The draft of campaign {campaign_id} is deleted.", campaign_id=args.campaign_id)
    return tell(args, {"deleted": args.campaign_id}, sentence)


def _show(args: argparse.Namespace) -> int:
    from merchant_app.server.services.campaign_desk import look

    words = words_here()
    with open_desk(args) as central:
        seen, now = look(central, args.campaign_id), central.now()
    if seen is None:
        return refuse(args, "unknown_campaign", why_not_changed(words, "unknown_campaign", args.campaign_id))
    return tell(args, _as_plain(seen, now), *_lines(words, seen, now))


def _as_plain(seen: "Overview", now: "datetime") -> dict[str, Any]:
    from merchant_app.server.services.campaign_desk import round_state

    return {
        "campaign_id": seen.campaign.campaign_id,
        "state": seen.kept.state.value,
        "version": seen.kept.version,
        "budget_fen": seen.campaign.budget_fen,
        "counted_fen": seen.counted_fen,
        "rounds": [
            {
                "round_index": each.round_index,
                "state": round_state(each, now).value,
                "offers": [
                    {"offer_index": shelf.offer_index, "stock": shelf.stock, "issued": shelf.issued}
                    for shelf in seen.of_round(each.round_index)
                ],
            }
            for each in seen.campaign.rounds
        ],
    }


def _lines(words: Words, seen: "Overview", now: "datetime") -> list[str]:
    from merchant_app.server.services.campaign_desk import round_state

    campaign, zone = seen.campaign, seen.campaign.zone
    lines = [
        f"{campaign.campaign_id}  {words.of(campaign.name)}",
        words._("{state}, version {version}", state=state_name(words, seen.kept.state), version=seen.kept.version),
    ]
    if campaign.budget_fen is not None:
        counted, budget = words.money(seen.counted_fen), words.money(campaign.budget_fen)
        lines.append(words._("Budget: {counted} of {budget}", counted=counted, budget=budget))
    for each in campaign.rounds:
        opens = words.date_and_time(each.opens_at, zone)
        closes = words.date_and_time(each.closes_at, zone)
        values = {"opens": opens, "closes": closes, "state": round_state_name(words, round_state(each, now))}
        lines.append(words._("Round {number}: {opens} – {closes}, {state}", number=each.round_index + 1, **values))
        lines += (
            f"  {words.of(campaign.offers[shelf.offer_index].title)}  {shelf.issued} / {shelf.stock}"
            for shelf in seen.of_round(each.round_index)
        )
    return lines
