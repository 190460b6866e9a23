"""`merchant-app till invite|revoke|list|staff`: the operator's work on tills and on who stands at them."""

import argparse
from typing import TYPE_CHECKING

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.kinds import OutletId, TillId

if TYPE_CHECKING:
    from merchant_app.server.db.tills import EnrolledTill


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    invite = actions.add_parser("invite", help="a one-time invitation for a till of an outlet")
    invite.add_argument("outlet_id", type=int, metavar="OUTLET_ID")
    invite.add_argument("--url", help="the server's address as the till will reach it")
    revoke = actions.add_parser("revoke", help="a till that redeems nothing more")
    revoke.add_argument("till_id", metavar="TILL_ID")
    listing = actions.add_parser("list", help="every till and when it was last heard of")
    staff = actions.add_parser("staff", help="add somebody who works at an outlet")
    staff.add_argument("outlet_id", type=int, metavar="OUTLET_ID")
    staff.add_argument("--name", required=True)
    staff.add_argument("--role", choices=["cashier", "manager"], default="cashier")
    staff.add_argument("--pin", help="4 to 8 digits")
    for each in (invite, revoke, listing, staff):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    return {"invite": _invite, "revoke": _revoke, "list": _list, "staff": _staff}[args.action](args)


def _invite(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import invite, server_url

    words = words_here()
    with open_desk(args) as central:
        made = invite(central, OutletId(args.outlet_id), args.url or server_url(central))
    if made is None:
        return refuse(args, "unknown_outlet", words._("There is no outlet {outlet_id}.", outlet_id=args.outlet_id))
    invitation, expires_at = made
    qr_text = None if invitation.server is None else invitation.as_qr_text()
    value = {"code": invitation.as_code(), "qr_text": qr_text, "expires_at": expires_at.isoformat()}
    lines = [words._("Invitation {code}, good once, for 7 days.", code=invitation.as_code())]
    if qr_text is not None:
        lines.append(words._("As a QR code: {text}", text=qr_text))
    return tell(args, value, *lines)


def _revoke(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import revoke

    words = words_here()
    with open_desk(args) as central:
        known = revoke(central, TillId(args.till_id))
    if not known:
        return refuse(args, "unknown_till", words._("There is no till {till_id}.", till_id=args.till_id))
    return tell(args, {"revoked": args.till_id}, words._("Till {till_id} redeems nothing more.", till_id=args.till_id))


def _list(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import tills_known

    with open_desk(args) as central:
        known = [_described(till) for till in tills_known(central)]
    return tell(args, {"tills": known}, *("\t".join(str(value or "-") for value in each.values()) for each in known))


def _described(till: "EnrolledTill") -> dict[str, str | int | None]:
    return {
        "till_id": till.till_id,
        "outlet_id": till.outlet_id,
        "name": till.name,
        "enrolled_at": till.enrolled_at.isoformat(),
        "last_seen_at": None if till.last_seen_at is None else till.last_seen_at.isoformat(),
        "revoked_at": None if till.revoked_at is None else till.revoked_at.isoformat(),
    }


def _staff(args: argparse.Namespace) -> int:
    from merchant_app.server.services.outlets import add_staff

    words = words_here()
    if args.pin is not None and not (args.pin.isascii() and args.pin.isdecimal() and 4 <= len(args.pin) <= 8):
        return refuse(args, "weak_pin", words._("A PIN has 4 to 8 digits."))
    with open_desk(args) as central:
        staff_id = add_staff(central, OutletId(args.outlet_id), args.name, args.role, args.pin)
    if staff_id is None:
        return refuse(args, "unknown_outlet", words._("There is no outlet {outlet_id}.", outlet_id=args.outlet_id))
    return tell(
        args, {"staff_id": staff_id}, words._("{name} has the number {staff_id}.", name=args.name, staff_id=staff_id)
    )
