"""`merchant-app coupon show|revoke|free`: what a coupon is and what happened to it; revoking it, setting it free."""

import argparse
from typing import TYPE_CHECKING, Any

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.coupon_number import grouped
from merchant_app.domain.kinds import CampaignId, Serial
from merchant_app.domain.plain import plain
from merchant_app.wording import Words
from merchant_app.wording.coupon_history import step_line

if TYPE_CHECKING:
    from merchant_app.server.services.coupon_history import CouponHistory, Happened

ACTIONS = ("show", "revoke", "free")
_HELP = {
    "show": "what a coupon is, and all that happened to it",
    "revoke": "withdraw a coupon for good",
    "free": "set a trapped coupon free, at the campaign's risk",
}


def configure(actions: Any) -> None:
    for name in ACTIONS:
        action = actions.add_parser(name, help=_HELP[name])
        action.add_argument("coupon", metavar="COUPON", help="its number, its code, or CAMPAIGN_ID/SERIAL")
        add_database(action)


def run(args: argparse.Namespace) -> int:
    from merchant_app.server.services.coupon_history import look_up
    from merchant_app.server.services.withdrawing import revoke_coupon, set_free

    words = words_here()
    with open_desk(args) as central:
        found = look_up(central, args.coupon)
        if found is None:
            return refuse(args, "unknown_coupon", words._("There is no such coupon."))
        key = CampaignId(found.coupon.campaign_id), Serial(found.coupon.serial)
        if args.action == "revoke":
            revoke_coupon(central, *key)
        elif args.action == "free":
            set_free(central, *key)
        found = look_up(central, args.coupon)
    assert found is not None
    return tell(args, _plain(found), *_told(words, found))


def _plain(found: "CouponHistory") -> dict[str, Any]:
    value = {"coupon": plain(found.coupon), "uses": found.uses, "uses_taken": found.uses_taken}
    return {**value, "is_set_free": found.is_set_free, "steps": [plain(step) for step in found.steps]}


def _told(words: Words, found: "CouponHistory") -> list[str]:
    coupon = found.coupon
    ends = words.date_and_time(coupon.ends_at, found.zone, year=True)
    uses = words._("{taken} of {uses} uses taken", taken=found.uses_taken, uses=found.uses)
    return [
        f"{words.of(found.title)} ({words.of(found.campaign.name)})",
        f"{grouped(coupon.coupon_number)}\t{coupon.campaign_id}/{coupon.serial}",
        words._("Good until {ends_at}.", ends_at=ends),
        uses,
        *(
            f"{words.date_and_time(step.at, found.zone, year=True)}\t{_line(words, found, step)}"
            for step in found.steps
        ),
    ]


def _line(words: Words, found: "CouponHistory", step: "Happened") -> str:
    outlet = found.names.get(step.outlet_id or 0)
    return step_line(
        words,
        step.what,
        outlet="" if outlet is None else words.of(outlet),
        standing=step.standing,
        amount_off_fen=step.amount_off_fen,
        until="" if step.until is None else words.date_and_time(step.until, found.zone),
        channel=step.reference if step.what == "issued" else None,
        outcome=step.outcome,
    )
