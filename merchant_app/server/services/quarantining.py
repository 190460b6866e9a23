"""Rows of a till that has been revoked: kept, and nothing is done by them before the operator has decided.

A redemption that the server does not have, and a void or a reversal of one that still counts, are disputes each. The
row of a redemption that the server had said yes to is no news, unless it says something else.
"""

from merchant_app.domain.disputes import ServerReason
from merchant_app.domain.redemption import Redemption, Reversal, Standing, Void
from merchant_app.server.db.chains import RowState
from merchant_app.server.services.applying import Applied, clash_of
from merchant_app.server.services.arriving import Arrived
from merchant_app.server.services.book import Book
from merchant_app.server.services.disputing import Reasons, contest_row, contest_void
from merchant_app.wire.facts import RowOutcome


def quarantine(book: Book, chain_id: str, row: Arrived) -> Applied:
    fact = None if row.parsed is None else row.parsed.fact
    reasons: Reasons = [{"code": ServerReason.TILL_REVOKED}]
    dispute_id = None
    if isinstance(fact, Redemption):
        kept = book.by_id.get(fact.redemption_id)
        clash = None if kept is None else clash_of(book, kept, fact)
        reasons += [] if clash is None else [clash]
        if kept is None or clash is not None:
            dispute_id = contest_row(book, chain_id, row.seq, fact, reasons)
    elif isinstance(fact, Void | Reversal) and _still_counts(book, fact.redemption_id):
        dispute_id = contest_void(book, chain_id, row.seq, fact, reasons)
    return Applied(RowOutcome.QUARANTINED, RowState.QUARANTINED, None, reasons, dispute_id)


def _still_counts(book: Book, redemption_id: str) -> bool:
    """Whether it is a redemption of this till that the server has, and that was not taken back."""
    kept = book.by_id.get(redemption_id)
    return kept is not None and book.is_own(kept) and kept.standing is not Standing.VOIDED
