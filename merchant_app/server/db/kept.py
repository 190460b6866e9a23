"""Rows of the database as values: what the services decide by."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from merchant_app.domain.coupon_code import Form
from merchant_app.domain.redemption import Standing

CouponKey = tuple[int, int]
"""(campaign_id, serial): what makes two codes the same coupon."""


@dataclass(frozen=True, slots=True)
class KeptCoupon:
    """A coupon as it was issued. `on_paper`: a bearer code of it exists, for `outlet_id` (0: any outlet)."""

    campaign_id: int
    serial: int
    round_index: int
    offer_index: int
    issued_at: datetime
    ends_at: datetime
    on_paper: bool
    outlet_id: int
    channel: str | None
    coupon_number: str
    revoked_at: datetime | None
    paper_freed_at: datetime | None

    @property
    def key(self) -> CouponKey:
        return self.campaign_id, self.serial


@dataclass(slots=True)
class KeptRedemption:
    """A redemption as the server keeps it; `use` is None while it takes none of the coupon's uses.

    `waits_for_use`: contested for no other reason than that the uses were spent before it came.
    `scope_outlet_id`: the one outlet at which this coupon could be shown, 0 for any. `day` is in the campaign's zone;
    `channel` is where the coupon was claimed; `payer` who pays by the outcome of a dispute.
    """

    redemption_id: str
    stored_order: int
    till_id: str
    outlet_id: int
    campaign_id: int
    serial: int
    use: int | None
    round_index: int
    offer_index: int
    scope_outlet_id: int
    holder_tag: int | None
    cashier: str
    bill_id: str
    bill_fen: int | None
    amount_off_fen: int
    payable_fen: int | None
    redeemed_at: datetime
    stored_at: datetime
    standing: Standing
    day: date
    channel: str | None = None
    freed_by: str | None = None
    waits_for_use: bool = False
    reasons: list[dict[str, Any]] = field(default_factory=list)
    dispute_id: str | None = None
    payer: str | None = None

    @property
    def key(self) -> CouponKey:
        return self.campaign_id, self.serial


@dataclass(frozen=True, slots=True)
class KeptHold:
    """A hold that was given. `ends_at` is its running out, grace included; `freed_at`: an operator set it free."""

    hold_id: str
    campaign_id: int
    serial: int
    outlet_id: int
    holder_tag: int
    held_at: datetime
    ends_at: datetime
    freed_at: datetime | None


@dataclass(frozen=True, slots=True)
class KeptWithdrawal:
    """A right that was taken back, and which tills have acknowledged that."""

    withdrawal_id: str
    outlet_id: int
    campaign_id: int
    serial: int
    form: Form
    held_until: datetime | None
    into_wallet: bool
    made_at: datetime
    acknowledged_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KeptTill:
    """A till as the one who answers for rights. `answered_floor`: it refuses whatever ended by then.

    `answered_by`: the till that has adopted its ledger, of which every row is stored.
    """

    till_id: str
    outlet_id: int
    enrolled_at: datetime
    revoked_at: datetime | None
    answered_floor: datetime | None
    answered_by: str | None = None
