"""Redeeming without the server's answer: judged and committed in one transaction, provisional."""

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, encode
from merchant_app.domain.judging import Accepted, NeedsBill, Network, Refused, judge
from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.redemption import Bill, Reversal, Standing
from merchant_app.till.db import intents, redemptions
from merchant_app.till.services.answers import Answer, BillWanted, Redeemed, not_redeemed
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.recording import free_use, new_redemption, record_refusal
from merchant_app.till.services.scene import set_scene


def redeem_offline(
    counter: Counter,
    code: CouponCode,
    campaign: Campaign,
    bill: Bill,
    redemption_id: RedemptionId,
    *,
    was_asked: bool,
) -> Answer:
    """Judges inside the transaction that takes the use: floor, withdrawals and earlier uses are as they are then.

    `was_asked`: an intent under this id is open; where offline rules refuse, a reversal closes it.
    """
    with counter.writing() as db:
        moment = counter.clock.moment()
        scene = set_scene(db, counter.knowledge(), code, bill, moment, Network.OFFLINE)
        verdict = judge(code, campaign, scene)
        if isinstance(verdict, Accepted):
            made = new_redemption(counter, redemption_id, code, bill, scene, verdict, moment)
            use = free_use(db, code, verdict.offer.uses)
            assert use is not None, "judge counts the same uses in the same transaction"
            redemptions.write(db, made, Standing.PROVISIONAL, use=use)
            return Redeemed(made, Standing.PROVISIONAL, campaign, verdict.offer)
        if was_asked:
            intents.reverse(db, Reversal(redemption_id, "no answer, and offline rules refuse", moment))
        if isinstance(verdict, Refused):
            record_refusal(db, counter, code, verdict.reasons, bill)
    match verdict:
        case NeedsBill(offer=offer):
            return BillWanted(encode(code), campaign, offer)
        case Refused(reasons=reasons):
            return not_redeemed(encode(code), code, campaign, reasons)
