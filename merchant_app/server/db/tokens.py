"""Reads and writes the tokens by which operators' programs come in; of each only its hash is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, insert, select, update

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.db.tables import operator_tokens, operators


@dataclass(frozen=True, slots=True)
class KeptToken:
    """`operator` is the name of whoever made it; `is_good`: neither it nor its operator was shut out."""

    token_id: str
    operator_id: OperatorId
    operator: str
    name: str
    made_at: datetime
    revoked_at: datetime | None
    is_good: bool


def add_token(
    connection: Connection, token_id: str, secret_hash: str, operator_id: OperatorId, name: str, now: datetime
) -> None:
    values = {"token_id": token_id, "secret_hash": secret_hash, "operator_id": operator_id, "name": name}
    connection.execute(insert(operator_tokens).values(**values, made_at=now))


def token_of(connection: Connection, secret_hash: str) -> KeptToken | None:
    return next(iter(_select(connection, operator_tokens.c.secret_hash == secret_hash)), None)


def token_by_id(connection: Connection, token_id: str) -> KeptToken | None:
    return next(iter(_select(connection, operator_tokens.c.token_id == token_id)), None)


def all_tokens(connection: Connection) -> list[KeptToken]:
    """In the order in which they were made."""
    return _select(connection, None)


def mark_token_revoked(connection: Connection, token_id: str, now: datetime) -> None:
    """Once: since when it was first revoked is what counts."""
    still_good = (operator_tokens.c.token_id == token_id) & operator_tokens.c.revoked_at.is_(None)
    connection.execute(update(operator_tokens).where(still_good).values(revoked_at=now))


def _select(connection: Connection, condition: ColumnElement[bool] | None) -> list[KeptToken]:
    token = operator_tokens.c
    columns = (
        token.token_id,
        token.operator_id,
        operators.c.name.label("operator"),
        token.name,
        token.made_at,
        token.revoked_at,
    )
    is_good = token.revoked_at.is_(None) & operators.c.disabled_at.is_(None)
    found = select(*columns, is_good.label("is_good")).join_from(
        operator_tokens, operators, operators.c.operator_id == token.operator_id
    )
    if condition is not None:
        found = found.where(condition)
    rows = connection.execute(found.order_by(token.made_at, token.token_id))
    return [KeptToken(**{**row._asdict(), "is_good": bool(row.is_good)}) for row in rows]
