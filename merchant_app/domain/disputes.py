"""Disputes: what only the server finds, who is proposed to pay, and how a dispute ends.

What a till can see for itself is the outlet's to answer for: a code's signature, hours, place and end, the bill, the
clock, the age of what it judges by, and whatever a manager took on. What no till can know while it hears nobody, the
campaign pays from its reserve: that another till had the use, the right or the holder's day already.
"""

from collections.abc import Collection
from enum import StrEnum

from merchant_app.domain.judging.reasons import AlreadyRedeemed, DailyLimit, HeldElsewhereReason, UsesSpent


class ServerReason(StrEnum):
    """Reasons beside those of `domain.judging`, which only the server finds."""

    ID_TAKEN = "id_taken"
    """The id belongs to another till's redemption."""
    ANOTHER_COUPON = "another_coupon"
    """The id belongs to a redemption of another coupon."""
    REVERSED = "reversed"
    """This till had taken the redemption back before it sent it."""
    AMOUNT_DIFFERS = "amount_differs"
    """More was taken off than the rules give, or another amount than the server had said yes to."""
    NEEDS_BILL = "needs_bill"
    """The amount of the bill is missing, and the rules need it."""
    VOID_NOT_ALLOWED = "void_not_allowed"
    """The void came later than the offer allows."""
    NOT_ITS_OWN = "not_its_own"
    """A till voids another till's redemption."""
    TILL_REVOKED = "till_revoked"
    """It came from a till that had been revoked."""
    CLONED_TILL = "cloned_till"
    """Two ledgers went on under one till's name, and this is in one of them."""


class About(StrEnum):
    """What a dispute is about."""

    REDEMPTION = "redemption"
    """A redemption that is stored and contested."""
    ROW = "row"
    """A redemption's row that is kept beside: its id was another's already, or its till was revoked."""
    VOID = "void"
    """A void that was not carried out."""


class Payer(StrEnum):
    """Who bears the amount that was taken off."""

    CAMPAIGN = "campaign"
    OUTLET = "outlet"


class Outcome(StrEnum):
    """How the operator ends a dispute."""

    CAMPAIGN_PAYS = "campaign_pays"
    OUTLET_PAYS = "outlet_pays"
    VOIDED = "voided"
    FRAUD = "fraud"


FIRST_WAS_VOIDED = "first_was_voided"
"""How a dispute ends by itself: the use came free, and the one that waited has it."""

DOUBLES = frozenset({AlreadyRedeemed.code, UsesSpent.code})
UNHEARD = DOUBLES | {HeldElsewhereReason.code, DailyLimit.code}
"""What a till cannot know that does not hear the others."""


def proposed_payer(codes: Collection[str], *, overridden: bool = False, own_double: bool = False) -> Payer:
    """Who is proposed to pay, by the codes of all the reasons.

    `overridden`: a manager took it on. `own_double`: the till that had the use before is this very till.
    """
    unheard = bool(codes) and all(code in UNHEARD for code in codes)
    return Payer.CAMPAIGN if unheard and not overridden and not own_double else Payer.OUTLET


def payer_by(outcome: Outcome) -> Payer | None:
    """Who pays by an outcome; None: what was voided, nobody pays."""
    match outcome:
        case Outcome.CAMPAIGN_PAYS:
            return Payer.CAMPAIGN
        case Outcome.OUTLET_PAYS | Outcome.FRAUD:
            return Payer.OUTLET
        case Outcome.VOIDED:
            return None
