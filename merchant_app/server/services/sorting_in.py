"""A push beside what is stored of its chain: what is new, what follows now, what is early, and where it forked."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from merchant_app.domain.chain import link
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db.chains import KeptChain, KeptRow, RowState
from merchant_app.server.services.arriving import Arrived


@dataclass(slots=True)
class Batch:
    """`stored` is what the database has of these rows' numbers and of all that is ahead of the chain's end."""

    chain: KeptChain
    stored: dict[int, KeptRow]
    now: datetime
    new: dict[int, KeptRow] = field(default_factory=dict)
    changed: dict[int, KeptRow] = field(default_factory=dict)
    others: dict[tuple[int, bytes], KeptRow] = field(default_factory=dict)

    def row(self, seq: int) -> KeptRow | None:
        return self.new.get(seq) or self.stored.get(seq)

    def settle(self, row: KeptRow, state: RowState) -> None:
        """What was done with a row, new or stored before."""
        if row.state is RowState.PARKED or state is RowState.PARKED:
            self.chain.parked += (state is RowState.PARKED) - (row.state is RowState.PARKED)
        row.state = state
        if row.seq not in self.new:
            self.changed[row.seq] = row

    def forked(self) -> list[KeptRow]:
        """Every row that belongs to one of two ledgers: those kept beside, and those that had come early."""
        early = [row for row in self.changed.values() if row.state is RowState.FORKED]
        return [*self.others.values(), *early]

    def fork(self, row: KeptRow) -> None:
        """Another row with its number is stored, or it does not follow: kept beside, and the chain stands still."""
        self.others[row.seq, row.hash] = row
        self.chain.frozen_at = self.chain.frozen_at or self.now

    def write(self, connection: Connection) -> list[KeptRow]:
        """The rows of a fork that were not known to be of one before."""
        chain_id = self.chain.chain_id
        chain_rows.add_rows(connection, chain_id, self.new.values(), self.now)
        chain_rows.change_states(connection, chain_id, self.changed.values())
        new = chain_rows.add_forks(connection, chain_id, self.others.values(), self.now)
        chain_rows.write_chain(connection, self.chain)
        return [*new, *(row for row in self.changed.values() if row.state is RowState.FORKED)]


def sort_in(connection: Connection, chain: KeptChain, rows: Iterable[Arrived], now: datetime) -> Batch:
    """The rows of a push, each put where it belongs; nothing is applied yet."""
    rows = list(rows)
    stored = chain_rows.rows_among_or_ahead(connection, chain.chain_id, [row.seq for row in rows], chain.stored_to)
    batch = Batch(chain, stored, now)
    for row in rows:
        kept = batch.row(row.seq)
        fresh = KeptRow(row.seq, row.content, row.hash, RowState.WAITING)
        _describe(fresh, row)
        if kept is not None and kept.hash == row.hash:
            continue
        if kept is not None or chain.frozen_at is not None:
            batch.fork(fresh)
        else:
            batch.new[row.seq] = fresh
    return batch


def following(batch: Batch) -> list[KeptRow]:
    """Moves the chain's end over every row that follows now; of these, the ones that nothing was done with yet."""
    chain, found = batch.chain, []
    while chain.frozen_at is None and (row := batch.row(chain.stored_to + 1)) is not None:
        if link(chain.head_hash, row.content) != row.hash:
            _break_off(batch, row.seq)
            break
        chain.stored_to, chain.head_hash = row.seq, row.hash
        if row.state is RowState.WAITING:
            found.append(row)
    return found


def _break_off(batch: Batch, seq: int) -> None:
    """A row does not follow from those before it: what came with it belongs to another ledger."""
    for each in sorted(number for number in batch.new if number >= seq):
        batch.fork(batch.new.pop(each))
    for row in batch.stored.values():
        if row.seq >= seq and row.state is RowState.WAITING:
            batch.settle(row, RowState.FORKED)
    batch.chain.frozen_at = batch.chain.frozen_at or batch.now


def _describe(fresh: KeptRow, row: Arrived) -> None:
    if row.parsed is not None:
        fresh.kind, fresh.fact_id, fresh.redemption_id = row.parsed.kind.value, row.parsed.fact_id, row.redemption_id
