"""What became of a row that was pushed, and what to do where the server could not take it as it is."""

from typing import assert_never

from merchant_app.domain.redemption import FactKind
from merchant_app.wire.facts import RowOutcome
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def row_outcome(words: Words, outcome: RowOutcome) -> Said:
    match outcome:
        case RowOutcome.CONFIRMED | RowOutcome.REPEAT | RowOutcome.STORED:
            return said(words, words._("The server has it"))
        case RowOutcome.CONTESTED:
            title = words._("The server holds another view")
            return said(words, title, words._("A dispute is open; the operator decides."))
        case RowOutcome.PARKED:
            title = words._("Set aside: the server cannot read it yet")
            return said(words, title, words._("It is kept; ask the operator to update the server."))
        case RowOutcome.WAITING:
            title = words._("Waiting for the rows before it")
            return said(words, title, words._("It goes on by itself with the next sync."))
        case RowOutcome.FORKED:
            title = words._("Set aside: another till uses the same records")
            return said(words, title, words._("Stop using a copied till and call the operator."))
        case RowOutcome.QUARANTINED:
            title = words._("Set aside: this till was revoked")
            return said(words, title, words._("It is kept; the operator decides about each row."))
        case RowOutcome.LEFT_BEHIND:
            title = words._("Set aside: written for another outlet or server")
            return said(words, title, words._("It is kept here; enrol this computer there again to send it."))
        case _:
            assert_never(outcome)


def fact_name(words: Words, kind: FactKind) -> str:
    """A kind of row, for a list of them."""
    match kind:
        case FactKind.INTENT:
            return words._("Redemption asked for")
        case FactKind.REDEMPTION:
            return words._("Redemption")
        case FactKind.REVERSAL:
            return words._("Reversal")
        case FactKind.VOID:
            return words._("Void")
        case FactKind.REFUSED_ATTEMPT:
            return words._("Refused coupon")
        case FactKind.OVERRIDE:
            return words._("Manager's leave")
        case FactKind.WITHDRAWAL_ACK:
            return words._("Withdrawal noted")
        case _:
            assert_never(kind)
