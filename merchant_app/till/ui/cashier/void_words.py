"""Why a redemption was not taken back, and what to do instead."""

from merchant_app.till.services.voiding import NotVoided
from merchant_app.wording import Words
from merchant_app.wording.said import Said, said


def not_voided(words: Words, outcome: NotVoided) -> Said:
    """One line for each `why`."""
    match outcome.why:
        case "too_late":
            title = words._("The two minutes for undoing are over")
        case "not_the_last":
            title = words._("Another redemption followed; only the last can be undone here")
        case "never":
            title = words._("This offer cannot be taken back")
        case "already":
            return said(words, words._("This redemption was taken back already"))
        case "unknown":
            return said(words, words._("This redemption is not known here"))
    return said(words, title, words._("Call the operator if it was a mistake."))
