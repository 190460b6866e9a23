"""Resolving a dispute: the operator's word, once, and what becomes of the redemption by it.

about       campaign_pays           outlet_pays, fraud     voided
redemption  resolved, campaign      resolved, outlet       voided
row         owed to its outlet      nothing is owed        nothing is owed
void        resolved, campaign      resolved, outlet       voided: the void is carried out after all

A row that only says another amount than the server's yes decides over that redemption, and over the difference. A void
of another till's redemption is carried out or not; it decides nothing else about it.
"""

from enum import StrEnum

from merchant_app.domain.disputes import About, Outcome, ServerReason, payer_by
from merchant_app.domain.kinds import NO_MONEY, Fen, OperatorId, TillId
from merchant_app.domain.redemption import Standing
from merchant_app.server.central import Central
from merchant_app.server.db import disputes as dispute_rows
from merchant_app.server.db.disputes import KeptDispute
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.book import Book, Touched
from merchant_app.server.services.opening_books import open_book
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.server.services.uses import note_standing, take_back
from merchant_app.wire.events import EventKind


class NotResolved(StrEnum):
    """Why a dispute stays as it is."""

    UNKNOWN_DISPUTE = "unknown_dispute"
    ALREADY_CLOSED = "already_closed"
    NOTE_MISSING = "note_missing"
    NO_CAMPAIGN = "no_campaign"
    """The campaign is to pay, and there is none that this server knows."""


BY_OPERATOR = "operator"
"""What took a redemption back, beside `void` and `reversal`."""


def resolve(
    central: Central, dispute_id: str, outcome: Outcome, *, note: str, by: str, operator: OperatorId | None = None
) -> KeptDispute | NotResolved:
    """Ends the dispute; the till that made the redemption is told. `by` is the operator's name."""
    if not note.strip():
        return NotResolved.NOTE_MISSING
    with central.database.writing() as connection:
        dispute = dispute_rows.dispute_of(connection, dispute_id)
        if dispute is None:
            return NotResolved.UNKNOWN_DISPUTE
        if dispute.closed_at is not None:
            return NotResolved.ALREADY_CLOSED
        book = open_book(connection, central, TillId(dispute.till_id))
        if outcome is Outcome.CAMPAIGN_PAYS and dispute.campaign_id not in book.campaigns:
            return NotResolved.NO_CAMPAIGN
        ids = {each for each in (dispute.redemption_id,) if each is not None}
        book.read(connection, Touched(redemption_ids=frozenset(ids)))
        owed = _carry_out(book, dispute, outcome)
        # The operator's word is written before what ends by itself, which closes only what is still open.
        dispute_rows.resolve(connection, dispute_id, outcome, owed, note=note.strip(), by=by, now=book.now)
        book.write(connection)
        note_deed(connection, operator, Deed.DISPUTE_RESOLVED, dispute_id, at=book.now, outcome=outcome)
        resolved = dispute_rows.dispute_of(connection, dispute_id)
    assert resolved is not None
    return resolved


def note_of_outlet(central: Central, dispute_id: str, note: str) -> bool:
    """What the outlet says of it; False: there is no such open dispute."""
    with central.database.writing() as connection:
        dispute = dispute_rows.dispute_of(connection, dispute_id)
        if dispute is None or dispute.closed_at is not None:
            return False
        dispute_rows.note_of_outlet(connection, dispute_id, note.strip())
    return True


def _carry_out(book: Book, dispute: KeptDispute, outcome: Outcome) -> Fen:
    """What is owed by the outcome beside what is owed for a stored redemption."""
    kept = book.by_id.get(dispute.redemption_id or "")
    match dispute.about:
        case About.REDEMPTION:
            if kept is not None:
                _end(book, kept, outcome)
            return NO_MONEY
        case About.VOID:
            if kept is not None and (outcome is Outcome.VOIDED or kept.till_id == dispute.till_id):
                _end_what_counts(book, kept, outcome)
            return NO_MONEY
        case About.ROW:
            return _end_row(book, dispute, kept, outcome)


def _end_row(book: Book, dispute: KeptDispute, kept: KeptRedemption | None, outcome: Outcome) -> Fen:
    pays = outcome is Outcome.CAMPAIGN_PAYS
    if kept is not None and ServerReason.AMOUNT_DIFFERS in dispute.codes:
        more = dispute.amount_off_fen - kept.amount_off_fen
        return Fen(more) if _end_what_counts(book, kept, outcome) and pays else NO_MONEY
    _tell_of_row(book, dispute, outcome)
    return dispute.amount_off_fen if pays else NO_MONEY


def _end_what_counts(book: Book, kept: KeptRedemption, outcome: Outcome) -> bool:
    """Decides over a redemption that is confirmed, or voids a contested one; False: it is as it was."""
    may_change = kept.standing is Standing.CONFIRMED or (
        kept.standing is Standing.CONTESTED and outcome is Outcome.VOIDED
    )
    if may_change:
        _end(book, kept, outcome)
    return may_change


def _end(book: Book, kept: KeptRedemption, outcome: Outcome) -> None:
    payer = payer_by(outcome)
    if payer is None:
        take_back(book, kept, BY_OPERATOR)
    else:
        kept.standing, kept.payer, kept.waits_for_use = Standing.RESOLVED, payer, False
        book.change(kept)
    note_standing(book, kept, outcome)


def _tell_of_row(book: Book, dispute: KeptDispute, outcome: Outcome) -> None:
    """The till that sent the row has a redemption of its own under that id."""
    resolved = Standing.VOIDED if payer_by(outcome) is None else Standing.RESOLVED
    book.events.append(
        {
            "kind": EventKind.STANDING.value,
            "till_id": dispute.till_id,
            "scope_outlet_id": dispute.outlet_id,
            "redemption_id": dispute.redemption_id,
            "campaign_id": dispute.campaign_id,
            "serial": dispute.serial,
            "outlet_id": dispute.outlet_id,
            "holder_tag": None,
            "offer_index": None,
            "redeemed_at": None,
            "standing": resolved.value,
            "dispute_id": dispute.dispute_id,
            "reasons": "[]",
            "dispute_outcome": outcome.value,
        }
    )
