"""Disputes: a row that the server stored and does not agree with is named as one, never dropped, never forced.

Who is proposed to pay is decided when the dispute opens, by `domain.disputes`; the operator has the last word.
"""

import json
from collections.abc import Iterable
from typing import Any

from merchant_app.domain.clock import bounded
from merchant_app.domain.disputes import About, Payer, ServerReason, proposed_payer
from merchant_app.domain.redemption import Redemption, Reversal, Void
from merchant_app.server.db.chains import KeptRow
from merchant_app.server.db.kept import CouponKey, KeptRedemption
from merchant_app.server.services.book import Book
from merchant_app.wire.facts import parse_row

Reasons = list[dict[str, Any]]


def contest(book: Book, chain_id: str, seq: int, kept: KeptRedemption, fact: Redemption, reasons: Reasons) -> str:
    """A redemption that is stored and contested; the id of its dispute. It stands against who had the use."""
    first = _who_has_the_use(book, kept.key)
    return _open(
        book,
        (chain_id, seq),
        reasons,
        about=About.REDEMPTION,
        redemption_id=kept.redemption_id,
        campaign_id=kept.campaign_id,
        serial=kept.serial,
        first=first,
        day=kept.day,
        amount_off_fen=kept.amount_off_fen,
        proposed_payer=_proposed(reasons, fact, first, book),
    )


def contest_row(book: Book, chain_id: str, seq: int, fact: Redemption, reasons: Reasons) -> str:
    """A redemption's row that cannot be stored as one: it stands against who has its id, or its coupon's use."""
    first = book.by_id.get(fact.redemption_id) or _who_has_the_use(book, (fact.campaign_id, fact.serial))
    return _open(
        book,
        (chain_id, seq),
        reasons,
        about=About.ROW,
        redemption_id=fact.redemption_id,
        campaign_id=fact.campaign_id,
        serial=fact.serial,
        first=first,
        day=book.day_of(fact.campaign_id, bounded(fact.moment, book.now)),
        amount_off_fen=fact.amount_off_fen,
        proposed_payer=_proposed(reasons, fact, first, book),
    )


def contest_void(book: Book, chain_id: str, seq: int, fact: Void | Reversal, reasons: Reasons) -> str:
    """A redemption that a till takes back, and that stands all the same."""
    kept = book.by_id.get(fact.redemption_id)
    return _open(
        book,
        (chain_id, seq),
        reasons,
        about=About.VOID,
        redemption_id=fact.redemption_id,
        campaign_id=None if kept is None else kept.campaign_id,
        serial=None if kept is None else kept.serial,
        first=kept,
        day=None if kept is None else kept.day,
        amount_off_fen=0 if kept is None else kept.amount_off_fen,
        proposed_payer=Payer.OUTLET,
    )


def contest_forked(book: Book, chain_id: str, rows: Iterable[KeptRow]) -> None:
    """What two ledgers of one till redeemed each for itself; of what the server had said yes to it is no news."""
    for row in rows:
        parsed = parse_row(row.content)
        fact = None if parsed is None else parsed.fact
        if isinstance(fact, Redemption) and fact.redemption_id not in book.by_id:
            contest_row(book, chain_id, row.seq, fact, [{"code": ServerReason.CLONED_TILL}])


def _proposed(reasons: Reasons, fact: Redemption, first: KeptRedemption | None, book: Book) -> Payer:
    return proposed_payer(
        [reason["code"] for reason in reasons],
        overridden=fact.override_id is not None,
        own_double=first is not None and book.is_own(first),
    )


def _open(
    book: Book,
    row: tuple[str, int],
    reasons: Reasons,
    *,
    about: About,
    first: KeptRedemption | None,
    proposed_payer: Payer,
    **values: Any,
) -> str:
    dispute_id = book.new_id()
    chain_id, seq = row
    book.disputes.append(
        {
            **values,
            "dispute_id": dispute_id,
            "chain_id": chain_id,
            "seq": seq,
            "about": about.value,
            "till_id": book.till_id,
            "outlet_id": int(book.outlet.outlet_id),
            "reasons": json.dumps(reasons),
            "first_redemption_id": None if first is None else first.redemption_id,
            "proposed_payer": proposed_payer.value,
            "owed_fen": 0,
            "opened_at": book.now,
        }
    )
    return dispute_id


def _who_has_the_use(book: Book, key: CouponKey) -> KeptRedemption | None:
    """Of those that take one, the last that was stored."""
    return max(book.taking_uses(key), key=lambda each: each.stored_order, default=None)
