"""The campaign document as JSON: every field, its type and its bounds. Unknown keys are refused."""

import re
from datetime import date, timedelta
from typing import Annotated, Any, Literal

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    Tag,
)
from pydantic_core import PydanticCustomError

Money = Annotated[StrictInt, Field(ge=0)]
Count = Annotated[StrictInt, Field(ge=1)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]


def _spelled(pattern: str, expected: str) -> BeforeValidator:
    """Only text of this form: a number of seconds, say, is not taken for a time."""

    def check(given: Any) -> Any:
        if not isinstance(given, str) or re.fullmatch(pattern, given, re.ASCII) is None:
            raise PydanticCustomError("spelling", expected)
        return given

    return BeforeValidator(check)


def _word_or_terms(given: Any) -> str:
    return "word" if isinstance(given, str) else "terms"


WORD_OR_TERMS = Discriminator(_word_or_terms)
"""Where a document has either one word or an object: the mistakes told are those of what was meant."""

HourText = Annotated[str, _spelled(r"([01]\d|2[0-3]):[0-5]\d|24:00", "a time from 00:00 to 24:00")]
Instant = Annotated[
    AwareDatetime, _spelled(r"\d{4}-\d\d-\d\dT.*", "a time with its zone, for example 2022-06-28T10:00:00+08:00")
]
DateText = Annotated[date, _spelled(r"\d{4}-\d\d-\d\d", "a date, for example 2022-07-01")]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Whole32 = Annotated[StrictInt, Field(ge=1, lt=1 << 32)]


class Shape(BaseModel):
    """Every part of the document: closed, and written with the names of the design."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BilingualShape(Shape):
    zh: Words
    en: Words


class AmountOffShape(Shape):
    kind: Literal["amount_off"]
    amount_fen: Annotated[StrictInt, Field(ge=1)]


class PercentOffShape(Shape):
    kind: Literal["percent_off"]
    percent: Annotated[StrictInt, Field(ge=1, le=100)]
    cap_fen: Money | None = None


class FixedPriceShape(Shape):
    kind: Literal["fixed_price"]
    price_fen: Money
    cap_fen: Money | None = None


class GiftShape(Shape):
    kind: Literal["gift"]
    item: BilingualShape


BenefitShape = Annotated[
    AmountOffShape | PercentOffShape | FixedPriceShape | GiftShape,
    Field(discriminator="kind"),
]


class SpanShape(Shape):
    """Either `days` or `hours`."""

    days: Count | None = None
    hours: Count | None = None


class WindowShape(Shape):
    days: Annotated[list[Day], Field(min_length=1)]
    from_: HourText = Field(alias="from")
    until: HourText


class PerHolderShape(Shape):
    claims: Count | None = None
    claims_per_day: Count | None = None
    redemptions_per_day: Count | None = None


class VoidMinutesShape(Shape):
    minutes: Count


class SharingShape(Shape):
    friends: Count


VoidShape = Annotated[
    Annotated[VoidMinutesShape, Tag("terms")] | Annotated[Literal["business_day", "never"], Tag("word")], WORD_OR_TERMS
]
SharingTerms = Annotated[Annotated[SharingShape, Tag("terms")] | Annotated[Literal["none"], Tag("word")], WORD_OR_TERMS]
OutletsShape = Annotated[Annotated[list[Whole32], Tag("terms")] | Annotated[Literal["all"], Tag("word")], WORD_OR_TERMS]


class OfferShape(Shape):
    title: BilingualShape
    terms: BilingualShape
    picture: str = ""
    benefit: BenefitShape
    min_spend_fen: Money = 0
    bill_required: StrictBool | None = None
    valid_for: SpanShape | None = None
    usable_after: SpanShape | None = None
    weekly_windows: list[WindowShape] = []
    excluded_dates: list[DateText] = []
    only_dates: list[DateText] = []
    uses: Annotated[StrictInt, Field(ge=1, le=1000)] = 1
    per_holder: PerHolderShape = PerHolderShape()
    stacks_with: Literal["none", "other_offers", "any"] = "none"
    max_per_bill: Count = 1
    void: VoidShape = "business_day"
    sharing: SharingTerms = "none"


class RoundShape(Shape):
    opens_at: Instant
    closes_at: Instant
    coupons_end_at: Instant | None = None
    stock: dict[Annotated[str, StringConstraints(pattern=r"^\d{1,3}$")], Money]


class HoldShape(Shape):
    minutes: Annotated[StrictInt, Field(ge=1, lt=1 << 16)] = 5
    longest_minutes: Annotated[StrictInt, Field(ge=1, lt=1 << 16)] = 720
    release: Literal["outlet_reported", "expiry"] = "outlet_reported"


class OfflineShape(Shape):
    mode: Literal["outlet_bound", "open", "deny"] = "outlet_bound"
    max_amount_off_fen: Money | None = None
    till_max_count: Annotated[StrictInt, Field(ge=0)] | None = None
    till_max_amount_fen: Money | None = None
    catalogue_max_age_hours: Count | None = None
    manager_override: StrictBool = True

    @property
    def catalogue_max_age(self) -> timedelta | None:
        hours = self.catalogue_max_age_hours
        return None if hours is None else timedelta(hours=hours)


class CampaignShape(Shape):
    campaign_id: Whole32
    name: BilingualShape
    organiser: BilingualShape
    time_zone: str
    currency: Literal["CNY"] = "CNY"
    starts_at: Instant
    ends_at: Instant
    budget_fen: Money | None = None
    rounds: Annotated[list[RoundShape], Field(min_length=1, max_length=256)]
    offers: Annotated[list[OfferShape], Field(min_length=1, max_length=256)]
    outlets: OutletsShape = "all"
    districts: list[str] | None = None
    categories: list[str] | None = None
    channels: list[str] = []
    hold: HoldShape = HoldShape()
    offline: OfflineShape = OfflineShape()
