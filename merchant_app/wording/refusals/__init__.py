"""Why a coupon was refused, in one line, and what puts it right: what a cashier can read out to the customer."""

from merchant_app.wording.refusals.refusal import refusal

__all__ = ["refusal"]
