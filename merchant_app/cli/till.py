"""`merchant-app till invite|revoke|list|chains|unfreeze|staff`: the operator's work on tills and on who is at them."""

import argparse
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here
from merchant_app.domain.kinds import OutletId, TillId

if TYPE_CHECKING:
    from merchant_app.server.db.tills import EnrolledTill
    from merchant_app.wire.enrolment import Invitation


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    invite = actions.add_parser("invite", help="a one-time invitation for a till of an outlet")
    invite.add_argument("outlet_id", type=int, metavar="OUTLET_ID")
    invite.add_argument("--url", help="the server's address as the till will reach it")
    revoke = actions.add_parser("revoke", help="a till that redeems nothing more")
    revoke.add_argument("till_id", metavar="TILL_ID")
    listing = actions.add_parser("list", help="every till and when it was last heard of")
    chains = actions.add_parser("chains", help="the chains of a till, and what two copies of it wrote")
    chains.add_argument("till_id", metavar="TILL_ID")
    unfreeze = actions.add_parser("unfreeze", help="end a till whose disk was copied, and invite it anew")
    unfreeze.add_argument("till_id", metavar="TILL_ID")
    unfreeze.add_argument("--url", help="the server's address as the till will reach it")
    staff = actions.add_parser("staff", help="add somebody who works at an outlet")
    staff.add_argument("outlet_id", type=int, metavar="OUTLET_ID")
    staff.add_argument("--name", required=True)
    staff.add_argument("--role", choices=["cashier", "manager"], default="cashier")
    staff.add_argument("--pin", help="4 to 8 digits")
    for each in (invite, revoke, listing, chains, unfreeze, staff):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    actions = {"invite": _invite, "revoke": _revoke, "list": _list, "staff": _staff}
    return (actions | {"chains": _chains, "unfreeze": _unfreeze})[args.action](args)


def _invite(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import invite, server_url

    words = words_here()
    with open_desk(args) as central:
        made = invite(central, OutletId(args.outlet_id), args.url or server_url(central))
    if made is None:
        sentence = words._("There is no outlet {outlet_id}, or it has closed.", outlet_id=args.outlet_id)
        return refuse(args, "unknown_outlet", sentence)
    return _tell_invitation(args, *made)


def _tell_invitation(args: argparse.Namespace, invitation: "Invitation", expires_at: datetime) -> int:
    words = words_here()
    qr_text = None if invitation.server is None else invitation.as_qr_text()
    value = {"code": invitation.as_code(), "qr_text": qr_text, "expires_at": expires_at.isoformat()}
    lines = [words._("Invitation {code}, good once, for 7 days.", code=invitation.as_code())]
    if qr_text is not None:
        lines.append(words._("As a QR code: {text}", text=qr_text))
    return tell(args, value, *lines)


def _chains(args: argparse.Namespace) -> int:
    from merchant_app.server.services.clones import chains_of_till, fork_of

    words = words_here()
    with open_desk(args) as central:
        chains = chains_of_till(central, TillId(args.till_id))
        fork = fork_of(central, TillId(args.till_id))
    if not chains:
        return refuse(args, "unknown_till", words._("There is no till {till_id}.", till_id=args.till_id))
    told = [
        {
            "chain_id": each.chain_id,
            "till_id": each.till_id,
            "stored_to": each.stored_to,
            "parked": each.parked,
            "frozen_at": each.frozen_at and each.frozen_at.isoformat(),
            "sealed_to": each.sealed_to,
        }
        for each in chains
    ]
    lines = ["\t".join("-" if value is None else str(value) for value in each.values()) for each in told]
    sides: dict[str, list[dict[str, object]]] = {"first": [], "other": []}
    if fork is not None:
        sides = {"first": [asdict(each) for each in fork.first], "other": [asdict(each) for each in fork.other]}
        lines += [f"{side}\t{_row_line(row)}" for side, rows in sides.items() for row in rows]
    return tell(args, {"chains": told, "fork": None if fork is None else sides}, *lines)


def _row_line(row: dict[str, object]) -> str:
    return "\t".join("-" if value is None else str(value) for value in row.values())


def _unfreeze(args: argparse.Namespace) -> int:
    from merchant_app.server.services.clones import start_anew
    from merchant_app.server.services.enrolling import server_url

    words = words_here()
    with open_desk(args) as central:
        made = start_anew(central, TillId(args.till_id), args.url or server_url(central))
    if made is None:
        sentence = words._("Till {till_id} is not here, or is not frozen.", till_id=args.till_id)
        return refuse(args, "not_frozen", sentence)
    return _tell_invitation(args, *made)


def _revoke(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import revoke

    words = words_here()
    with open_desk(args) as central:
        known = revoke(central, TillId(args.till_id))
    if not known:
        return refuse(args, "unknown_till", words._("There is no till {till_id}.", till_id=args.till_id))
    return tell(args, {"revoked": args.till_id}, words._("Till {till_id} redeems nothing more.", till_id=args.till_id))


def _list(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import tills_frozen, tills_known

    with open_desk(args) as central:
        frozen = tills_frozen(central)
        known = [_described(till, frozen) for till in tills_known(central)]
    lines = ("\t".join("-" if value in (None, False) else str(value) for value in each.values()) for each in known)
    return tell(args, {"tills": known}, *lines)


def _described(till: "EnrolledTill", frozen: set[str]) -> dict[str, str | int | bool | None]:
    return {
        "till_id": till.till_id,
        "outlet_id": till.outlet_id,
        "name": till.name,
        "enrolled_at": till.enrolled_at.isoformat(),
        "last_seen_at": _iso(till.last_seen_at),
        "revoked_at": _iso(till.revoked_at),
        "version": till.version,
        "waiting": till.waiting,
        "clock_ahead_ms": till.clock_ahead_ms,
        "catalogue_version": till.catalogue_version,
        "catalogue_at": _iso(till.catalogue_at),
        "adopted_by": till.adopted_by,
        "frozen": till.till_id in frozen,
    }


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


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
