"""`merchant-app dispute list|show|resolve`: redemptions on which till and server do not agree."""

import argparse
from typing import TYPE_CHECKING, Any

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, who_runs, words_here
from merchant_app.domain.disputes import Outcome
from merchant_app.domain.plain import plain
from merchant_app.wording import Words
from merchant_app.wording.disputes import (
    about_name,
    dispute_reason,
    dispute_reason_name,
    outcome_name,
    payer_name,
    why_not_resolved,
)

if TYPE_CHECKING:
    from merchant_app.server.db.disputes import KeptDispute
    from merchant_app.server.services.evidence import Evidence, Side

_MOST = 1000


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    listing = actions.add_parser("list", help="disputes, open ones first")
    listing.add_argument("--campaign", type=int, metavar="ID")
    listing.add_argument("--outlet", type=int, metavar="ID")
    listing.add_argument("--reason", metavar="CODE", help="for example already_redeemed")
    listing.add_argument("--all", action="store_true", help="closed ones too")
    show = actions.add_parser("show", help="both sides' evidence")
    resolve = actions.add_parser("resolve", help="end a dispute, for good")
    resolve.add_argument("dispute_id", metavar="DISPUTE_ID")
    resolve.add_argument("outcome", choices=[each.value for each in Outcome])
    resolve.add_argument("--note", required=True, metavar="TEXT", help="why it ends like this")
    resolve.add_argument("--by", default=None, metavar="NAME", help="who decides; you if not given")
    show.add_argument("dispute_id", metavar="DISPUTE_ID")
    for each in (listing, show, resolve):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    return {"list": _list, "show": _show, "resolve": _resolve}[args.action](args)


def _list(args: argparse.Namespace) -> int:
    from merchant_app.server.db.disputes import DisputesWanted
    from merchant_app.server.services.evidence import disputes_page

    wanted = DisputesWanted(args.campaign, args.outlet, args.reason, None if args.all else True)
    with open_desk(args) as central:
        page, total, _ = disputes_page(central, wanted, limit=_MOST)
    words = words_here()
    lines = [_line(words, each) for each in page] or [words._("There are no disputes.")]
    return tell(args, {"disputes": [_plain(each) for each in page], "total": total}, *lines)


def _line(words: Words, dispute: "KeptDispute") -> str:
    why = words.list([dispute_reason_name(words, code) for code in dispute.codes])
    ends = "" if dispute.outcome is None else outcome_name(words, dispute.outcome)
    payer = payer_name(words, dispute.proposed_payer)
    return "\t".join(
        [dispute.dispute_id, str(dispute.outlet_id), words.money(dispute.amount_off_fen), why, payer, ends]
    )


def _show(args: argparse.Namespace) -> int:
    from merchant_app.server.services.evidence import evidence_for

    with open_desk(args) as central:
        found = evidence_for(central, args.dispute_id)
    if found is None:
        return _refuse(args, "unknown_dispute")
    sides = {"contested": _side(found.contested), "first": None if found.first is None else _side(found.first)}
    return tell(args, {**_plain(found.dispute), **sides}, *_told(words_here(), found))


def _told(words: Words, found: "Evidence") -> list[str]:
    dispute = found.dispute
    lines = [
        f"{about_name(words, dispute.about)} {dispute.redemption_id}, {words.money(dispute.amount_off_fen)}",
        *(dispute_reason(words, each, now=found.took_place_at, zone=found.zone).sentence for each in dispute.reasons),
        words._("Proposed to pay: {payer}", payer=payer_name(words, dispute.proposed_payer)),
    ]
    for title, side in ((words._("Contested"), found.contested), (words._("It stands against"), found.first)):
        if side is not None:
            at = found.took_place_at if side.kept is None else side.kept.redeemed_at
            when = words.date_and_time(at, found.zone, year=True)
            lines.append(f"{title}: {words.of(side.outlet)} ({side.outlet_id}), {side.till_id}, {when}")
    if dispute.outcome is not None:
        lines.append(f"{outcome_name(words, dispute.outcome)}: {dispute.note or '–'}")
    return lines


def _resolve(args: argparse.Namespace) -> int:
    from merchant_app.server.services.resolving import NotResolved, resolve

    by = who_runs(args)
    with open_desk(args) as central:
        done = resolve(central, args.dispute_id, Outcome(args.outcome), note=args.note, by=by)
    if isinstance(done, NotResolved):
        return _refuse(args, done.value)
    words = words_here()
    sentence = words._("Ended: {outcome}.", outcome=outcome_name(words, args.outcome))
    return tell(args, {"resolved": done.dispute_id, "outcome": done.outcome}, sentence)


def _refuse(args: argparse.Namespace, code: str) -> int:
    return refuse(args, code, why_not_resolved(words_here(), code))


def _plain(dispute: "KeptDispute") -> dict[str, Any]:
    value: dict[str, Any] = plain(dispute)
    return value


def _side(side: "Side") -> dict[str, Any]:
    """The row as it was pushed, beside the redemption as it is stored."""
    return {
        "redemption_id": side.redemption_id,
        "outlet_id": side.outlet_id,
        "till_id": side.till_id,
        "pushed": None if side.fact is None else plain(side.fact),
        "arrived_at": None if side.row is None else side.row.stored_at.isoformat(),
        "override": None if side.override is None else plain(side.override),
        "stored": None if side.kept is None else plain(side.kept),
    }
