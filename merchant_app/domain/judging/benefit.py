"""For how much: the threshold, and what the benefit takes off the bill. Money is whole fen, rounded down."""

from typing import assert_never

from merchant_app.domain.campaign import AmountOff, FixedPrice, Gift, Offer, PercentOff
from merchant_app.domain.judging.ask import Ask
from merchant_app.domain.judging.reasons import BelowMinSpend
from merchant_app.domain.judging.scene import Scene
from merchant_app.domain.kinds import Fen


def below_min_spend(ask: Ask) -> BelowMinSpend | None:
    """The threshold looks at the original bill, whatever other coupons took off it; equal is enough."""
    bill, least = ask.scene.bill_fen, ask.offer.min_spend_fen
    if bill is None or bill >= least:
        return None
    return BelowMinSpend(Fen(least - bill), least)


def needs_bill(offer: Offer, scene: Scene) -> bool:
    return scene.bill_fen is None and (offer.bill_required or offer.needs_bill_to_compute)


def left_to_pay(scene: Scene) -> Fen | None:
    """What the coupons before this one have left of the bill; None without a bill."""
    if scene.bill_fen is None:
        return None
    return Fen(max(0, scene.bill_fen - sum(other.amount_off_fen for other in scene.on_bill)))


def amount_off(offer: Offer, scene: Scene) -> Fen:
    """What this coupon takes off what is left to pay; the bill must be given where `needs_bill` says so.

    A percentage, too, is of what the coupons before it have left: only thresholds look at the original bill.
    """
    left, benefit = left_to_pay(scene), offer.benefit
    match benefit:
        case AmountOff():
            return benefit.amount_fen if left is None else Fen(min(benefit.amount_fen, left))
        case PercentOff():
            off = (left or 0) * benefit.percent // 100
            return _at_most(off, benefit.cap_fen, left)
        case FixedPrice():
            return _at_most(max(0, (left or 0) - benefit.price_fen), benefit.cap_fen, left)
        case Gift():
            return Fen(0)
        case _:
            assert_never(benefit)


def _at_most(off: int, cap: Fen | None, left: Fen | None) -> Fen:
    limits = [limit for limit in (cap, left) if limit is not None]
    return Fen(min([off, *limits]))
