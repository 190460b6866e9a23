"""The scene in which the server judges: the same rules as a till's, with everything that the server knows."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Earlier, Network, OnBill, Scene, Unanswered, Withdrawn
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, Fen, OutletId, Serial
from merchant_app.server.db.kept import KeptCoupon, KeptRedemption, KeptWithdrawal
from merchant_app.server.services.book import Book
from merchant_app.server.services.rights import Right, lies_elsewhere, takes_back


@dataclass(frozen=True, slots=True)
class Offline:
    """That a redemption was made without the server's answer, beside what else had none, and by whose leave.

    `catalogue_age` is what the till's knowledge was at least: the next version was there so long before.
    """

    unanswered: Unanswered
    override: bool
    catalogue_age: timedelta | None = None


def scene_for(
    book: Book,
    code: CouponCode,
    coupon: KeptCoupon,
    *,
    at: datetime,
    bill_fen: int | None,
    bill_id: str,
    offline: Offline | None = None,
) -> Scene:
    """The scene at `at`. Online the server's own knowledge counts as it is now; offline, what this till could know:
    a withdrawal counts for it from the moment at which it acknowledged it."""
    campaign, key = book.campaigns[code.campaign_id], coupon.key
    issuing_key = book.keys.get(code.key_index)
    return Scene(
        now=at,
        outlet=book.outlet,
        network=Network.ONLINE if offline is None else Network.OFFLINE,
        bill_fen=None if bill_fen is None else Fen(bill_fen),
        on_bill=_on_bill(book, coupon, bill_id),
        history=_history(book, code),
        unanswered=Unanswered() if offline is None else offline.unanswered,
        key_revoked_at=_by(at, None if issuing_key is None else issuing_key.revoked_at),
        revoked_at=_by(at, coupon.revoked_at),
        withdrawn=_withdrawn(book, code, online=offline is None),
        held_elsewhere=lies_elsewhere(book.rights, key, book.outlet.outlet_id, at, campaign.hold.release),
        override=offline is not None and offline.override,
        catalogue_age=None if offline is None else offline.catalogue_age,
    )


def as_typed(coupon: KeptCoupon) -> CouponCode:
    """The coupon whose number was typed, as a code that nobody signed: only the server's answer redeems it."""
    return CouponCode(
        key_index=0,
        campaign_id=CampaignId(coupon.campaign_id),
        round_index=coupon.round_index,
        offer_index=coupon.offer_index,
        serial=Serial(coupon.serial),
        issued_at=coupon.issued_at,
        outlet_id=OutletId(coupon.outlet_id),
    )


def is_as_issued(code: CouponCode, coupon: KeptCoupon) -> bool:
    """Whether a signed code is one that the server made of this coupon."""
    same = (code.round_index, code.offer_index) == (coupon.round_index, coupon.offer_index)
    if code.hold is not None:
        return same
    return same and coupon.on_paper and code.outlet_id == coupon.outlet_id


def scope_of(code: CouponCode, coupon: KeptCoupon, here: int) -> int:
    """The one outlet at which this coupon could be shown; 0 where it could be shown at any.

    Paper for one outlet that has moved into a phone is shown where the phone's code says.
    """
    if coupon.on_paper and coupon.outlet_id == ANY_OUTLET:
        return ANY_OUTLET
    return code.outlet_id or here


def _by(at: datetime, since: datetime | None) -> datetime | None:
    return since if since is not None and since <= at else None


def _on_bill(book: Book, coupon: KeptCoupon, bill_id: str) -> tuple[OnBill, ...]:
    """What this till has taken off the same bill before; of this very coupon, only what takes one of its uses."""
    return tuple(
        OnBill(each.offer_index, Serial(each.serial), Fen(each.amount_off_fen), in_history=each.use is not None)
        for each in book.by_bill.get(bill_id, ())
        if each.freed_by is None and (each.key != coupon.key or each.use is not None)
    )


def _history(book: Book, code: CouponCode) -> tuple[Earlier, ...]:
    """What takes a use of this coupon, and what its holder redeemed."""
    own = book.taking_uses((code.campaign_id, code.serial))
    if code.hold is None:
        return tuple(map(_earlier, own)) if own else ()
    others = book.by_holder.get((code.campaign_id, code.hold.holder_tag), ())
    both = {each.redemption_id: each for each in (*own, *others) if each.use is not None}
    return tuple(map(_earlier, both.values()))


def _earlier(kept: KeptRedemption) -> Earlier:
    return Earlier(
        Serial(kept.serial), kept.redeemed_at, OutletId(kept.outlet_id), kept.holder_tag, kept.offer_index, kept.cashier
    )


def _withdrawn(book: Book, code: CouponCode, *, online: bool) -> Withdrawn | None:
    for back in book.rights.withdrawals:
        if _is_of(back, code) and (online or book.has_acknowledged(back)):
            return Withdrawn(back.into_wallet)
    return None


def _is_of(back: KeptWithdrawal, code: CouponCode) -> bool:
    made_at = code.issued_at if code.hold is None else code.hold.held_at
    key = (int(code.campaign_id), int(code.serial))
    return takes_back(back, Right(key, code.form, code.outlet_id, made_at, made_at))
