"""Disputes: a redemption that the server stored and does not agree with is named as one, never dropped, never forced.

Beside the reasons of `domain.judging` a dispute can have these, which only the server finds:

id_taken          the id belongs to another till's redemption
another_coupon    the id belongs to a redemption of another coupon
reversed          this till had taken the redemption back before it sent it
amount_differs    more was taken off than the rules give
needs_bill        the amount of the bill is missing, and the rules need it
void_not_allowed  the void came later than the offer allows
not_its_own       a till voids another till's redemption
till_revoked      it came from a till that had been revoked
"""

import json
from typing import Any

from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.book import Book

Reasons = list[dict[str, Any]]


def open_dispute(
    book: Book, chain_id: str, seq: int, reasons: Reasons, kept: KeptRedemption | None, redemption_id: str | None = None
) -> str:
    """The id of a new dispute about a row, and the redemption that was first where the uses were spent before."""
    dispute_id = book.new_id()
    first = _first(book, kept)
    book.disputes.append(
        {
            "dispute_id": dispute_id,
            "chain_id": chain_id,
            "seq": seq,
            "redemption_id": redemption_id if kept is None else kept.redemption_id,
            "campaign_id": None if kept is None else kept.campaign_id,
            "serial": None if kept is None else kept.serial,
            "reasons": json.dumps(reasons),
            "first_redemption_id": None if first is None else first.redemption_id,
            "opened_at": book.now,
        }
    )
    return dispute_id


def _first(book: Book, kept: KeptRedemption | None) -> KeptRedemption | None:
    """Who had the use: of those that take one, the last that was stored."""
    if kept is None:
        return None
    return max(book.taking_uses(kept.key), key=lambda each: each.stored_order, default=None)
