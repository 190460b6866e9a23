"""`merchant-app coupon issue|hold`: coupons from stock, and the right to show one at an outlet; looking one up."""

import argparse

from merchant_app.cli import coupon_look_up
from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, OutletId, Serial
from merchant_app.wording.operating import why_not_held, why_not_issued
from merchant_app.wording.refusals import refusal


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    issue = actions.add_parser("issue", help="issue coupons of one offer from a round's stock")
    issue.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    issue.add_argument("--round", type=int, default=0, metavar="R", help="its index, from 0")
    issue.add_argument("--offer", type=int, default=0, metavar="O", help="its index, from 0")
    issue.add_argument("--count", type=int, default=1, metavar="N")
    where = issue.add_mutually_exclusive_group()
    where.add_argument("--outlet", type=int, metavar="ID", help="good at this outlet only")
    where.add_argument("--any-outlet", action="store_true", help="good at any outlet of the campaign (the default)")
    where.add_argument("--no-paper", action="store_true", help="no bearer code: only its number, and holds")
    issue.add_argument("--channel", metavar="C", help="where the coupons are claimed")
    hold = actions.add_parser("hold", help="the right to show a coupon at one outlet for some minutes")
    hold.add_argument("campaign_id", type=int, metavar="CAMPAIGN_ID")
    hold.add_argument("serial", type=int, metavar="SERIAL")
    hold.add_argument("--outlet", type=int, required=True, metavar="ID")
    hold.add_argument("--minutes", type=int, metavar="M", help="the campaign's own by default")
    hold.add_argument("--holder", type=int, default=1, metavar="TAG", help="who shows it: a number")
    coupon_look_up.configure(actions)
    for each in (issue, hold):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    if args.action in coupon_look_up.ACTIONS:
        return coupon_look_up.run(args)
    return _issue(args) if args.action == "issue" else _hold(args)


def _issue(args: argparse.Namespace) -> int:
    from merchant_app.server.services.issuing import NotIssued, Wanted, issue

    wanted = Wanted(
        campaign_id=CampaignId(args.campaign_id),
        round_index=args.round,
        offer_index=args.offer,
        count=args.count,
        outlet_id=ANY_OUTLET if args.outlet is None else OutletId(args.outlet),
        on_paper=not args.no_paper,
        channel=args.channel,
    )
    with open_desk(args) as central:
        made = issue(central, wanted)
    if isinstance(made, NotIssued):
        return refuse(args, made.value, why_not_issued(words_here(), made.value))
    coupons: list[dict[str, object]] = [
        {
            "serial": str(each.serial),
            "coupon_number": each.coupon_number,
            "code": each.code,
            "ends_at": each.ends_at.isoformat(),
        }
        for each in made
    ]
    lines = [f"{each['serial']}\t{each['coupon_number']}\t{each['code'] or '-'}" for each in coupons]
    return tell(args, {"campaign_id": args.campaign_id, "coupons": coupons}, *lines)


def _hold(args: argparse.Namespace) -> int:
    from merchant_app.server.services.holding import Held, NotHeld, WantedHold, hold, zone_of
    from merchant_app.wire.reasons import reason_as_plain

    words = words_here()
    wanted = WantedHold(
        CampaignId(args.campaign_id), Serial(args.serial), OutletId(args.outlet), args.holder, args.minutes
    )
    with open_desk(args) as central:
        given = hold(central, wanted)
        now, zone = central.now(), zone_of(central, wanted.campaign_id)
    match given:
        case Held():
            ends_at = words.date_and_time(given.ends_at, zone)
            value = {"code": given.code, "coupon_number": given.coupon_number, "ends_at": given.ends_at.isoformat()}
            return tell(args, value, given.code, words._("Good until {ends_at}.", ends_at=ends_at))
        case NotHeld():
            return refuse(args, given.why.value, why_not_held(words, given.why.value), tills=given.tills)
        case reasons:
            said = " ".join(refusal(words, each, now=now, zone=zone).sentence for each in reasons)
            plain = [reason_as_plain(each) for each in reasons]
            return refuse(args, reasons[0].code, said, reasons=plain)
