"""What is no coupon, no genuine one, or none that this till knows of."""

from datetime import timedelta
from typing import assert_never

from merchant_app.domain.judging.reasons import Foreign, Forged, Malformed, NotACoupon, UnknownCampaign
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said
from merchant_app.wording.words import Words


def not_genuine(reason: NotACoupon | Malformed | Forged | UnknownCampaign, asking: Asking) -> Said:
    words = asking.words
    match reason:
        case NotACoupon(what=what):
            return said(words, _what_it_is(what, words), _what_to_show(what, words))
        case Malformed():
            return said(words, words._("Not a genuine coupon"), words._("Scan it once more, or type its 16 digits."))
        case Forged():
            remedy = words._("Its signature is not the organiser's; ask for another coupon.")
            return said(words, words._("Not a genuine coupon"), remedy)
        case UnknownCampaign(catalogue_age=age):
            return said(words, words._("Not known here yet"), _sync(age, words))
        case _:
            assert_never(reason)


def _what_it_is(what: Foreign, words: Words) -> str:
    match what:
        case Foreign.PAYMENT_CODE:
            return words._("This is a payment code, not a coupon")
        case Foreign.WEB_ADDRESS:
            return words._("This is a web address, not a coupon")
        case Foreign.PRODUCT_CODE:
            return words._("This is a product's barcode, not a coupon")
        case Foreign.COUPON_NUMBER_MISTYPED:
            return words._("A digit of this coupon number is wrong")
        case Foreign.INVITATION:
            return words._("This is an invitation for a till, not a coupon")
        case Foreign.TEXT:
            return words._("This is not a coupon")
        case Foreign.NOTHING:
            return words._("No code was found here")
        case _:
            assert_never(what)


def _what_to_show(what: Foreign, words: Words) -> str:
    match what:
        case Foreign.WEB_ADDRESS:
            return words._("Ask the customer to open it and show the coupon.")
        case Foreign.PRODUCT_CODE:
            return words._("Scan the QR code of the coupon.")
        case Foreign.COUPON_NUMBER_MISTYPED:
            return words._("Compare it with the 16 digits under the code and type it again.")
        case Foreign.INVITATION:
            return words._("It is scanned when a till is set up.")
        case Foreign.NOTHING:
            return words._("Hold the code closer and straight, or type its 16 digits.")
        case Foreign.PAYMENT_CODE | Foreign.TEXT:
            return words._("Ask the customer to show the coupon.")
        case _:
            assert_never(what)


def _sync(age: timedelta | None, words: Words) -> str:
    if age is None:
        return words._("Connect this till and scan it again.")
    return words._("This till was updated {span} ago; sync it and scan again.", span=words.span(age))
