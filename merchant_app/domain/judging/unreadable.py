"""What a cashier is told of digits that are no coupon: each step of decoding as a reason."""

import re
from datetime import timedelta

from merchant_app.domain.coupon_code import Step, Unreadable
from merchant_app.domain.coupon_number import DIGITS, normalise
from merchant_app.domain.judging.reasons import Foreign, Forged, Malformed, NotACoupon, Reason, UnknownCampaign

_PAYMENT = re.compile(
    r"^(1[0-5]\d{16}|(2[5-9]|30)\d{15,22}|62\d{17})$|^(wxp://|https?://qr\.alipay\.com/|alipayqr)", re.I
)
_WEB = re.compile(r"^(https?://|www\.)", re.I)
_PRODUCT = re.compile(r"^(\d{8}|\d{12,14})$")
_LOOKS_LIKE_A_CODE = 100
"""Digits: a longer row of them is a coupon code that lost or gained some, not a number of another kind."""


def why_unreadable(unreadable: Unreadable, catalogue_age: timedelta | None) -> Reason:
    """The reason to refuse what could not be decoded."""
    match unreadable.step:
        case Step.LENGTH:
            text = unreadable.text.strip()
            if text.isascii() and text.isdecimal() and len(text) >= _LOOKS_LIKE_A_CODE:
                return Malformed()
            return NotACoupon(what_it_is(text))
        case Step.FORM:
            return Malformed()
        case Step.KEY:
            return UnknownCampaign(catalogue_age)
        case Step.SIGNATURE:
            return Forged()


def what_it_is(text: str) -> Foreign:
    """Foreign codes are named as what they are."""
    if not text:
        return Foreign.NOTHING
    if text.startswith("merchant-app-invitation:"):
        return Foreign.INVITATION
    if _PAYMENT.match(text):
        return Foreign.PAYMENT_CODE
    if _WEB.match(text):
        return Foreign.WEB_ADDRESS
    digits = normalise(text)
    if digits.isascii() and digits.isdecimal() and len(digits) == DIGITS:
        return Foreign.COUPON_NUMBER_MISTYPED
    return Foreign.PRODUCT_CODE if _PRODUCT.match(text) else Foreign.TEXT
