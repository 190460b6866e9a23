"""Reads the rows that a dispute is about, byte for byte as they were pushed, and whose they are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from merchant_app.server.db.tables import chains, rows, tills


@dataclass(frozen=True, slots=True)
class PushedFact:
    """A row's content, when it came, and the till whose chain it is in."""

    chain_id: str
    seq: int
    content: bytes
    stored_at: datetime
    till_id: str
    till_name: str
    outlet_id: int
    till_version: str
    till_revoked_at: datetime | None


def row_at(connection: Connection, chain_id: str, seq: int) -> PushedFact | None:
    return _first(connection, (rows.c.chain_id == chain_id) & (rows.c.seq == seq))


def redemption_row(connection: Connection, redemption_id: str, till_id: str) -> PushedFact | None:
    """The row in which this till wrote the redemption down; None: it has not come, where the server said yes."""
    of_redemption = (rows.c.redemption_id == redemption_id) & (rows.c.kind == "redemption")
    return _first(connection, of_redemption & (chains.c.till_id == till_id))


def override_row(connection: Connection, chain_id: str, override_id: str) -> PushedFact | None:
    """The row in which a manager took it on."""
    of_override = (rows.c.fact_id == override_id) & (rows.c.kind == "override")
    return _first(connection, of_override & (rows.c.chain_id == chain_id))


def _first(connection: Connection, condition: ColumnElement[bool]) -> PushedFact | None:
    whose = rows.join(chains, chains.c.chain_id == rows.c.chain_id).join(tills, tills.c.till_id == chains.c.till_id)
    row: tuple[Any, ...] | Row[Any] | None = connection.execute(
        select(
            rows.c.chain_id,
            rows.c.seq,
            rows.c.content,
            rows.c.stored_at,
            tills.c.till_id,
            tills.c.name,
            tills.c.outlet_id,
            tills.c.version,
            tills.c.revoked_at,
        )
        .select_from(whose)
        .where(condition)
        .order_by(rows.c.stored_at, rows.c.seq)
        .limit(1)
    ).one_or_none()
    return None if row is None else PushedFact(*row)
