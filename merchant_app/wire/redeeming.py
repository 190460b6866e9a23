"""Asking the server for a bill's coupons: `POST /api/redemptions`, one call, all or none.

The ids are the till's, made before it asked; asking again with the same ids gives the stored answer again.
`GET /api/redemptions/{redemption_id}` gives that stored answer after a crash; one that the server never confirmed, or
that was reversed, is refused with the code `unknown_redemption`.
The rows that this till has not yet pushed about the same coupons travel along and are applied first.
"""

from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field

from .facts import PushedRow
from .shape import Wire


class AskedCoupon(Wire):
    """Either the signed digits or the typed number."""

    redemption_id: str
    code: str | None = None
    coupon_number: str | None = None


class RedeemRequest(Wire):
    bill_id: str
    bill_fen: Annotated[int, Field(ge=0)] | None = None
    bill_number: str | None = None
    cashier: str
    coupons: Annotated[list[AskedCoupon], Field(min_length=1, max_length=50)]
    chain_id: str
    rows: list[PushedRow] = Field(default_factory=list)


class ConfirmedCoupon(Wire):
    """A use that the server gave; everything the till writes into its redemption row."""

    redemption_id: str
    campaign_id: int
    serial: str
    round_index: int
    offer_index: int
    issued_at: AwareDatetime
    holder_tag: int | None = None
    use: int
    amount_off_fen: int
    payable_fen: int | None
    redeemed_at: AwareDatetime


class RefusedCoupon(Wire):
    redemption_id: str
    reasons: list[dict[str, Any]]


class RedeemAnswer(Wire):
    """`confirmed`: all of them. `refused`: none, and why. `needs_bill`: none, the amount of the bill is wanted."""

    outcome: Literal["confirmed", "refused", "needs_bill"]
    confirmed: list[ConfirmedCoupon] = Field(default_factory=list)
    refused: list[RefusedCoupon] = Field(default_factory=list)
