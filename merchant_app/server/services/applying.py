"""What a row says, applied to what the server knows, in the order of the till's chain.

intent, override, refused attempt   kept
redemption     known by its id: the row of a yes, or of a repeat. Else judged again: the first row stored wins for good
reversal       of a yes that came late, or of one that was never asked for: the id is refused when it comes
void           frees the use, which goes to the oldest redemption that waited for it
withdrawal     the till refuses the code from here on
"""

from dataclasses import dataclass, field
from typing import Any

from merchant_app.domain.disputes import ServerReason
from merchant_app.domain.redemption import Override, Redemption, Reversal, Standing, Void, WithdrawalAck
from merchant_app.server.db.chains import RowState
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.arriving import Arrived
from merchant_app.server.services.book import Book
from merchant_app.server.services.disputing import Reasons, contest_row, contest_void
from merchant_app.server.services.judging_again import Run, keep
from merchant_app.server.services.uses import take_back
from merchant_app.server.services.voiding import is_void_allowed
from merchant_app.wire.facts import RowOutcome


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of a row."""

    outcome: RowOutcome
    state: RowState = RowState.APPLIED
    kept: KeptRedemption | None = None
    reasons: Reasons = field(default_factory=list)
    dispute_id: str | None = None


STORED = Applied(RowOutcome.STORED)
PARKED = Applied(RowOutcome.PARKED, RowState.PARKED)


def apply(book: Book, chain_id: str, row: Arrived, run: Run) -> Applied:
    """Changes the book by one row. `run` is what came before it in the same push."""
    if row.parsed is None:
        return PARKED
    fact = row.parsed.fact
    match fact:
        case Redemption():
            return _redemption(book, chain_id, row, fact, run)
        case Reversal():
            return _reversal(book, fact, run)
        case Void():
            return _void(book, chain_id, row.seq, fact, run)
        case Override():
            book.override_ids.add(fact.override_id)
            return STORED
        case WithdrawalAck():
            book.acknowledgements.append(fact)
            return STORED
        case _:
            return STORED


def _redemption(book: Book, chain_id: str, row: Arrived, fact: Redemption, run: Run) -> Applied:
    kept = book.by_id.get(fact.redemption_id)
    if kept is None:
        return of_kept(keep(book, chain_id, row, fact, run))
    clash = clash_of(book, kept, fact)
    if clash is None:
        return of_kept(kept)
    reasons: Reasons = [clash]
    dispute_id = contest_row(book, chain_id, row.seq, fact, reasons)
    return Applied(RowOutcome.CONTESTED, kept=None, reasons=reasons, dispute_id=dispute_id)


def clash_of(book: Book, kept: KeptRedemption, fact: Redemption) -> dict[str, Any] | None:
    """Why a row whose id is known cannot be the row of that redemption."""
    if not book.is_own(kept):
        return {"code": ServerReason.ID_TAKEN}
    if kept.key != (fact.campaign_id, fact.serial):
        return {"code": ServerReason.ANOTHER_COUPON}
    if kept.freed_by == "reversal":
        return {"code": ServerReason.REVERSED}
    if kept.amount_off_fen != fact.amount_off_fen:
        return {"code": ServerReason.AMOUNT_DIFFERS, "amount_off_fen": kept.amount_off_fen}
    return None


def of_kept(kept: KeptRedemption) -> Applied:
    contested = kept.standing is Standing.CONTESTED
    outcome = RowOutcome.CONTESTED if contested else RowOutcome.CONFIRMED
    return Applied(outcome, kept=kept, reasons=kept.reasons, dispute_id=kept.dispute_id)


def _reversal(book: Book, fact: Reversal, run: Run) -> Applied:
    kept = book.by_id.get(fact.redemption_id)
    if fact.redemption_id not in book.reversed_ids:
        book.reversed_ids.add(fact.redemption_id)
        book.new_reversals.append(fact.redemption_id)
    if kept is None or not book.is_own(kept):
        return STORED  # kept for when the id comes; another till's is not this one's to reverse
    if kept.standing not in (Standing.RESOLVED, Standing.VOIDED):
        take_back(book, kept, "reversal")
        run.forget(kept)
    return Applied(RowOutcome.STORED, kept=kept)


def _void(book: Book, chain_id: str, seq: int, fact: Void, run: Run) -> Applied:
    kept = book.by_id.get(fact.redemption_id)
    if kept is None:
        return PARKED  # its redemption is parked, or lost: a person has to look
    if not book.is_own(kept):
        return _contested_void(book, chain_id, seq, fact, ServerReason.NOT_ITS_OWN)
    if kept.standing in (Standing.RESOLVED, Standing.VOIDED):
        return Applied(RowOutcome.STORED, kept=kept)
    if not is_void_allowed(book, kept, fact):
        return _contested_void(book, chain_id, seq, fact, ServerReason.VOID_NOT_ALLOWED)
    take_back(book, kept, "void")
    run.forget(kept)
    return Applied(RowOutcome.STORED, kept=kept)


def _contested_void(book: Book, chain_id: str, seq: int, fact: Void, why: ServerReason) -> Applied:
    reasons: Reasons = [{"code": why}]
    dispute_id = contest_void(book, chain_id, seq, fact, reasons)
    return Applied(RowOutcome.CONTESTED, reasons=reasons, dispute_id=dispute_id)
