"""Undo: the cashier takes the last redemption back within two minutes. The coupon is free here at once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from merchant_app.domain.campaign import Offer, VoidWithin
from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.redemption import Redemption, Standing, Void
from merchant_app.till.db import facts, redemptions
from merchant_app.till.db.redemptions import Stored
from merchant_app.till.services.counter import Counter

CASHIER_ALONE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Voided:
    redemption: Redemption


@dataclass(frozen=True, slots=True)
class NotVoided:
    """`too_late`: the two minutes are over; `not_the_last`: another followed; `never`: the offer does not allow it;
    `already`: it is voided, or resolved; `unknown`: there is none."""

    why: Literal["too_late", "not_the_last", "never", "already", "unknown"]


VoidOutcome = Voided | NotVoided


class Voiding:
    """The cashier's own undo; what is older, or not the last, needs a manager."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    def undo(self, redemption_id: RedemptionId, reason: str) -> VoidOutcome:
        """Voids the last redemption where it may be; the void is a fact, pushed like all others."""
        counter = self._counter
        with counter.writing() as db:
            stored = redemptions.find(db, redemption_id)
            moment = counter.clock.moment()
            last = redemptions.latest(db, 1)
            why = self._why_not(stored, last[0] if last else None, moment.at)
            if why is not None or stored is None:
                return why or NotVoided("unknown")
            facts.append(db, redemption_id, Void(redemption_id, counter.cashier(), None, reason, moment))
            redemptions.free(db, redemption_id)
        return Voided(stored.redemption)

    def _why_not(self, stored: Stored | None, last: Stored | None, now: datetime) -> NotVoided | None:
        if stored is None or last is None:
            return NotVoided("unknown")
        if stored.standing in (Standing.VOIDED, Standing.RESOLVED):
            return NotVoided("already")
        if stored.redemption.redemption_id != last.redemption.redemption_id:
            return NotVoided("not_the_last")
        campaign = self._counter.knowledge().campaigns.get(stored.redemption.campaign_id)
        offer = None if campaign is None else campaign.offers[stored.redemption.offer_index]
        until = undo_until(stored, offer)
        if until is None:
            return NotVoided("never")
        return NotVoided("too_late") if now >= until else None


def undo_until(stored: Stored, offer: Offer | None) -> datetime | None:
    """Until when the cashier alone may take it back; None where that is not allowed at all."""
    if stored.standing in (Standing.VOIDED, Standing.RESOLVED) or (offer is not None and offer.void == "never"):
        return None
    allowed = CASHIER_ALONE
    if offer is not None and isinstance(offer.void, VoidWithin):
        allowed = min(allowed, timedelta(minutes=offer.void.minutes))
    return stored.redemption.moment.at + allowed
