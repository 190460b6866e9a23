"""Tokens for operators' programs: shown once when they are made, kept as a hash, good until they are revoked.

A secret has 256 random bits: nobody guesses it, so one round of SHA-256 keeps it as well as many would.
"""

import secrets

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import tokens as token_rows
from merchant_app.server.db.operators import operator_named
from merchant_app.server.db.tokens import KeptToken
from merchant_app.server.services.hashing import hashed_secret
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.server.services.operators.passwords import name_key

PREFIX = "mop_"
"""By which a program that looks for leaked secrets knows one."""
LONGEST_NAME = 60


def make_token(central: Central, operator_id: OperatorId, name: str) -> tuple[str, str]:
    """(token_id, secret) of a new token of this operator; the secret can never be read again."""
    token_id, secret, now = central.new_id(), PREFIX + secrets.token_urlsafe(32), central.now()
    with central.database.writing() as connection:
        token_rows.add_token(connection, token_id, hashed_secret(secret), operator_id, name.strip()[:LONGEST_NAME], now)
        note_deed(connection, operator_id, Deed.TOKEN_MADE, token_id, at=now, name=name)
    return token_id, secret


def make_token_for(central: Central, operator_name: str, name: str) -> tuple[str, str] | None:
    """The same for the operator of this name; None: there is none, or it is disabled."""
    with central.database.reading() as connection:
        kept = operator_named(connection, name_key(operator_name))
    return None if kept is None or kept.disabled_at is not None else make_token(central, kept.operator_id, name)


def revoke_token(central: Central, token_id: str, by: OperatorId | None) -> bool:
    """It opens nothing any more; False: there is no such token."""
    now = central.now()
    with central.database.writing() as connection:
        kept = token_rows.token_by_id(connection, token_id)
        if kept is None:
            return False
        token_rows.mark_token_revoked(connection, token_id, now)
        note_deed(connection, by, Deed.TOKEN_REVOKED, token_id, at=now, name=kept.name)
    return True


def tokens_known(central: Central) -> list[KeptToken]:
    with central.database.reading() as connection:
        return token_rows.all_tokens(connection)


def token_of_secret(central: Central, secret: str) -> KeptToken | None:
    """The token whose secret this is, while it is good."""
    with central.database.reading() as connection:
        kept = token_rows.token_of(connection, hashed_secret(secret))
    return kept if kept is not None and kept.is_good else None


def note_act(central: Central, token: KeptToken, what: Deed, subject: object) -> None:
    """Writes down what a program did in its operator's name."""
    now = central.now()
    with central.database.writing() as connection:
        note_deed(connection, token.operator_id, what, subject, at=now, token=token.name)
