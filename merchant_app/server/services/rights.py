"""Where the right to redeem lies: with the outlet that a code names, until every till there has answered for it.

A till has answered for a code
- when it reported a floor at or past the code's end (a hold's running out, grace included; a paper's coupon's end):
  from then on it refuses the code whatever its wall clock says;
- or when it acknowledged a withdrawal of the code;
- or when the till has that was enrolled anew over its ledger, adopted it, and had every row of it stored;
- or when it was enrolled after either: it has never seen an earlier time, and judges nothing before it has all its
  withdrawals.
A till that was revoked before the code was made is not asked. One that is revoked later never answers any more: what
was open at its outlet then is the operator's to set free.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from merchant_app.domain.campaign import HoldRelease
from merchant_app.domain.coupon_code import Form
from merchant_app.domain.judging.scene import HeldElsewhere
from merchant_app.server.db.kept import CouponKey, KeptCoupon, KeptHold, KeptTill, KeptWithdrawal

CLOCK_MARGIN = timedelta(minutes=5)
"""Added to a hold's end where a campaign lets the mere running out free it: tills' clocks are not the server's."""


@dataclass(frozen=True, slots=True)
class Right:
    """A code that names an outlet: who may accept it there without asking."""

    key: CouponKey
    form: Form
    outlet_id: int
    made_at: datetime
    ends_at: datetime
    holder_tag: int | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """What is known of the rights to some coupons; every till of every outlet that has one is in `tills`."""

    holds: Sequence[KeptHold] = ()
    withdrawals: Sequence[KeptWithdrawal] = ()
    tills: Sequence[KeptTill] = ()
    by_key: dict[CouponKey, list[Right]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        for hold in self.holds:
            if hold.freed_at is None:
                key = (hold.campaign_id, hold.serial)
                right = Right(key, Form.HOLD, hold.outlet_id, hold.held_at, hold.ends_at, hold.holder_tag)
                self.by_key.setdefault(key, []).append(right)

    def of_holds(self, key: CouponKey) -> list[Right]:
        return self.by_key.get(key, [])

    def waiting_for(self, right: Right) -> list[KeptTill]:
        """The tills that have not answered for this right yet; none: it is free."""
        return [till for till in self._asked(right) if not self._has_answered(till, right)]

    def is_free(self, right: Right) -> bool:
        """Every till has answered. Where there is none, a later one could still accept it, unless it is withdrawn."""
        if not self._asked(right):
            return any(takes_back(back, right) for back in self.withdrawals)
        return not self.waiting_for(right)

    def _asked(self, right: Right) -> list[KeptTill]:
        return [
            till
            for till in self.tills
            if till.outlet_id == right.outlet_id and (till.revoked_at is None or till.revoked_at >= right.made_at)
        ]

    def _has_answered(self, till: KeptTill, right: Right) -> bool:
        if till.enrolled_at >= right.ends_at:
            return True
        if any(each.till_id == till.answered_by and self._has_answered(each, right) for each in self.tills):
            return True
        if till.answered_floor is not None and till.answered_floor >= right.ends_at:
            return True
        return any(
            till.till_id in back.acknowledged_by or till.enrolled_at > back.made_at
            for back in self.withdrawals
            if takes_back(back, right)
        )


def takes_back(back: KeptWithdrawal, right: Right) -> bool:
    """Whether this withdrawal is of this code: a later hold of the same coupon is good."""
    if (back.campaign_id, back.serial, back.form, back.outlet_id) != (*right.key, right.form, right.outlet_id):
        return False
    return right.form is Form.BEARER or (back.held_until is not None and right.made_at <= back.held_until)


def paper_right(coupon: KeptCoupon) -> Right | None:
    """The right that paper for one outlet gives; a bearer code for any outlet cannot be made exclusive."""
    if not coupon.on_paper or coupon.outlet_id == 0 or coupon.paper_freed_at is not None:
        return None
    return Right(coupon.key, Form.BEARER, coupon.outlet_id, coupon.issued_at, coupon.ends_at)


def lies_elsewhere(
    rights: Rights, key: CouponKey, here: int, at: datetime, release: HoldRelease
) -> HeldElsewhere | None:
    """The hold for another outlet that keeps this coupon from being redeemed here at `at`; None: nothing does."""
    for right in rights.of_holds(key):
        if right.outlet_id == here or right.made_at > at:
            continue
        if release is HoldRelease.EXPIRY:
            if at < right.ends_at + CLOCK_MARGIN:
                return HeldElsewhere(right.ends_at + CLOCK_MARGIN)
        elif not rights.is_free(right):
            return HeldElsewhere(None)
    return None
