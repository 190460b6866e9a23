"""Where a redemption stands, as a word and as a sentence."""

from typing import assert_never

from merchant_app.domain.redemption import Standing
from merchant_app.wording.words import Words


def standing_name(words: Words, standing: Standing) -> str:
    match standing:
        case Standing.PROVISIONAL:
            return words._("Provisional")
        case Standing.CONFIRMED:
            return words._("Confirmed")
        case Standing.CONTESTED:
            return words._("Contested")
        case Standing.VOIDED:
            return words._("Voided")
        case Standing.RESOLVED:
            return words._("Resolved")
        case _:
            assert_never(standing)


def standing_line(words: Words, standing: Standing) -> str:
    """What that means for whoever looks at the row."""
    match standing:
        case Standing.PROVISIONAL:
            return words._("Redeemed here; the server has not answered yet.")
        case Standing.CONFIRMED:
            return words._("The server has it; this stays.")
        case Standing.CONTESTED:
            return words._("The server holds another view; a dispute is open.")
        case Standing.VOIDED:
            return words._("Taken back; it counts no more.")
        case Standing.RESOLVED:
            return words._("The operator has ended the dispute.")
        case _:
            assert_never(standing)
