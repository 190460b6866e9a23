"""Reads and writes tills' chains: where each ends, its rows as they came, and the other rows of a fork."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, insert, select, update

from merchant_app.domain.chain import FIRST_LINK
from merchant_app.domain.redemption import WithdrawalAck
from merchant_app.server.db.among import among
from merchant_app.server.db.tables import chains, forks, rows, withdrawal_acks, withdrawals


class RowState(StrEnum):
    """What was done with a row that is stored."""

    APPLIED = "applied"
    WAITING = "waiting"
    PARKED = "parked"
    QUARANTINED = "quarantined"
    FORKED = "forked"


@dataclass(slots=True)
class KeptChain:
    """Every row up to `stored_to` is stored and follows from those before it; `parked` of them wait for a person.

    `sealed_to`, `sealed_hash`: where the ledger of an adopted chain ends.
    """

    chain_id: str
    till_id: str
    stored_to: int
    head_hash: bytes
    frozen_at: datetime | None
    parked: int
    sealed_to: int | None = None
    sealed_hash: bytes | None = None


@dataclass(slots=True)
class KeptRow:
    """A row as it was pushed, its content byte for byte."""

    seq: int
    content: bytes
    hash: bytes
    state: RowState
    kind: str | None = None
    fact_id: str | None = None
    redemption_id: str | None = None


def add_chain(connection: Connection, chain_id: str, till_id: str) -> None:
    """An empty chain."""
    values = {"chain_id": chain_id, "till_id": till_id, "stored_to": 0, "head_hash": FIRST_LINK, "parked": 0}
    connection.execute(insert(chains).values(values))


def chain_of(connection: Connection, chain_id: str) -> KeptChain | None:
    row = connection.execute(select(chains).where(chains.c.chain_id == chain_id)).one_or_none()
    return None if row is None else KeptChain(*row)


def write_chain(connection: Connection, chain: KeptChain) -> None:
    names = ("stored_to", "head_hash", "frozen_at", "parked", "sealed_to", "sealed_hash")
    here = update(chains).where(chains.c.chain_id == chain.chain_id)
    connection.execute(here.values({name: getattr(chain, name) for name in names}))


def rows_among_or_ahead(
    connection: Connection, chain_id: str, seqs: Collection[int], stored_to: int
) -> dict[int, KeptRow]:
    """Which of these numbers are stored; and the rows that came before the ones they follow."""
    here = rows.c.chain_id == chain_id
    found = _rows(connection, here & (rows.c.seq > stored_to))
    before = [seq for seq in seqs if seq <= stored_to]
    return found | _rows(connection, here & among(rows.c.seq, before)) if before else found


def add_rows(connection: Connection, chain_id: str, new: Collection[KeptRow], now: datetime) -> None:
    if new:
        connection.execute(insert(rows), [_as_row(chain_id, row, now) for row in new])


def change_states(connection: Connection, chain_id: str, changed: Collection[KeptRow]) -> None:
    for row in changed:
        here = (rows.c.chain_id == chain_id) & (rows.c.seq == row.seq)
        values = {"state": row.state.value, "kind": row.kind, "fact_id": row.fact_id}
        connection.execute(update(rows).where(here).values(**values, redemption_id=row.redemption_id))


def add_forks(connection: Connection, chain_id: str, others: Collection[KeptRow], now: datetime) -> list[KeptRow]:
    """Keeps the other rows with a number that is taken; which were not kept already."""
    new = []
    for row in others:
        here = (forks.c.chain_id == chain_id) & (forks.c.seq == row.seq) & (forks.c.hash == row.hash)
        if connection.scalar(select(forks.c.seq).where(here)) is None:
            values = {"chain_id": chain_id, "seq": row.seq, "hash": row.hash, "content": row.content}
            connection.execute(insert(forks).values(**values, stored_at=now))
            new.append(row)
    return new


def forked_at(connection: Connection, chain_id: str) -> int | None:
    """The first number that two ledgers have used; None: the chain did not fork."""
    first: int | None = connection.scalar(select(func.min(forks.c.seq)).where(forks.c.chain_id == chain_id))
    return first


def rows_from(connection: Connection, chain_id: str, seq: int, most: int) -> list[KeptRow]:
    """The first rows from this number on, in order."""
    there = (rows.c.chain_id == chain_id) & (rows.c.seq >= seq)
    return [_kept(row) for row in connection.execute(select(rows).where(there).order_by(rows.c.seq).limit(most))]


def forked_rows(connection: Connection, chain_id: str, most: int) -> list[KeptRow]:
    """What was kept beside a chain, by its numbers."""
    beside = select(forks).where(forks.c.chain_id == chain_id).order_by(forks.c.seq, forks.c.stored_at).limit(most)
    return [KeptRow(row.seq, row.content, row.hash, RowState.FORKED) for row in connection.execute(beside)]


def frozen_tills(connection: Connection) -> set[str]:
    """Tills with a chain that two ledgers have used."""
    return set(connection.scalars(select(chains.c.till_id).where(chains.c.frozen_at.is_not(None))))


def chains_of(connection: Connection, till_ids: Collection[str]) -> list[KeptChain]:
    return [KeptChain(*row) for row in connection.execute(select(chains).where(chains.c.till_id.in_(till_ids)))]


def facts_with_ids(connection: Connection, chain_id: str, kind: str, fact_ids: Collection[str]) -> set[str]:
    """Which of these facts of one kind are in the chain."""
    if not fact_ids:
        return set()
    there = (rows.c.chain_id == chain_id) & (rows.c.kind == kind) & among(rows.c.fact_id, fact_ids)
    return set(connection.scalars(select(rows.c.fact_id).where(there)))


def hash_at(connection: Connection, chain_id: str, seq: int) -> bytes | None:
    here = (rows.c.chain_id == chain_id) & (rows.c.seq == seq)
    return connection.scalar(select(rows.c.hash).where(here))


def acknowledge(
    connection: Connection, till_id: str, outlet_id: int, acks: Iterable[WithdrawalAck], now: datetime
) -> None:
    """This till refuses what was withdrawn; an acknowledgement of something else, or of less, counts for nothing."""
    for ack in acks:
        row = connection.execute(
            select(withdrawals).where(withdrawals.c.withdrawal_id == ack.withdrawal_id)
        ).one_or_none()
        if row is None or (row.outlet_id, row.campaign_id, row.serial, row.form) != (
            outlet_id, ack.campaign_id, ack.serial, ack.form.value,
        ):  # fmt: skip
            continue
        if row.held_until is not None and (ack.held_until is None or ack.held_until < row.held_until):
            continue
        here = {"withdrawal_id": ack.withdrawal_id, "till_id": till_id}
        if connection.execute(select(withdrawal_acks).filter_by(**here)).one_or_none() is None:
            connection.execute(insert(withdrawal_acks).values(**here, acknowledged_at=now))


def _rows(connection: Connection, condition: ColumnElement[bool]) -> dict[int, KeptRow]:
    return {row.seq: _kept(row) for row in connection.execute(select(rows).where(condition))}


def _kept(row: Row[Any]) -> KeptRow:
    return KeptRow(row.seq, row.content, row.hash, RowState(row.state), row.kind, row.fact_id, row.redemption_id)


def _as_row(chain_id: str, row: KeptRow, now: datetime) -> dict[str, Any]:
    return {
        "chain_id": chain_id,
        "seq": row.seq,
        "content": row.content,
        "hash": row.hash,
        "state": row.state.value,
        "kind": row.kind,
        "fact_id": row.fact_id,
        "redemption_id": row.redemption_id,
        "stored_at": now,
    }
