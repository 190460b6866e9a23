"""A typed coupon number: unsigned, so it is worth nothing without the server's answer."""

from datetime import UTC

from merchant_app.domain.campaign import OfflineMode
from merchant_app.domain.coupon_code import CouponCode, Hold
from merchant_app.domain.judging.reasons import OfflineNotAllowed, Reason
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, RedemptionId, Serial
from merchant_app.domain.redemption import Bill, Intent, Reversal
from merchant_app.till.db import intents
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, not_redeemed
from merchant_app.till.services.asking import Asking
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.online_redeeming import ask_for, commit_yes, open_intent, reasons_in, request_for
from merchant_app.till.services.recording import record_refusal
from merchant_app.wire.redeeming import AskedCoupon, ConfirmedCoupon

NEEDS_THE_NETWORK = OfflineNotAllowed(OfflineMode.DENY.value, manager_can=False)


def look_at_number(counter: Counter, number: str) -> NotRedeemed | BillWanted:
    """Without asking for it, a number says nothing but that it is well-formed."""
    if not counter.line.online:
        return not_redeemed(number, None, None, (NEEDS_THE_NETWORK,))
    return BillWanted(number, None, None)


def redeem_number(counter: Counter, asking: Asking, number: str, bill: Bill) -> Answer:
    """Intent, question, answer; without one it is refused, and the intent taken back."""
    if not counter.line.online:
        return _refuse(counter, number, bill, (NEEDS_THE_NETWORK,), None)
    with counter.writing() as db:
        redemption_id = open_intent(db, counter, number, bill)
        if redemption_id is None:
            redemption_id = counter.new_redemption_id()
            intent = Intent(redemption_id, counter.cashier(), None, number, bill, counter.clock.moment())
            intents.open_one(db, intent)
        asked = AskedCoupon(redemption_id=redemption_id, coupon_number=number)
        request = request_for(db, counter, asked, bill, [*intents.waiting_about(db, number)])
    answer = ask_for(counter, asking, redemption_id, request)
    if answer is None:
        return _refuse(counter, number, bill, (NEEDS_THE_NETWORK,), redemption_id)
    if answer.outcome == "confirmed":
        return commit_number(counter, bill, answer.confirmed[0], number)
    if answer.outcome == "needs_bill":
        _take_back(counter, redemption_id, "needs_bill")
        return BillWanted(number, None, None)
    return _refuse(counter, number, bill, reasons_in(answer), redemption_id)


def commit_number(counter: Counter, bill: Bill, confirmed: ConfirmedCoupon, number: str) -> Answer:
    """The server's yes to a number, written down like any other; the campaign must be known here to be explained."""
    campaign = counter.knowledge().campaigns.get(CampaignId(confirmed.campaign_id))
    if campaign is None or confirmed.offer_index >= len(campaign.offers):
        return _refuse(counter, number, bill, (NEEDS_THE_NETWORK,), RedemptionId(confirmed.redemption_id))
    return commit_yes(counter, _as_code(confirmed), campaign, bill, confirmed, coupon_number=number)


def _as_code(confirmed: ConfirmedCoupon) -> CouponCode:
    """The coupon as the server named it: unsigned, and never written down as a code."""
    at = confirmed.redeemed_at.astimezone(UTC)
    return CouponCode(
        key_index=0,
        campaign_id=CampaignId(confirmed.campaign_id),
        round_index=confirmed.round_index,
        offer_index=confirmed.offer_index,
        serial=Serial(int(confirmed.serial)),
        issued_at=confirmed.issued_at.astimezone(UTC),
        outlet_id=ANY_OUTLET,
        hold=None if confirmed.holder_tag is None else Hold(confirmed.holder_tag, at, 1),
    )


def _take_back(counter: Counter, redemption_id: RedemptionId, why: str) -> None:
    with counter.writing() as db:
        intents.reverse(db, Reversal(redemption_id, why, counter.clock.moment()))


def _refuse(
    counter: Counter, number: str, bill: Bill, reasons: tuple[Reason, ...], asked: RedemptionId | None
) -> NotRedeemed:
    with counter.writing() as db:
        if asked is not None:
            intents.reverse(db, Reversal(asked, "not redeemed", counter.clock.moment()))
        record_refusal(db, counter, None, reasons, bill)
    return not_redeemed(number, None, None, reasons)
