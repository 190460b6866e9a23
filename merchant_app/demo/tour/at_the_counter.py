"""The tour's beginning: phones before the camera while the server is there, with good coupons and bad ones."""

from merchant_app.demo.customers import Kind
from merchant_app.demo.tour.guide import Guide
from merchant_app.domain.judging.reasons import BelowMinSpend
from merchant_app.domain.redemption import Standing
from merchant_app.till.services.answers import NotRedeemed


def idle(guide: Guide) -> str:
    guide.wait_for_till()
    guide.wait_for_strip(online=True, waiting=0)
    guide.picture("idle")
    return guide.words._("The till is online and waits for a coupon")


def good(guide: Guide) -> str:
    guide.must_be_redeemed(guide.show(Kind.GOOD), 2_000, Standing.CONFIRMED)
    guide.picture("good")
    return guide.words._("A coupon in the phone is shown to the camera: green, confirmed by the server")


def short(guide: Guide) -> str:
    answer = guide.show(Kind.SHORT)
    guide.must_be_refused(answer, "below_min_spend")
    assert isinstance(answer, NotRedeemed)
    reason = answer.reasons[0]
    assert isinstance(reason, BelowMinSpend)
    guide.picture("short")
    return guide.words._("Red, and what puts it right: {amount} more", amount=guide.words.money(reason.short_by_fen))


def bill_typed(guide: Guide) -> str:
    guide.must_be_redeemed(guide.enter_bill(10_000), 2_000, Standing.CONFIRMED)
    guide.picture("bill-typed", once=True)
    return guide.words._("The larger bill is typed: green")


def expired(guide: Guide) -> str:
    guide.must_be_refused(guide.show(Kind.EXPIRED), "expired")
    guide.picture("expired")
    return guide.words._("A coupon that has ended: red, and since when")


def other_shop(guide: Guide) -> str:
    guide.must_be_refused(guide.show(Kind.OTHER_SHOP), "wrong_outlet")
    guide.picture("other-shop")
    return guide.words._("A coupon of another shop: red, and which shop takes it")


def used(guide: Guide) -> str:
    guide.must_be_refused(guide.show(Kind.USED), "already_redeemed")
    guide.picture("used")
    return guide.words._("A coupon that was used before: red, and when that was")


def payment(guide: Guide) -> str:
    guide.must_be_refused(guide.show(Kind.PAYMENT), "not_a_coupon")
    guide.picture("payment-code")
    return guide.words._("A payment code: red, and named as what it is")


def needs_bill(guide: Guide) -> str:
    guide.must_want_bill(guide.show(Kind.NEEDS_BILL))
    guide.picture("needs-bill")
    return guide.words._("A coupon that needs the bill: amber, the cursor in the right field")


def percent_off(guide: Guide) -> str:
    guide.must_be_redeemed(guide.enter_bill(15_600), 3_120, Standing.CONFIRMED)
    guide.picture("percent-off", once=True)
    return guide.words._("With the bill it is worked out to the fen: green")


def shared(guide: Guide) -> str:
    guide.must_be_redeemed(guide.show(Kind.SHARED), 5_000, Standing.CONFIRMED)
    guide.picture("shared")
    return guide.words._("A hot-pot coupon that a friend has shared: green")


def any_outlet(guide: Guide) -> str:
    guide.must_be_redeemed(guide.show(Kind.ANY_OUTLET), 610, Standing.CONFIRMED)
    guide.picture("any-outlet", once=True)
    return guide.words._("Paper for any outlet: green, for the server could be asked")
