"""Reads and writes operators and the one-time links by which they come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.db.tables import operators, sign_in_links


@dataclass(frozen=True, slots=True)
class KeptOperator:
    operator_id: OperatorId
    name: str
    name_key: str
    """What a name is compared by: two that look alike are one."""
    password_hash: str
    made_at: datetime
    disabled_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptLink:
    operator_id: OperatorId | None
    """Whose password it sets; None: it makes a new operator."""
    expires_at: datetime
    used_at: datetime | None


_COLUMNS = [operators.c[name] for name in KeptOperator.__slots__]


def operator_of(connection: Connection, operator_id: str) -> KeptOperator | None:
    return _one(connection, operators.c.operator_id == operator_id)


def operator_named(connection: Connection, name_key: str) -> KeptOperator | None:
    return _one(connection, operators.c.name_key == name_key)


def all_operators(connection: Connection) -> list[KeptOperator]:
    """In the order in which they came."""
    rows = connection.execute(select(*_COLUMNS).order_by(operators.c.made_at, operators.c.name_key))
    return [KeptOperator(*row) for row in rows]


def count_enabled(connection: Connection) -> int:
    return connection.scalar(select(func.count()).where(operators.c.disabled_at.is_(None))) or 0


def add_operator(connection: Connection, new: KeptOperator) -> None:
    connection.execute(insert(operators).values({name: getattr(new, name) for name in KeptOperator.__slots__}))


def put_password(connection: Connection, operator_id: str, password_hash: str) -> None:
    here = update(operators).where(operators.c.operator_id == operator_id)
    connection.execute(here.values(password_hash=password_hash))


def put_disabled(connection: Connection, operator_id: str, at: datetime | None) -> None:
    """None lets the operator in again."""
    connection.execute(update(operators).where(operators.c.operator_id == operator_id).values(disabled_at=at))


def add_link(connection: Connection, secret_hash: str, operator_id: str | None, made: datetime, ends: datetime) -> None:
    values = {"secret_hash": secret_hash, "operator_id": operator_id, "made_at": made, "expires_at": ends}
    connection.execute(insert(sign_in_links).values(values))


def link_of(connection: Connection, secret_hash: str) -> KeptLink | None:
    columns = (sign_in_links.c.operator_id, sign_in_links.c.expires_at, sign_in_links.c.used_at)
    row = connection.execute(select(*columns).where(sign_in_links.c.secret_hash == secret_hash)).one_or_none()
    return None if row is None else KeptLink(*row)


def use_link(connection: Connection, secret_hash: str, now: datetime) -> None:
    here = update(sign_in_links).where(sign_in_links.c.secret_hash == secret_hash)
    connection.execute(here.values(used_at=now))


def use_links_of(connection: Connection, operator_id: str | None, now: datetime) -> None:
    """None of this operator's links (None: of those that make a new one) opens anything any more."""
    whose = sign_in_links.c.operator_id
    mine = whose.is_(None) if operator_id is None else whose == operator_id
    connection.execute(update(sign_in_links).where(mine & sign_in_links.c.used_at.is_(None)).values(used_at=now))


def _one(connection: Connection, condition: ColumnElement[bool]) -> KeptOperator | None:
    row = connection.execute(select(*_COLUMNS).where(condition)).one_or_none()
    return None if row is None else KeptOperator(*row)
