"""Redeeming with the server's answer: intent, question, and the yes committed before it is shown."""

from sqlite_utils import Database

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, encode
from merchant_app.domain.judging import Accepted, Network
from merchant_app.domain.judging.judge import checked_values
from merchant_app.domain.judging.reasons import AlreadyRedeemed, HoldExpired, InWallet, Reason, UsesSpent
from merchant_app.domain.kinds import CouponId, Fen, RedemptionId
from merchant_app.domain.redemption import Bill, Intent, Redemption, Reversal, Standing
from merchant_app.errors import TillRevokedError
from merchant_app.till.db import catalogue, facts, intents, redemptions, state
from merchant_app.till.services.answers import Answer, BillWanted, Redeemed, not_redeemed
from merchant_app.till.services.asking import Asking
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.offline_redeeming import redeem_offline
from merchant_app.till.services.recording import free_use, new_redemption, record_refusal
from merchant_app.till.services.scene import set_scene
from merchant_app.wire.facts import as_pushed
from merchant_app.wire.reasons import parse_reason
from merchant_app.wire.redeeming import AskedCoupon, ConfirmedCoupon, RedeemAnswer, RedeemRequest


def redeem_online(counter: Counter, asking: Asking, code: CouponCode, campaign: Campaign, bill: Bill) -> Answer:
    """An intent, a question, and what became of it; without an answer in time the coupon is judged offline."""
    redemption_id, request = _intend(counter, code, bill)
    answer = ask_for(counter, asking, redemption_id, request)
    if answer is None:
        return redeem_offline(counter, code, campaign, bill, redemption_id, was_asked=True)
    if answer.outcome == "confirmed":
        return commit_yes(counter, code, campaign, bill, answer.confirmed[0])
    return _close(counter, code, campaign, bill, redemption_id, answer)


def commit_yes(
    counter: Counter,
    code: CouponCode,
    campaign: Campaign,
    bill: Bill,
    confirmed: ConfirmedCoupon,
    *,
    coupon_number: str | None = None,
) -> Answer:
    """The server's yes as a redemption, where the use is still free here and nothing was withdrawn meanwhile.

    Otherwise it is refused here, and a reversal takes the yes back there.
    """
    offer = campaign.offers[code.offer_index]
    with counter.writing() as db:
        use = free_use(db, code, offer.uses)
        reason = _spent(counter, db, code, offer.uses) if use is None else _withdrawn(counter, db, code)
        if use is not None and reason is None:
            made = _made(counter, db, code, campaign, bill, confirmed, coupon_number)
            redemptions.write(db, made, Standing.CONFIRMED, use=use)
            return Redeemed(made, Standing.CONFIRMED, campaign, offer)
        reasons = () if reason is None else (reason,)
        redemption_id = RedemptionId(confirmed.redemption_id)
        intents.reverse(db, Reversal(redemption_id, "taken or withdrawn meanwhile", counter.clock.moment()))
        record_refusal(db, counter, code, reasons, bill)
    return not_redeemed(encode(code), code, campaign, reasons)


def open_intent(db: Database, counter: Counter, coupon: CouponId | str, bill: Bill) -> RedemptionId | None:
    """The id under which the server was asked for this coupon, where nobody has seen its answer (case 5).

    One for another amount is taken back: under its id the server's answer would be the one for that amount.
    """
    intent = intents.of_coupon(db, coupon)
    if intent is None or intent.bill.bill_fen == bill.bill_fen:
        return None if intent is None else intent.redemption_id
    intents.reverse(db, Reversal(intent.redemption_id, "the bill is another", counter.clock.moment()))
    return None


def ask_for(
    counter: Counter, asking: Asking, redemption_id: RedemptionId, request: RedeemRequest
) -> RedeemAnswer | None:
    """The server's answer, if there is one in time. Raises `TillRevokedError`: what was asked for is taken back."""
    try:
        return asking.ask(request)
    except TillRevokedError:
        with counter.writing() as db:
            state.put(db, state.REVOKED, "yes")
            intents.reverse(db, Reversal(redemption_id, "this till was revoked", counter.clock.moment()))
        raise


