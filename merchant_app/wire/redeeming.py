"""Asking the server for a bill's coupons: `POST /api/redemptions`, one call, all or none.

The ids are the till's, made before it asked; asking again with the same ids gives the stored answer again.
`GET /api/redemptions/{redemption_id}` gives that stored answer after a crash; one that the server never confirmed, or
that was reversed, is refused with the code `unknown_redemption`.
The rows that this till has not yet pushed about the same coupons travel along and are applied first.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, ConfigDict, Field, StringConstraints, model_validator

from merchant_app.domain.coupon_code import LONGEST_TEXT
from merchant_app.wire.facts import LARGEST_BATCH, PushedRow
from merchant_app.wire.shape import Id, Line, Wire, example

UNKNOWN_REDEMPTION = "unknown_redemption"
LARGEST_BILL = 10**12
"""Fen: ten thousand million yuan; more is a slip of the finger."""


class AskedCoupon(Wire):
    """Either the signed digits or the typed number."""

    model_config = ConfigDict(
        json_schema_extra={
            "oneOf": [
                {"properties": {name: {"type": "string"}}, "required": [name]} for name in ("code", "coupon_number")
            ]
        }
    )

    redemption_id: Id
    code: Annotated[str, StringConstraints(max_length=LONGEST_TEXT)] | None = None
    coupon_number: Annotated[str, StringConstraints(max_length=64)] | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Self:
        if (self.code is None) == (self.coupon_number is None):
            raise ValueError("either code or coupon_number")
        return self


class RedeemRequest(Wire):
    """One bill's coupons."""

    model_config = example(
        bill_id="0190f0c2-0002",
        bill_fen=12_800,
        cashier="02",
        coupons=[{"redemption_id": "0190f0c2-0003", "coupon_number": "8800112233445566"}],
        chain_id="0190f0c2-0001",
        rows=[],
    )
    bill_id: Id
    bill_fen: Annotated[int, Field(ge=0, le=LARGEST_BILL)] | None = None
    bill_number: Line | None = None
    cashier: Line
    coupons: Annotated[list[AskedCoupon], Field(min_length=1, max_length=50)]
    chain_id: Id
    rows: Annotated[list[PushedRow], Field(max_length=LARGEST_BATCH)] = Field(default_factory=list)


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
