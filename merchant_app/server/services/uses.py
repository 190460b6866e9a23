"""Uses of a coupon: numbered here, given to the redemption that was stored first, given on when one is taken back."""

import json
from typing import Any

from merchant_app.domain.disputes import FIRST_WAS_VOIDED, Outcome
from merchant_app.domain.redemption import Standing
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.book import Book
from merchant_app.wire.events import EventKind


def note_redeemed(book: Book, kept: KeptRedemption) -> None:
    """Other tills that could be shown this coupon are told."""
    book.events.append(_event(EventKind.REDEEMED, kept))


def note_standing(book: Book, kept: KeptRedemption, outcome: Outcome | None = None) -> None:
    """The till that made it is told, with the outcome of its dispute where the operator has resolved it."""
    book.events.append(_event(EventKind.STANDING, kept) | {"dispute_outcome": outcome})


def take_back(book: Book, kept: KeptRedemption, freed_by: str) -> None:
    """A void, a reversal, the operator's word: the use comes free, and goes to the oldest that waits for one."""
    had_use = kept.use is not None
    kept.use, kept.standing, kept.freed_by, kept.waits_for_use = None, Standing.VOIDED, freed_by, False
    kept.payer = None
    book.change(kept)
    if kept.dispute_id is not None:
        book.ended_disputes[kept.dispute_id] = Outcome.VOIDED
    if had_use:
        book.events.append(_event(EventKind.FREED, kept))
        _give_on(book, kept)


def _give_on(book: Book, freed: KeptRedemption) -> None:
    waiting = [each for each in book.by_key[freed.key] if each.waits_for_use]
    use = book.free_use(freed.key, book.uses_of(freed))
    if not waiting or use is None:
        return
    oldest = min(waiting, key=lambda each: each.stored_order)
    oldest.use, oldest.standing, oldest.waits_for_use, oldest.reasons = use, Standing.CONFIRMED, False, []
    if oldest.dispute_id is not None:
        book.ended_disputes[oldest.dispute_id] = FIRST_WAS_VOIDED
    book.change(oldest)
    note_standing(book, oldest)
    note_redeemed(book, oldest)


def _event(kind: EventKind, kept: KeptRedemption) -> dict[str, Any]:
    own = kind is EventKind.STANDING
    return {
        "kind": kind.value,
        "till_id": kept.till_id,
        "scope_outlet_id": kept.scope_outlet_id,
        "redemption_id": kept.redemption_id,
        "campaign_id": kept.campaign_id,
        "serial": kept.serial,
        "outlet_id": kept.outlet_id,
        "holder_tag": kept.holder_tag,
        "offer_index": kept.offer_index,
        "redeemed_at": kept.redeemed_at,
        "standing": kept.standing.value if own else None,
        "dispute_id": kept.dispute_id if own else None,
        "reasons": json.dumps(kept.reasons) if own else "[]",
        "dispute_outcome": None,
    }
