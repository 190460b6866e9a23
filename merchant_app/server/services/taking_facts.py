"""Taking a batch of a till's facts: every row is stored before anything is judged by it; an answer for each.

new, and the next of its chain   applied, with whatever had come early and follows it
new, and too early               stored, waiting
stored before                    a repeat: what became of it, as it stands now
another row with its number      the chain forked (two ledgers use it): both are kept, the chain is frozen, and what
                                 each redeemed from there on is a dispute
cannot be read                   kept byte for byte, parked
from a revoked till              kept in quarantine, each redemption and void a dispute
"""

from collections.abc import Iterable

from sqlalchemy import Connection

from merchant_app.domain.kinds import TillId
from merchant_app.domain.redemption import Standing
from merchant_app.server.central import Central
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import disputes as dispute_rows
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.chains import KeptChain, KeptRow, RowState
from merchant_app.server.db.disputes import KeptDispute
from merchant_app.server.services.applying import Applied, apply
from merchant_app.server.services.arriving import Arrived, arrived, read
from merchant_app.server.services.book import Book
from merchant_app.server.services.campaigns import key_ring
from merchant_app.server.services.disputing import contest_forked
from merchant_app.server.services.judging_again import Run
from merchant_app.server.services.opening_books import open_book, read_circumstances, touched_by
from merchant_app.server.services.quarantining import quarantine
from merchant_app.server.services.sorting_in import Batch, following, sort_in
from merchant_app.server.services.till_reports import as_said, settle_who_answers, take_floor
from merchant_app.wire.facts import PushAnswer, PushRequest, Report, RowAnswer, RowOutcome

_OUTCOME = {
    RowState.APPLIED: RowOutcome.REPEAT,
    RowState.WAITING: RowOutcome.WAITING,
    RowState.PARKED: RowOutcome.PARKED,
    RowState.QUARANTINED: RowOutcome.QUARANTINED,
    RowState.FORKED: RowOutcome.FORKED,
}
_TELLS_STANDING = {"redemption", "reversal", "void"}


def take(central: Central, till_id: TillId, push: PushRequest) -> PushAnswer | None:
    """Stores and applies; None: the chain is neither this till's nor adopted by it."""
    with central.database.reading() as connection:
        keys = key_ring(connection)
    rows = arrived(push.rows, push.chain_id, keys)
    with central.database.writing() as connection:
        chain = chain_rows.chain_of(connection, push.chain_id)
        owner = None if chain is None else till_rows.till_of(connection, chain.till_id)
        if chain is None or owner is None or till_id not in (owner.till_id, owner.adopted_by):
            return None
        book = open_book(connection, central, TillId(owner.till_id), pushed_by=till_id)
        batch = sort_in(connection, chain, rows, book.now)
        came = {(row.seq, row.hash): row for row in rows}
        turn = [came.get((row.seq, row.hash)) or _read_again(chain, row, book) for row in following(batch)]
        _read_book(connection, book, batch, turn, came)
        applied = {row.seq: _settle(book, batch, row, run) for run in [Run()] for row in turn}
        contest_forked(book, chain.chain_id, batch.write(connection))
        book.write(connection)
        _take_report(connection, till_id, chain, push.report, book)
        settle_who_answers(connection, chain, owner)
        known = dispute_rows.of_rows(
            connection, push.chain_id, [row.seq for row in push.rows if row.seq in batch.stored]
        )
    answers = [_answer(book, batch, row.seq, bytes.fromhex(row.hash), applied, known) for row in push.rows]
    return PushAnswer(answers=answers, stored_to=chain.stored_to)


def _read_again(chain: KeptChain, row: KeptRow, book: Book) -> Arrived:
    """A row that had come early, now that its turn has come."""
    return read(chain.chain_id, row.seq, row.content, row.hash, book.keys)


def _read_book(
    connection: Connection, book: Book, batch: Batch, turn: list[Arrived], came: Iterable[tuple[int, bytes]]
) -> None:
    repeated = [batch.stored[seq].redemption_id for seq, _ in came if seq in batch.stored]
    repeated += [each.redemption_id for each in batch.forked()]
    book.read(connection, touched_by(book, turn, [each for each in repeated if each is not None]))
    read_circumstances(connection, book, batch.chain.chain_id, turn)


def _settle(book: Book, batch: Batch, row: Arrived, run: Run) -> Applied:
    chain_id = batch.chain.chain_id
    applied = quarantine(book, chain_id, row) if book.revoked_at is not None else apply(book, chain_id, row, run)
    kept = batch.row(row.seq)
    assert kept is not None
    batch.settle(kept, applied.state)
    return applied


def _take_report(connection: Connection, till_id: TillId, chain: KeptChain, report: Report, book: Book) -> None:
    """A till speaks for its own chain; of one that it adopted only the rows count."""
    is_own = chain.till_id == till_id
    if is_own and book.revoked_at is None:
        take_floor(connection, chain, report, book.now)
    till_rows.note_seen(connection, till_id, book.now, as_said(report, book.now) if is_own else {})


def _answer(
    book: Book, batch: Batch, seq: int, hashed: bytes, applied: dict[int, Applied], disputes: dict[int, KeptDispute]
) -> RowAnswer:
    if (seq, hashed) in batch.others:
        return RowAnswer(seq=seq, outcome=RowOutcome.FORKED)
    row = batch.row(seq)
    assert row is not None
    redemption_id = row.redemption_id if row.kind in _TELLS_STANDING else None
    kept = None if redemption_id is None else book.by_id.get(redemption_id)
    standing: Standing | None = None if kept is None or not book.is_own(kept) else kept.standing
    fresh = applied.get(seq)
    if fresh is not None:
        return RowAnswer(
            seq=seq,
            outcome=fresh.outcome,
            redemption_id=redemption_id,
            standing=standing if fresh.state is RowState.APPLIED else None,
            reasons=fresh.reasons,
            dispute_id=fresh.dispute_id,
        )
    dispute = disputes.get(seq)
    is_open = dispute is not None and dispute.closed_at is None
    return RowAnswer(
        seq=seq,
        outcome=_OUTCOME[row.state],
        redemption_id=redemption_id,
        standing=standing if row.state is RowState.APPLIED else None,
        reasons=dispute.reasons if dispute is not None and is_open else [],
        dispute_id=dispute.dispute_id if dispute is not None and is_open else None,
    )
