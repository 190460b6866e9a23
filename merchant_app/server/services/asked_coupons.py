"""The coupons of one ask: what each is, and the server's answer to all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass

from merchant_app.domain.coupon_code import CouponCode, Unreadable
from merchant_app.domain.coupon_number import normalise
from merchant_app.domain.judging import Accepted, NeedsBill, Refused, judge
from merchant_app.domain.judging.reasons import Foreign, Forged, NotACoupon, Reason, UnknownCampaign
from merchant_app.domain.judging.unreadable import why_unreadable
from merchant_app.domain.redemption import Standing
from merchant_app.server.db.kept import KeptCoupon, KeptRedemption
from merchant_app.server.services.book import Book
from merchant_app.server.services.scenes import as_typed, is_as_issued, scene_for, scope_of
from merchant_app.server.services.uses import note_redeemed
from merchant_app.wire.reasons import reason_as_plain
from merchant_app.wire.redeeming import AskedCoupon, ConfirmedCoupon, RedeemAnswer, RedeemRequest, RefusedCoupon


@dataclass(frozen=True, slots=True)
class Shown:
    """A coupon of the bill: what its digits or its number say; `why_not` where they say nothing that can be judged."""

    asked: AskedCoupon
    code: CouponCode | None
    coupon: KeptCoupon | None
    why_not: Reason | None = None


def look_at(
    book: Book, asked: AskedCoupon, decoded: CouponCode | Unreadable | None, by_number: Mapping[str, KeptCoupon]
) -> Shown:
    if decoded is None:
        coupon = by_number.get(normalise(asked.coupon_number or ""))
        if coupon is None:
            return Shown(asked, None, None, NotACoupon(Foreign.COUPON_NUMBER_MISTYPED))
        return _known(book, asked, as_typed(coupon), coupon)
    if isinstance(decoded, Unreadable):
        return Shown(asked, None, None, why_unreadable(decoded, None))
    coupon = book.coupons.get((decoded.campaign_id, decoded.serial))
    if coupon is None or not is_as_issued(decoded, coupon):
        return Shown(asked, None, None, Forged())
    return _known(book, asked, decoded, coupon)


def answer_for(book: Book, request: RedeemRequest, shown: list[Shown]) -> RedeemAnswer:
    """All confirmed, or none. A stored id is answered as it stands; the others are judged, each beside those before."""
    given: list[KeptRedemption] = []
    refused: list[RefusedCoupon] = []
    wants_bill = False
    for each in shown:
        kept = book.by_id.get(each.asked.redemption_id)
        outcome = _judge(book, request, each) if kept is None else _as_stored(kept)
        if isinstance(outcome, KeptRedemption):
            if kept is None:
                book.add(outcome)
                given.append(outcome)
        elif outcome is None:
            wants_bill = True
        else:
            refused.append(outcome)
    if refused or wants_bill:
        for new in given:
            book.remove(new)
        return RedeemAnswer(outcome="refused" if refused else "needs_bill", refused=refused)
    for new in given:
        note_redeemed(book, new)
    return RedeemAnswer(
        outcome="confirmed", confirmed=[_confirmed(book.by_id[each.asked.redemption_id], each.coupon) for each in shown]
    )


def stored_answer(kept: KeptRedemption, coupon: KeptCoupon | None) -> RedeemAnswer:
    """What was said of one redemption, as it stands now."""
    outcome = _as_stored(kept)
    if isinstance(outcome, RefusedCoupon):
        return RedeemAnswer(outcome="refused", refused=[outcome])
    return RedeemAnswer(outcome="confirmed", confirmed=[_confirmed(kept, coupon)])


def _as_stored(kept: KeptRedemption) -> KeptRedemption | RefusedCoupon:
    if kept.use is not None:
        return kept
    return RefusedCoupon(redemption_id=kept.redemption_id, reasons=kept.reasons)


def _known(book: Book, asked: AskedCoupon, code: CouponCode, coupon: KeptCoupon) -> Shown:
    why_not = None if code.campaign_id in book.campaigns else UnknownCampaign()
    return Shown(asked, code, coupon, why_not)


def _judge(book: Book, request: RedeemRequest, shown: Shown) -> KeptRedemption | RefusedCoupon | None:
    """A redemption that takes a use; a refusal; None where the amount of the bill is wanted."""
    code, coupon, redemption_id = shown.code, shown.coupon, shown.asked.redemption_id
    if code is None or coupon is None or shown.why_not is not None:
        why = shown.why_not or Forged()
        return RefusedCoupon(redemption_id=redemption_id, reasons=[reason_as_plain(why)])
    scene = scene_for(book, code, coupon, at=book.now, bill_fen=request.bill_fen, bill_id=request.bill_id)
    verdict = judge(code, book.campaigns[code.campaign_id], scene)
    match verdict:
        case Refused(reasons=reasons):
            plain = [reason_as_plain(reason) for reason in reasons]
            return RefusedCoupon(redemption_id=redemption_id, reasons=plain)
        case NeedsBill():
            return None
        case Accepted():
            return _taken(book, request, shown.asked, code, coupon, verdict)


def _taken(
    book: Book, request: RedeemRequest, asked: AskedCoupon, code: CouponCode, coupon: KeptCoupon, verdict: Accepted
) -> KeptRedemption:
    here = int(book.outlet.outlet_id)
    return KeptRedemption(
        redemption_id=asked.redemption_id,
        stored_order=book.next_order(),
        till_id=book.till_id,
        outlet_id=here,
        campaign_id=coupon.campaign_id,
        serial=coupon.serial,
        use=book.free_use(coupon.key, verdict.offer.uses),
        round_index=coupon.round_index,
        offer_index=coupon.offer_index,
        scope_outlet_id=scope_of(code, coupon, here),
        holder_tag=None if code.hold is None else code.hold.holder_tag,
        cashier=request.cashier,
        bill_id=request.bill_id,
        bill_fen=request.bill_fen,
        amount_off_fen=verdict.amount_off_fen,
        payable_fen=verdict.payable_fen,
        redeemed_at=book.now,
        stored_at=book.now,
        standing=Standing.CONFIRMED,
        day=book.day_of(coupon.campaign_id, book.now),
        channel=coupon.channel,
    )


def _confirmed(kept: KeptRedemption, coupon: KeptCoupon | None) -> ConfirmedCoupon:
    return ConfirmedCoupon(
        redemption_id=kept.redemption_id,
        campaign_id=kept.campaign_id,
        serial=str(kept.serial),
        round_index=kept.round_index,
        offer_index=kept.offer_index,
        issued_at=kept.redeemed_at if coupon is None else coupon.issued_at,
        holder_tag=kept.holder_tag,
        use=kept.use or 0,
        amount_off_fen=kept.amount_off_fen,
        payable_fen=kept.payable_fen,
        redeemed_at=kept.redeemed_at,
    )
