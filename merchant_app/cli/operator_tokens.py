"""`merchant-app operator token|tokens|revoke-token`: tokens by which operators' programs use the API."""

import argparse
from typing import TYPE_CHECKING

from merchant_app.cli.desk import add_database, open_desk, refuse, tell, words_here

if TYPE_CHECKING:
    from merchant_app.server.db.tokens import KeptToken

ACTIONS = ("token", "tokens", "revoke-token")


def configure(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    token = actions.add_parser("token", help="a token for a program, shown once")
    token.add_argument("--operator", required=True, metavar="NAME", help="in whose name the program acts")
    token.add_argument("--name", required=True, metavar="NAME", help="what the program is called")
    tokens = actions.add_parser("tokens", help="every token, without its secret")
    revoking = actions.add_parser("revoke-token", help="a token that opens nothing any more")
    revoking.add_argument("token_id", metavar="TOKEN_ID")
    for each in (token, tokens, revoking):
        add_database(each)


def run(args: argparse.Namespace) -> int:
    return {"token": _make, "tokens": _list, "revoke-token": _revoke}[args.action](args)


def _make(args: argparse.Namespace) -> int:
    from merchant_app.server.services.operator_tokens import make_token_for

    words = words_here()
    with open_desk(args) as central:
        made = make_token_for(central, args.operator, args.name)
    if made is None:
        return refuse(args, "unknown_operator", words._("There is no operator {name}.", name=args.operator))
    token_id, secret = made
    once = words._("Shown this once; whoever has it acts in the name of {name}.", name=args.operator)
    return tell(args, {"token_id": token_id, "token": secret}, secret, once)


def _list(args: argparse.Namespace) -> int:
    from merchant_app.server.services.operator_tokens import tokens_known

    with open_desk(args) as central:
        known = [_described(token) for token in tokens_known(central)]
    return tell(args, {"tokens": known}, *("\t".join(str(value or "-") for value in each.values()) for each in known))


def _described(token: "KeptToken") -> dict[str, str | None]:
    return {
        "token_id": token.token_id,
        "operator": token.operator,
        "name": token.name,
        "made_at": token.made_at.isoformat(),
        "revoked_at": None if token.revoked_at is None else token.revoked_at.isoformat(),
    }


def _revoke(args: argparse.Namespace) -> int:
    from merchant_app.server.services.operator_tokens import revoke_token

    words = words_here()
    with open_desk(args) as central:
        known = revoke_token(central, args.token_id, by=None)
    if not known:
        return refuse(args, "unknown_token", words._("There is no such token."))
    return tell(args, {"revoked": args.token_id}, words._("The token opens nothing any more."))
