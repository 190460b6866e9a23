"""Confirming a bill's coupons: the server's own yes, all or none, in one transaction.

The ids are the till's. A coupon whose id is stored is a repeat and gets the stored answer before anything is judged; an
id that this till has reversed is refused for good. The till's own rows about these coupons that it has not pushed yet
travel along and are applied first; they stand outside the order of the chain, so only such rows are taken that are
about redemptions, and each is linked into the chain when its turn comes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from merchant_app.domain.coupon_code import CouponCode, decode
from merchant_app.domain.coupon_number import is_coupon_number, normalise
from merchant_app.domain.kinds import TillId
from merchant_app.domain.redemption import Intent, Override, Redemption, Reversal, Void
from merchant_app.server.central import Central
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import redemptions as redemption_rows
from merchant_app.server.db.chains import KeptChain, RowState
from merchant_app.server.db.coupons import coupons_by_key, coupons_by_number
from merchant_app.server.db.kept import KeptCoupon
from merchant_app.server.db.tills import adopted_by
from merchant_app.server.services.applying import apply
from merchant_app.server.services.arriving import Arrived, arrived
from merchant_app.server.services.asked_coupons import Shown, answer_for, look_at, stored_answer
from merchant_app.server.services.book import Book, Touched, limited_holders
from merchant_app.server.services.guessing import COUPON_NUMBERS, note_wrong_guess, seconds_to_wait
from merchant_app.server.services.judging_again import Run
from merchant_app.server.services.opening_books import open_book, read_circumstances, touched_by
from merchant_app.server.services.sorting_in import sort_in
from merchant_app.wire.redeeming import RedeemAnswer, RedeemRequest


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """The question itself is refused: a stable code, and for how many seconds to wait where that helps."""

    code: str
    retry_after: int | None = None


def confirm(central: Central, till_id: TillId, request: RedeemRequest) -> RedeemAnswer | NotAnswered:
    """The answer to one bill's coupons. `NotAnswered`: `revoked`, `unknown_chain`, `too_many_guesses`, `id_taken`,
    `reversed`, `id_twice`."""
    with central.database.writing() as connection:
        book = open_book(connection, central, till_id)
        chain = chain_rows.chain_of(connection, request.chain_id)
        if book.revoked_at is not None:
            return NotAnswered("revoked")
        if chain is None or chain.till_id != till_id:
            return NotAnswered("unknown_chain")
        wait = _wait_for_numbers(connection, request, book)
        if wait:
            return NotAnswered("too_many_guesses", wait)
        rows = arrived(request.rows, request.chain_id, book.keys)
        shown = _read_book(connection, book, request, rows)
        if rows:
            _apply_first(connection, book, chain, rows)
        answer = _answer(connection, book, request, shown)
        book.write(connection)
    return answer


def recall(central: Central, till_id: TillId, redemption_id: str) -> RedeemAnswer | None:
    """What the server said to an ask; None where it never confirmed it, or this till took it back."""
    with central.database.reading() as connection:
        kept = redemption_rows.by_ids(connection, [redemption_id])
        coupons = coupons_by_key(connection, {each.key for each in kept})
        own = adopted_by(connection, till_id) | {till_id}
    if not kept or kept[0].till_id not in own or kept[0].freed_by is not None:
        return None
    return stored_answer(kept[0], coupons.get(kept[0].key))


def _read_book(connection: Connection, book: Book, request: RedeemRequest, rows: list[Arrived]) -> list[Shown]:
    """Everything that the bill's coupons and the rows that travel along could touch; and what the coupons are."""
    decoded = {each.redemption_id: decode(each.code, book.keys) for each in request.coupons if each.code is not None}
    typed = (each.coupon_number for each in request.coupons if each.coupon_number is not None)
    numbers = {normalise(number) for number in typed if is_coupon_number(number)}
    by_number = coupons_by_number(connection, numbers)
    codes = [code for code in decoded.values() if isinstance(code, CouponCode)]
    of_rows = touched_by(book, rows, (each.redemption_id for each in request.coupons))
    holders = [(code.campaign_id, code.offer_index, code.hold.holder_tag) for code in codes if code.hold is not None]
    touched = Touched(
        keys=of_rows.keys
        | {(int(code.campaign_id), int(code.serial)) for code in codes}
        | _keys_of(by_number.values()),
        redemption_ids=of_rows.redemption_ids,
        bill_ids=of_rows.bill_ids | {request.bill_id},
        holders=of_rows.holders | limited_holders(book.campaigns, holders),
        earliest=of_rows.earliest,
    )
    book.read(connection, touched)
    read_circumstances(connection, book, request.chain_id, rows)
    return [look_at(book, each, decoded.get(each.redemption_id), by_number) for each in request.coupons]


def _apply_first(connection: Connection, book: Book, chain: KeptChain, rows: list[Arrived]) -> None:
    batch, run = sort_in(connection, chain, rows, book.now), Run()
    for row in rows:
        kept = batch.row(row.seq)
        waits = kept is not None and kept.state is RowState.WAITING and kept.hash == row.hash
        fact = None if row.parsed is None else row.parsed.fact
        if kept is not None and waits and isinstance(fact, Redemption | Reversal | Void | Override | Intent):
            batch.settle(kept, apply(book, chain.chain_id, row, run).state)
    batch.write(connection)


def _answer(
    connection: Connection, book: Book, request: RedeemRequest, shown: list[Shown]
) -> RedeemAnswer | NotAnswered:
    for each in shown:
        clash = _clash(book, each)
        if clash is not None:
            return NotAnswered(clash)
    if len({each.asked.redemption_id for each in shown}) < len(shown):
        return NotAnswered("id_twice")
    if any(each.asked.coupon_number is not None and each.coupon is None for each in shown):
        note_wrong_guess(connection, _topic(book), book.now)
    return answer_for(book, request, shown)


def _clash(book: Book, shown: Shown) -> str | None:
    """Why this id cannot be answered for: another till's, another coupon's, or taken back by this till."""
    kept = book.by_id.get(shown.asked.redemption_id)
    if shown.asked.redemption_id in book.reversed_ids or (kept is not None and kept.freed_by is not None):
        return "reversed"
    if kept is None:
        return None
    if not book.is_own(kept) or (shown.coupon is not None and shown.coupon.key != kept.key):
        return "id_taken"
    return None


def _wait_for_numbers(connection: Connection, request: RedeemRequest, book: Book) -> int:
    if all(each.coupon_number is None for each in request.coupons):
        return 0
    return seconds_to_wait(connection, _topic(book), COUPON_NUMBERS, book.now)


def _topic(book: Book) -> str:
    return f"coupon number at {book.till_id}"


def _keys_of(coupons: Iterable[KeptCoupon]) -> set[tuple[int, int]]:
    return {coupon.key for coupon in coupons}
