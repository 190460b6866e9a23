"""`/console/coupons`: a coupon by its number, its code or its serial; revoking it, setting it free."""

from typing import Annotated

from fastapi import HTTPException, Path, Query, Request
from starlette.responses import Response

from merchant_app.domain.coupon_code import LONGEST_TEXT
from merchant_app.domain.coupon_number import grouped
from merchant_app.domain.kinds import CampaignId, Serial
from merchant_app.domain.redemption import Standing
from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.who import Operator, area
from merchant_app.server.services.coupon_history import CouponHistory, Happened, Step, look_up
from merchant_app.server.services.withdrawing import revoke_coupon, set_free
from merchant_app.wording import Words
from merchant_app.wording.coupon_history import step_line

router = area("coupons")
CampaignNumber = Annotated[int, Path(ge=0, lt=1 << 63)]
CouponSerial = Annotated[int, Path(ge=0, lt=1 << 63)]
_TONES = {Step.REVOKED: "bad", Step.SET_FREE: "wait", Step.DISPUTED: "wait"}
_TONES_OF_STANDING = {Standing.CONFIRMED: "good", Standing.CONTESTED: "wait", Standing.RESOLVED: "new"}


@router.get("")
def show_coupon(
    request: Request, central: CentralPart, coupon: Annotated[str, Query(max_length=LONGEST_TEXT)] = ""
) -> Response:
    words, found = words_of(request), look_up(central, coupon) if coupon.strip() else None
    missing = bool(coupon.strip()) and found is None
    return page(
        request,
        "coupons/coupon.html",
        status=404 if missing else 200,
        asked=coupon,
        errors={"coupon": words._("There is no such coupon.")} if missing else {},
        found=found,
        number="" if found is None else grouped(found.coupon.coupon_number),
        steps=[] if found is None else [(step, _line(words, found, step), _tone(step)) for step in found.steps],
    )


@router.post("/{campaign_id}/{serial}/revoked")
def revoke(
    request: Request, central: CentralPart, operator: Operator, campaign_id: CampaignNumber, serial: CouponSerial
) -> Response:
    if not revoke_coupon(central, CampaignId(campaign_id), Serial(serial), by=operator.operator_id):
        raise HTTPException(404)
    said = words_of(request)._("The coupon is revoked.")
    return done(request, f"/console/coupons?coupon={campaign_id}/{serial}", said)


@router.post("/{campaign_id}/{serial}/free")
def free(
    request: Request, central: CentralPart, operator: Operator, campaign_id: CampaignNumber, serial: CouponSerial
) -> Response:
    if not set_free(central, CampaignId(campaign_id), Serial(serial), by=operator.operator_id):
        raise HTTPException(404)
    said = words_of(request)._("The coupon is set free.")
    return done(request, f"/console/coupons?coupon={campaign_id}/{serial}", said)


def _line(words: Words, found: CouponHistory, step: Happened) -> str:
    outlet = found.names.get(step.outlet_id or 0)
    return step_line(
        words,
        step.what,
        outlet="" if outlet is None else words.of(outlet),
        standing=step.standing,
        amount_off_fen=step.amount_off_fen,
        until="" if step.until is None else words.date_and_time(step.until, found.zone),
        channel=step.reference if step.what is Step.ISSUED else None,
        outcome=step.outcome,
    )


def _tone(step: Happened) -> str:
    if step.standing is not None:
        return _TONES_OF_STANDING.get(step.standing, "quiet")
    return _TONES.get(step.what, "quiet")
