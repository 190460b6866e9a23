"""Settlements in words: why a line is there, how the reserve stands, why something could not be done."""

from datetime import date
from typing import assert_never

from merchant_app.domain.settlement import Reserve, ReserveLevel, Why
from merchant_app.wording.words import Words


def days_of(words: Words, first: date, last: date) -> str:
    """A period by its days: "28 June to 30 June 2026"; one day alone by itself."""
    if first == last:
        return words.day(first, year=True)
    return words._("{first} to {last}", first=words.day(first), last=words.day(last, year=True))


def why_name(words: Words, why: Why) -> str:
    match why:
        case Why.REDEEMED:
            return words._("Redeemed")
        case Why.LATE:
            return words._("Came late")
        case Why.CONFIRMED:
            return words._("Confirmed after a dispute")
        case Why.CAMPAIGN_PAYS:
            return words._("The campaign pays")
        case Why.OUTLET_PAYS:
            return words._("The outlet pays")
        case Why.VOIDED:
            return words._("Voided afterwards")
        case _:
            assert_never(why)


def why_line(words: Words, why: Why) -> str:
    """What that means for whoever reads the settlement."""
    match why:
        case Why.REDEEMED:
            return words._("Redeemed in this period and confirmed.")
        case Why.LATE:
            return words._("Redeemed in an earlier period; the till sent it after that was closed.")
        case Why.CONFIRMED:
            return words._("It had been contested; the redemption before it was voided.")
        case Why.CAMPAIGN_PAYS:
            return words._("Its dispute was resolved, and the campaign pays.")
        case Why.OUTLET_PAYS:
            return words._("Its dispute was resolved, and what had been settled is taken back.")
        case Why.VOIDED:
            return words._("It was voided after it had been settled, and is taken back.")
        case _:
            assert_never(why)


def reserve_line(words: Words, reserve: Reserve) -> str:
    """How the reserve stands, in one sentence."""
    used, stated = words.money(reserve.used_fen), words.money(reserve.stated_fen or 0)
    match reserve.level:
        case ReserveLevel.UNSTATED:
            return words._("No reserve is stated; disputes would draw {used}.", used=used)
        case ReserveLevel.GOOD:
            return words._("{used} of {stated} may be drawn.", used=used, stated=stated)
        case ReserveLevel.LOW:
            return words._("Running low: {used} of {stated} may be drawn.", used=used, stated=stated)
        case ReserveLevel.OVERDRAWN:
            return words._("Overdrawn: {used} may be drawn of {stated}.", used=used, stated=stated)
        case _:
            assert_never(reserve.level)


def why_not_closed(words: Words, code: str) -> str:
    """One sentence for each `NotClosed` of the server."""
    sentences = {
        "unknown_campaign": words._("There is no such campaign on this server."),
        "not_over": words._("That day is not over yet where the campaign is."),
        "already_closed": words._("That day is settled already."),
    }
    return sentences[code]


def why_not_paid(words: Words, code: str) -> str:
    """One sentence for each `NotPaid` of the server."""
    sentences = {
        "unknown_settlement": words._("There is no such settlement."),
        "not_closed": words._("Its period is not closed yet."),
        "already_paid": words._("It is marked as paid already."),
        "reference_missing": words._("Give the reference by which the payment can be found."),
    }
    return sentences[code]
