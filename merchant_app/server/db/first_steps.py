"""Whether there is any at all: what the overview's checklist looks for."""

from sqlalchemy import ColumnElement, Connection, Table, func, select, true

from merchant_app.server.db.tables import campaigns, deeds, issued, outlets, redemptions, tills


def has_outlet(connection: Connection) -> bool:
    return _any(connection, outlets)


def has_campaign(connection: Connection) -> bool:
    return _any(connection, campaigns)


def has_opened(connection: Connection) -> bool:
    return _any(connection, campaigns, campaigns.c.opened_at.is_not(None))


def has_till(connection: Connection) -> bool:
    return _any(connection, tills)


def has_issued(connection: Connection) -> bool:
    return _any(connection, issued, issued.c.issued_count > 0)


def has_redeemed(connection: Connection) -> bool:
    return _any(connection, redemptions)


def has_deed(connection: Connection, what: str) -> bool:
    return _any(connection, deeds, deeds.c.what == what)


def _any(connection: Connection, table: Table, condition: ColumnElement[bool] | None = None) -> bool:
    wanted = true() if condition is None else condition
    found = select(func.count()).select_from(select(1).select_from(table).where(wanted).limit(1).subquery())
    return bool(connection.scalar(found))
