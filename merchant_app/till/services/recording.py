"""Facts as they are written at the counter: a redemption from its verdict, a refusal from its reasons."""

from sqlite_utils import Database

from merchant_app.domain.coupon_code import CouponCode, encode
from merchant_app.domain.judging import Accepted, Scene
from merchant_app.domain.judging.reasons import Reason
from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.plain import plain
from merchant_app.domain.redemption import Bill, Moment, Redemption, RefusedAttempt
from merchant_app.till.db import attempts, redemptions
from merchant_app.till.services.counter import Counter


def new_redemption(
    counter: Counter,
    redemption_id: RedemptionId,
    code: CouponCode,
    bill: Bill,
    scene: Scene,
    verdict: Accepted,
    moment: Moment,
    *,
    coupon_number: str | None = None,
) -> Redemption:
    """The redemption that a verdict allows, with everything needed to explain it years later."""
    return Redemption(
        redemption_id=redemption_id,
        till_id=counter.till_id,
        outlet_id=scene.outlet.outlet_id,
        cashier=counter.cashier(),
        campaign_id=code.campaign_id,
        serial=code.serial,
        round_index=code.round_index,
        offer_index=code.offer_index,
        holder_tag=None if code.hold is None else code.hold.holder_tag,
        code=encode(code) if code.signature else None,
        coupon_number=coupon_number,
        bill=bill,
        amount_off_fen=verdict.amount_off_fen,
        payable_fen=verdict.payable_fen,
        checked=tuple((rule, plain(value)) for rule, value in verdict.checked),
        network=scene.network,
        catalogue_version=scene.catalogue_version,
        moment=moment,
    )


def free_use(db: Database, code: CouponCode, uses: int) -> int | None:
    """The first use not spent here, among those not known to be spent elsewhere; None: all are."""
    coupon = code.coupon_id
    spent = len(redemptions.uses_taken(db, coupon)) + redemptions.uses_elsewhere(db, coupon)
    return None if spent >= uses else redemptions.lowest_free_use(db, coupon)


def record_refusal(
    db: Database, counter: Counter, code: CouponCode | None, reasons: tuple[Reason, ...], bill: Bill
) -> None:
    """A refused attempt is a fact too. What was no coupon leaves its reason only."""
    attempt_id = counter.new_id()
    attempt = RefusedAttempt(
        attempt_id=attempt_id,
        cashier=counter.cashier(),
        campaign_id=None if code is None else code.campaign_id,
        serial=None if code is None else code.serial,
        code=None if code is None else encode(code),
        reasons=tuple(reason.code for reason in reasons),
        bill=bill,
        moment=counter.clock.moment(),
    )
    attempts.write(db, attempt)
