"""`merchant-app operator link|list`: who may sign in to the console, links for whoever cannot; tokens for programs."""

import argparse
from typing import TYPE_CHECKING

from merchant_app.cli import operator_tokens
from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here

if TYPE_CHECKING:
    from merchant_app.server.db.operators import KeptOperator


def configure(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    link = actions.add_parser("link", help="a one-time sign-in link, good for 24 hours")
    link.add_argument("--name", help="the operator who forgot a password; without it the link makes a new operator")
    link.add_argument("--url", help="the server's address as the operator's browser will reach it")
    listing = actions.add_parser("list", help="every operator")
    operator_tokens.configure(actions)
    for each in (link, listing):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    if args.action in operator_tokens.ACTIONS:
        return operator_tokens.run(args)
    return {"link": _link, "list": _list}[args.action](args)


def _link(args: argparse.Namespace) -> int:
    from merchant_app.server.services.enrolling import server_url
    from merchant_app.server.services.operators.links import link_url, make_link

    words = words_here()
    with open_desk(args) as central:
        server = args.url or server_url(central)
        secret = None if server is None else make_link(central, args.name, by=None)
    if server is None:
        return refuse(args, "unknown_address", words._("Start the server once, or say its address with --url."))
    if secret is None:
        return refuse(args, "unknown_operator", words._("There is no operator {name}.", name=args.name))
    link = link_url(server, secret)
    return tell(args, {"sign_in_link": link}, words._("Good once, for 24 hours: {link}", link=link))


def _list(args: argparse.Namespace) -> int:
    from merchant_app.server.services.operators.accounts import operators_known

    with open_desk(args) as central:
        known = [_described(operator) for operator in operators_known(central)]
    lines = ("\t".join(str(value or "-") for value in each.values()) for each in known)
    return tell(args, {"operators": known}, *lines)


def _described(operator: "KeptOperator") -> dict[str, str | None]:
    return {
        "operator_id": operator.operator_id,
        "name": operator.name,
        "made_at": operator.made_at.isoformat(),
        "disabled_at": None if operator.disabled_at is None else operator.disabled_at.isoformat(),
    }
