"""What a cashier is told of digits that are no coupon: each step by its reason, foreign codes by their names."""

from datetime import timedelta

import pytest

from merchant_app.domain.coupon_code import Step, Unreadable
from merchant_app.domain.judging.reasons import Foreign, Forged, Malformed, NotACoupon, UnknownCampaign
from merchant_app.domain.judging.unreadable import what_it_is, why_unreadable

AGE = timedelta(hours=3)


@pytest.mark.parametrize(
    ("step", "text", "reason"),
    [
        (Step.FORM, "0" * 215, Malformed()),
        (Step.KEY, "0" * 215, UnknownCampaign(AGE)),
        (Step.SIGNATURE, "0" * 215, Forged()),
        (Step.LENGTH, "1" * 214, Malformed()),
        (Step.LENGTH, "1" * 216 + "\r\n", Malformed()),
        (Step.LENGTH, "https://example.com", NotACoupon(Foreign.WEB_ADDRESS)),
        (Step.LENGTH, "", NotACoupon(Foreign.NOTHING)),
    ],
)
def test_each_step_of_decoding_has_its_reason(step: Step, text: str, reason: object) -> None:
    assert why_unreadable(Unreadable(step, text), AGE) == reason


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("134567890123456789", Foreign.PAYMENT_CODE),
        ("100000000000000000", Foreign.PAYMENT_CODE),
        ("281234567890123456", Foreign.PAYMENT_CODE),
        ("301234567890123456789012", Foreign.PAYMENT_CODE),
        ("6212345678901234567", Foreign.PAYMENT_CODE),
        ("wxp://f2f0abc", Foreign.PAYMENT_CODE),
        ("https://qr.alipay.com/fkx1", Foreign.PAYMENT_CODE),
        ("http://weixin.qq.com/r/abc", Foreign.WEB_ADDRESS),
        ("WWW.EXAMPLE.COM", Foreign.WEB_ADDRESS),
        ("6901234567892", Foreign.PRODUCT_CODE),
        ("96385074", Foreign.PRODUCT_CODE),
        ("012345678905", Foreign.PRODUCT_CODE),
        ("4539578763621487", Foreign.COUPON_NUMBER_MISTYPED),
        ("2839 5787 6362 1487", Foreign.COUPON_NUMBER_MISTYPED),
        ("2839578763621487", Foreign.COUPON_NUMBER_MISTYPED),
        ("merchant-app-invitation:https://x#AAAA", Foreign.INVITATION),
        ("你好", Foreign.TEXT),
        ("１３４５６７８９０１２３４５６７８９", Foreign.TEXT),
        ("12345", Foreign.TEXT),
    ],
)
def test_foreign_codes_are_named_as_what_they_are(text: str, what: Foreign) -> None:
    assert what_it_is(text) is what
