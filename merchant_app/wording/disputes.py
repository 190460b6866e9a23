"""Disputes in words: why one is open, who is to pay, how it ended."""

from datetime import datetime
from typing import Any, assert_never
from zoneinfo import ZoneInfo

from merchant_app.domain.disputes import FIRST_WAS_VOIDED, About, Outcome, Payer, ServerReason
from merchant_app.wire.reasons import parse_reason
from merchant_app.wording.reason_names import reason_name
from merchant_app.wording.refusals import refusal
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def dispute_reason_name(words: Words, code: str) -> str:
    """A reason's name for lists: those of a refusal, and those that only the server finds."""
    try:
        return _server_reason(words, ServerReason(code)).title
    except ValueError:
        return reason_name(words, code)


def dispute_reason(words: Words, reason: dict[str, Any], *, now: datetime, zone: ZoneInfo) -> Said:
    """A reason as the till says it where it is one of its own. `now` is when the redemption took place."""
    code = str(reason.get("code"))
    try:
        found = ServerReason(code)
    except ValueError:
        known = parse_reason(reason)
        return said(words, reason_name(words, code)) if known is None else refusal(words, known, now=now, zone=zone)
    if found is ServerReason.AMOUNT_DIFFERS and isinstance(reason.get("amount_off_fen"), int):
        amount = words.money(reason["amount_off_fen"])
        return said(words, words._("Another amount off"), words._("The rules give {amount}.", amount=amount))
    return _server_reason(words, found)


def _server_reason(words: Words, reason: ServerReason) -> Said:
    sentences: dict[ServerReason, tuple[str, str]] = {
        ServerReason.ID_TAKEN: (words._("Number taken"), words._("Another till had sent a redemption under it.")),
        ServerReason.ANOTHER_COUPON: (
            words._("Another coupon"),
            words._("The till had used this number for another coupon."),
        ),
        ServerReason.REVERSED: (words._("Taken back before"), words._("The till itself had taken it back.")),
        ServerReason.AMOUNT_DIFFERS: (words._("Another amount off"), words._("It is not what the rules give.")),
        ServerReason.NEEDS_BILL: (words._("No bill"), words._("The rules need the amount of the bill.")),
        ServerReason.VOID_NOT_ALLOWED: (words._("Voided too late"), words._("The offer allows no void any more.")),
        ServerReason.NOT_ITS_OWN: (words._("Another till's redemption"), words._("Only its own till may void it.")),
        ServerReason.CLONED_TILL: (
            words._("Copied till"),
            words._("Two computers used this till's records; it is in one of them."),
        ),
        ServerReason.TILL_REVOKED: (words._("Till revoked"), words._("It came after the till had been revoked.")),
    }
    return said(words, *sentences[reason])


def about_name(words: Words, about: About) -> str:
    match about:
        case About.REDEMPTION:
            return words._("Redemption")
        case About.ROW:
            return words._("Row kept beside")
        case About.VOID:
            return words._("Void")
        case _:
            assert_never(about)


def payer_name(words: Words, payer: Payer) -> str:
    match payer:
        case Payer.CAMPAIGN:
            return words._("The campaign")
        case Payer.OUTLET:
            return words._("The outlet")
        case _:
            assert_never(payer)


def why_proposed(words: Words, payer: Payer) -> str:
    """Why this one is proposed."""
    if payer is Payer.CAMPAIGN:
        return words._("The till could not hear the other one, and kept within the campaign's offline limits.")
    return words._("The till could see it for itself, or a manager took it on.")


def outcome_name(words: Words, outcome: str) -> str:
    """The operator's outcome, or how the dispute ended by itself; the word itself where it is a newer one."""
    names: dict[str, str] = {
        Outcome.CAMPAIGN_PAYS: words._("The campaign pays"),
        Outcome.OUTLET_PAYS: words._("The outlet pays"),
        Outcome.VOIDED: words._("Voided"),
        Outcome.FRAUD: words._("Fraud"),
        FIRST_WAS_VOIDED: words._("The one before it was voided"),
    }
    return names.get(outcome, outcome)


def outcome_line(words: Words, outcome: Outcome) -> str:
    """What the outcome does."""
    match outcome:
        case Outcome.CAMPAIGN_PAYS:
            return words._("The outlet is paid, from the campaign's reserve where it is a double.")
        case Outcome.OUTLET_PAYS:
            return words._("The redemption stands; the campaign pays nothing for it.")
        case Outcome.VOIDED:
            return words._("The redemption counts no more; nobody pays.")
        case Outcome.FRAUD:
            return words._("As if the outlet pays, and kept as fraud.")
        case _:
            assert_never(outcome)


def why_not_resolved(words: Words, code: str) -> str:
    """One sentence for each `NotResolved` of the server."""
    sentences = {
        "unknown_dispute": words._("There is no such dispute."),
        "already_closed": words._("This dispute has ended already; it cannot be opened again."),
        "note_missing": words._("Say in a note why it ends like this."),
        "no_campaign": words._("The server knows no such campaign; nobody is there to pay."),
    }
    return sentences[code]
