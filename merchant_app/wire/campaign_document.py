"""A campaign document to a `Campaign`, or to the list of its mistakes, each with the path of its field."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from merchant_app.domain.campaign import (
    AmountOff,
    Benefit,
    Campaign,
    FixedPrice,
    Gift,
    HoldRelease,
    HoldTerms,
    IssueRound,
    Offer,
    OfflineMode,
    OfflineTerms,
    PercentOff,
    PerHolder,
    Stacking,
    Validity,
    VoidWithin,
    WeeklyWindow,
)
from merchant_app.domain.kinds import Bilingual, CampaignId, Fen, OutletId
from merchant_app.errors import CampaignDocumentError
from merchant_app.wire.campaign_mistakes import beyond_shape, of_shape
from merchant_app.wire.campaign_shape import (
    AmountOffShape,
    BilingualShape,
    CampaignShape,
    FixedPriceShape,
    GiftShape,
    OfferShape,
    PercentOffShape,
    RoundShape,
    SpanShape,
    VoidMinutesShape,
    WindowShape,
)

_WEEKDAYS = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}


def parse_campaign(document: Any) -> Campaign:
    """`document` is plain JSON data. Raises `CampaignDocumentError` with every mistake found."""
    try:
        shape = CampaignShape.model_validate(document)
    except ValidationError as error:
        raise CampaignDocumentError(list(of_shape(error))) from None
    mistakes = list(beyond_shape(shape))
    if mistakes:
        raise CampaignDocumentError(mistakes)
    return _campaign(shape)


def _campaign(shape: CampaignShape) -> Campaign:
    return Campaign(
        campaign_id=CampaignId(shape.campaign_id),
        name=_bilingual(shape.name),
        organiser=_bilingual(shape.organiser),
        zone=ZoneInfo(shape.time_zone),
        starts_at=_utc(shape.starts_at),
        ends_at=_utc(shape.ends_at),
        budget_fen=None if shape.budget_fen is None else Fen(shape.budget_fen),
        rounds=tuple(_round(index, part) for index, part in enumerate(shape.rounds)),
        offers=tuple(_offer(index, part) for index, part in enumerate(shape.offers)),
        outlets=None if shape.outlets == "all" else frozenset(OutletId(int(outlet)) for outlet in shape.outlets),
        districts=None if shape.districts is None else frozenset(shape.districts),
        categories=None if shape.categories is None else frozenset(shape.categories),
        channels=tuple(shape.channels),
        hold=HoldTerms(shape.hold.minutes, shape.hold.longest_minutes, HoldRelease(shape.hold.release)),
        offline=_offline(shape),
    )


def _offline(shape: CampaignShape) -> OfflineTerms:
    terms = shape.offline
    return OfflineTerms(
        mode=OfflineMode(terms.mode),
        max_amount_off_fen=None if terms.max_amount_off_fen is None else Fen(terms.max_amount_off_fen),
        till_max_count=terms.till_max_count,
        till_max_amount_fen=None if terms.till_max_amount_fen is None else Fen(terms.till_max_amount_fen),
        catalogue_max_age=terms.catalogue_max_age,
        manager_override=terms.manager_override,
    )


def _round(index: int, shape: RoundShape) -> IssueRound:
    stock = tuple(sorted((int(offer), count) for offer, count in shape.stock.items()))
    return IssueRound(index, _utc(shape.opens_at), _utc(shape.closes_at), _utc_or_none(shape.coupons_end_at), stock)


def _offer(index: int, shape: OfferShape) -> Offer:
    benefit = _benefit(shape)
    by_default = not isinstance(benefit, Gift) or shape.min_spend_fen > 0
    return Offer(
        offer_index=index,
        title=_bilingual(shape.title),
        terms=_bilingual(shape.terms),
        picture=shape.picture,
        benefit=benefit,
        min_spend_fen=Fen(shape.min_spend_fen),
        bill_required=by_default if shape.bill_required is None else shape.bill_required,
        valid_for=_validity(shape.valid_for),
        usable_after=_validity(shape.usable_after),
        weekly_windows=tuple(_window(window) for window in shape.weekly_windows),
        excluded_dates=frozenset[date](shape.excluded_dates),
        only_dates=frozenset[date](shape.only_dates),
        uses=shape.uses,
        per_holder=PerHolder(**shape.per_holder.model_dump()),
        stacks_with=Stacking(shape.stacks_with),
        max_per_bill=shape.max_per_bill,
        void=VoidWithin(shape.void.minutes) if isinstance(shape.void, VoidMinutesShape) else shape.void,
        sharing_friends=0 if shape.sharing == "none" else shape.sharing.friends,
    )


def _benefit(shape: OfferShape) -> Benefit:
    match shape.benefit:
        case AmountOffShape(amount_fen=amount):
            return AmountOff(Fen(amount))
        case PercentOffShape(percent=percent, cap_fen=cap):
            return PercentOff(percent, None if cap is None else Fen(cap))
        case FixedPriceShape(price_fen=price, cap_fen=cap):
            return FixedPrice(Fen(price), None if cap is None else Fen(cap))
        case GiftShape(item=item):
            return Gift(_bilingual(item))


def _validity(shape: SpanShape | None) -> Validity | None:
    return None if shape is None else Validity(shape.days, shape.hours)


def _window(shape: WindowShape) -> WeeklyWindow:
    return WeeklyWindow(frozenset(_WEEKDAYS[day] for day in shape.days), _hour(shape.from_), _hour(shape.until))


def _hour(text: str) -> time:
    return time(0) if text == "24:00" else time.fromisoformat(text)


def _bilingual(shape: BilingualShape) -> Bilingual:
    return Bilingual(shape.zh, shape.en)


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


def _utc_or_none(instant: datetime | None) -> datetime | None:
    return None if instant is None else _utc(instant)
