"""A line of a rehearsal: a campaign, a coupon and a scene as JSON, and the verdict as JSON."""

from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, Hold
from merchant_app.domain.judging import (
    Accepted,
    Earlier,
    NeedsBill,
    Network,
    OnBill,
    Outlet,
    Refused,
    Scene,
    Unanswered,
    Verdict,
)
from merchant_app.domain.kinds import CampaignId, Fen, OutletId, Serial
from merchant_app.errors import CampaignDocumentError
from merchant_app.wire.campaign_document import parse_campaign
from merchant_app.wire.campaign_mistakes import of_shape
from merchant_app.wire.reasons import reason_as_plain


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class _Outlet(_Part):
    outlet_id: int
    district: str
    category: str


class _Coupon(_Part):
    form: Literal["bearer", "hold"]
    round_index: int
    offer_index: int
    serial: int
    issued_at: int
    outlet_id: int = 0
    holder_tag: int | None = None
    held_at: int | None = None
    hold_minutes: int | None = None


class _Earlier(_Part):
    serial: int
    redeemed_at: AwareDatetime
    outlet_id: int
    holder_tag: int | None = None
    offer_index: int | None = None


class _OnBill(_Part):
    offer_index: int
    serial: int
    amount_off_fen: int


class _Unanswered(_Part):
    count: int = 0
    amount_off_fen: int = 0


class _Line(_Part):
    campaign: dict[str, Any]
    outlet: _Outlet
    coupon: _Coupon
    now: AwareDatetime
    bill_fen: int | None = None
    network: Network = Network.ONLINE
    history: list[_Earlier] = []
    on_bill: list[_OnBill] = []
    unanswered: _Unanswered = _Unanswered()
    catalogue_age_hours: float | None = None


def read_case(line: Any) -> tuple[CouponCode, Campaign, Scene]:
    """One line's JSON to what `judge` takes. Raises `CampaignDocumentError` with the path of each wrong field."""
    try:
        case = _Line.model_validate(line)
    except ValidationError as error:
        raise CampaignDocumentError(list(of_shape(error))) from None
    try:
        campaign = parse_campaign(case.campaign)
    except CampaignDocumentError as error:
        raise CampaignDocumentError([(f"campaign.{path}", wanted) for path, wanted in error.mistakes]) from None
    return _code(case.coupon, campaign.campaign_id), campaign, _scene(case)


def answer(verdict: Verdict) -> dict[str, Any]:
    """The verdict as `merchant-app judge` prints it."""
    match verdict:
        case Accepted(amount_off_fen=off, payable_fen=payable):
            amounts = {"verdict": "accepted", "amount_off_fen": off}
            return amounts if payable is None else amounts | {"payable_fen": payable}
        case NeedsBill():
            return {"verdict": "needs_bill"}
        case Refused(reasons=reasons):
            return {"verdict": "refused", "reasons": [reason_as_plain(reason) for reason in reasons]}


def _code(coupon: _Coupon, campaign_id: CampaignId) -> CouponCode:
    hold = None
    if coupon.form == "hold":
        hold = Hold(coupon.holder_tag or 0, _instant(coupon.held_at or 0), coupon.hold_minutes or 0)
    return CouponCode(
        key_index=0,
        campaign_id=campaign_id,
        round_index=coupon.round_index,
        offer_index=coupon.offer_index,
        serial=Serial(coupon.serial),
        issued_at=_instant(coupon.issued_at),
        outlet_id=OutletId(coupon.outlet_id),
        hold=hold,
    )


def _scene(case: _Line) -> Scene:
    age = case.catalogue_age_hours
    return Scene(
        now=case.now.astimezone(UTC),
        outlet=Outlet(OutletId(case.outlet.outlet_id), case.outlet.district, case.outlet.category),
        network=case.network,
        bill_fen=None if case.bill_fen is None else Fen(case.bill_fen),
        on_bill=tuple(OnBill(o.offer_index, Serial(o.serial), Fen(o.amount_off_fen)) for o in case.on_bill),
        history=tuple(_earlier(row) for row in case.history),
        unanswered=Unanswered(case.unanswered.count, Fen(case.unanswered.amount_off_fen)),
        catalogue_age=None if age is None else timedelta(hours=age),
    )


def _earlier(row: _Earlier) -> Earlier:
    return Earlier(
        Serial(row.serial), row.redeemed_at.astimezone(UTC), OutletId(row.outlet_id), row.holder_tag, row.offer_index
    )


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