def request_for(db: Database, counter: Counter, asked: AskedCoupon, bill: Bill, about: list[str]) -> RedeemRequest:
    """The question, with this till's own rows about the same coupon that the server does not have yet."""
    return RedeemRequest(
        bill_id=bill.bill_id,
        bill_fen=bill.bill_fen,
        bill_number=bill.bill_number,
        cashier=counter.cashier(),
        coupons=[asked],
        chain_id=facts.chain_id(db),
        rows=[as_pushed(row) for row in facts.waiting_about(db, about)] if about else [],
    )


def _intend(counter: Counter, code: CouponCode, bill: Bill) -> tuple[RedemptionId, RedeemRequest]:
    """Commits the intent, or goes on with the one that is open for this coupon."""
    with counter.writing() as db:
        redemption_id = open_intent(db, counter, code.coupon_id, bill)
        if redemption_id is None:
            redemption_id = counter.new_redemption_id()
            moment = counter.clock.moment()
            intent = Intent(redemption_id, counter.cashier(), encode(code), None, bill, moment)
            intents.open_one(db, intent)
        asked = AskedCoupon(redemption_id=redemption_id, code=encode(code))
        about: list[str] = [*redemptions.of_coupon(db, code.coupon_id), *intents.waiting_about(db, code.coupon_id)]
        return redemption_id, request_for(db, counter, asked, bill, about)


def _close(
    counter: Counter,
    code: CouponCode,
    campaign: Campaign,
    bill: Bill,
    redemption_id: RedemptionId,
    answer: RedeemAnswer,
) -> Answer:
    """The server's no. The reversal keeps a copy of the question that arrives late from becoming a yes."""
    reasons = reasons_in(answer)
    with counter.writing() as db:
        intents.reverse(db, Reversal(redemption_id, answer.outcome, counter.clock.moment()))
        if answer.outcome == "refused":
            record_refusal(db, counter, code, reasons, bill)
    if answer.outcome == "needs_bill":
        return BillWanted(encode(code), campaign, campaign.offers[code.offer_index])
    return not_redeemed(encode(code), code, campaign, reasons)


def reasons_in(answer: RedeemAnswer) -> tuple[Reason, ...]:
    """Why the server refuses; a reason that only a newer server knows is left out."""
    given = (parse_reason(each) for refused in answer.refused for each in refused.reasons)
    return tuple(reason for reason in given if reason is not None)


def _made(
    counter: Counter,
    db: Database,
    code: CouponCode,
    campaign: Campaign,
    bill: Bill,
    confirmed: ConfirmedCoupon,
    number: str | None,
) -> Redemption:
    """The redemption with the server's amounts, and the values it was held against here."""
    moment = counter.clock.moment()
    scene = set_scene(db, counter.knowledge(), code, bill, moment, Network.ONLINE)
    payable = None if confirmed.payable_fen is None else Fen(confirmed.payable_fen)
    checked = checked_values(code, campaign, scene)
    verdict = Accepted(campaign.offers[code.offer_index], Fen(confirmed.amount_off_fen), payable, checked)
    redemption_id = RedemptionId(confirmed.redemption_id)
    return new_redemption(counter, redemption_id, code, bill, scene, verdict, moment, coupon_number=number)


def _spent(counter: Counter, db: Database, code: CouponCode, uses: int) -> Reason:
    here = counter.knowledge().here().outlet_id
    earlier = [row for row in redemptions.history(db, code.coupon_id, None) if row.serial == code.serial]
    if uses > 1:
        return UsesSpent(uses, tuple(row.redeemed_at for row in earlier))
    last = max(earlier, key=lambda row: row.redeemed_at)
    return AlreadyRedeemed(last.redeemed_at, last.outlet_id, last.cashier, last.outlet_id == here)


def _withdrawn(counter: Counter, db: Database, code: CouponCode) -> Reason | None:
    """Floor and withdrawals, looked at again: what this till has answered for it must refuse."""
    if not code.signature:
        return None  # a typed number names no code that could have been withdrawn
    withdrawn, floor, hold = catalogue.withdrawn(db, code), counter.clock.floor(), code.hold
    if withdrawn is not None and withdrawn.into_wallet:
        return InWallet()
    if hold is not None and (withdrawn is not None or (floor is not None and floor >= hold.ends_at)):
        return HoldExpired(min(hold.ends_at, floor or hold.ends_at))
    return None
