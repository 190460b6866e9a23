"""A till whose disk was copied: two ledgers went on under one name. What each of them wrote, and how it ends.

Nothing says which of the two is the copy, and both have the same key. So the chain stays frozen as it is, the till is
revoked, and each computer that is to go on is invited anew: it begins a chain of its own. What both had redeemed from
the fork on are disputes, opened when the rows came.
"""

from dataclasses import dataclass
from datetime import datetime

from merchant_app.domain.kinds import OperatorId, OutletId, TillId
from merchant_app.domain.redemption import Redemption
from merchant_app.server.central import Central
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.chains import KeptChain, KeptRow
from merchant_app.server.services.enrolling import invite, revoke
from merchant_app.wire.enrolment import Invitation
from merchant_app.wire.facts import parse_row

MOST_SHOWN = 200
"""Rows of each side that are read for a person."""


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row as far as it can be read; the amounts of a redemption in fen."""

    seq: int
    kind: str | None
    redemption_id: str | None
    written_at: datetime | None
    cashier: str | None = None
    bill_fen: int | None = None
    amount_off_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Fork:
    """A frozen chain; from row `forked_at` on there are two. `first` came first and counts, `other` was kept beside."""

    chain: KeptChain
    forked_at: int
    first: tuple[WrittenRow, ...]
    other: tuple[WrittenRow, ...]


def chains_of_till(central: Central, till_id: TillId) -> list[KeptChain]:
    """The chain it was enrolled with, and those it adopted."""
    with central.database.reading() as connection:
        return chain_rows.chains_of(connection, [till_id, *till_rows.adopted_by(connection, till_id)])


def fork_of(central: Central, till_id: TillId) -> Fork | None:
    """None: its chain did not fork."""
    with central.database.reading() as connection:
        for chain in chain_rows.chains_of(connection, [till_id]):
            forked_at = chain_rows.forked_at(connection, chain.chain_id)
            if chain.frozen_at is not None and forked_at is not None:
                first = chain_rows.rows_from(connection, chain.chain_id, forked_at, MOST_SHOWN)
                other = chain_rows.forked_rows(connection, chain.chain_id, MOST_SHOWN)
                return Fork(chain, forked_at, tuple(map(_written, first)), tuple(map(_written, other)))
    return None


def start_anew(
    central: Central, till_id: TillId, server: str | None, *, by: OperatorId | None = None
) -> tuple[Invitation, datetime] | None:
    """Revokes a cloned till and invites the first computer that is to go on. None: no such till, or no fork."""
    fork = fork_of(central, till_id)
    if fork is None:
        return None
    with central.database.reading() as connection:
        till = till_rows.till_of(connection, till_id)
    assert till is not None
    revoke(central, till_id, by=by)
    return invite(central, OutletId(till.outlet_id), server, by=by)


def _written(row: KeptRow) -> WrittenRow:
    parsed = parse_row(row.content)
    if parsed is None:
        return WrittenRow(row.seq, None, None, None)
    fact, at = parsed.fact, parsed.fact.moment.at
    if isinstance(fact, Redemption):
        bill = fact.bill.bill_fen
        return WrittenRow(row.seq, parsed.kind, fact.redemption_id, at, fact.cashier, bill, fact.amount_off_fen)
    return WrittenRow(row.seq, parsed.kind, getattr(fact, "redemption_id", None), at)
