"""The campaign document as JSON: every field, its type and its bounds. Unknown keys are refused."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StrictBool, StrictInt, StringConstraints

Money = Annotated[StrictInt, Field(ge=0)]
Count = Annotated[StrictInt, Field(ge=1)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
HourText = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$|^24:00$")]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Whole32 = Annotated[StrictInt, Field(ge=1, lt=1 << 32)]


class Shape(BaseModel):
    """Every part of the document: closed, and written with the names of the design."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


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


class DaysShape(Shape):
    days: Count


class HoursShape(Shape):
    hours: Count


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


class OfferShape(Shape):
    title: BilingualShape
    terms: BilingualShape
    picture: str = ""
    benefit: BenefitShape
    min_spend_fen: Money = 0
    bill_required: StrictBool | None = None
    valid_for: DaysShape | HoursShape | None = None
    usable_after: DaysShape | HoursShape | None = None
    weekly_windows: list[WindowShape] = []
    excluded_dates: list[date] = []
    only_dates: list[date] = []
    uses: Annotated[StrictInt, Field(ge=1, le=1000)] = 1
    per_holder: PerHolderShape = PerHolderShape()
    stacks_with: Literal["none", "other_offers", "any"] = "none"
    max_per_bill: Count = 1
    void: VoidMinutesShape | Literal["business_day", "never"] = "business_day"
    sharing: SharingShape | Literal["none"] = "none"


class RoundShape(Shape):
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    coupons_end_at: AwareDatetime | None = None
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
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    budget_fen: Money | None = None
    rounds: Annotated[list[RoundShape], Field(min_length=1, max_length=256)]
    offers: Annotated[list[OfferShape], Field(min_length=1, max_length=256)]
    outlets: Literal["all"] | list[Whole32] = "all"
    districts: list[str] | None = None
    categories: list[str] | None = None
    channels: list[str] = []
    hold: HoldShape = HoldShape()
    offline: OfflineShape = OfflineShape()
