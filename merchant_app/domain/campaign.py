"""A campaign as a till judges by it: rounds, offers, scope, hold and offline terms.

One document is what the operator writes, what the server signs and what these values are read from
(`wire.campaign_document`). All times are aware UTC; all time *rules* are read in the campaign's own zone.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from merchant_app.domain.kinds import Bilingual, CampaignId, Fen, OutletId


@dataclass(frozen=True, slots=True)
class AmountOff:
    """A fixed amount off what is left to pay."""

    amount_fen: Fen


@dataclass(frozen=True, slots=True)
class PercentOff:
    """`percent` in 1..100 of what is left to pay, rounded down to the fen, at most `cap_fen`."""

    percent: int
    cap_fen: Fen | None


@dataclass(frozen=True, slots=True)
class FixedPrice:
    """What is left to pay becomes `price_fen` (减至), by at most `cap_fen`."""

    price_fen: Fen
    cap_fen: Fen | None


@dataclass(frozen=True, slots=True)
class Gift:
    """Nothing off; an item is handed over (兑换)."""

    item: Bilingual


Benefit = AmountOff | PercentOff | FixedPrice | Gift


@dataclass(frozen=True, slots=True)
class WeeklyWindow:
    """Hours on some weekdays (0 = Monday), half-open. One that runs past midnight belongs to the day it began on."""

    days: frozenset[int]
    from_time: time
    until_time: time
    """`00:00` stands for the day's end when the window does not run past midnight."""

    @property
    def runs_past_midnight(self) -> bool:
        return time(0) < self.until_time < self.from_time


@dataclass(frozen=True, slots=True)
class PerHolder:
    """What one wallet may do; None: no limit."""

    claims: int | None = None
    claims_per_day: int | None = None
    redemptions_per_day: int | None = None


class Stacking(StrEnum):
    """Which company a coupon keeps on a bill."""

    NONE = "none"
    OTHER_OFFERS = "other_offers"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class VoidWithin:
    """A void is allowed for so many minutes."""

    minutes: int


VoidTerms = VoidWithin | Literal["business_day", "never"]


@dataclass(frozen=True, slots=True)
class Validity:
    """How long a coupon lives: calendar days with the day of issue as day 1, or hours from the second of issue."""

    days: int | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """What the holder gets, and on which terms."""

    offer_index: int
    title: Bilingual
    terms: Bilingual
    picture: str
    benefit: Benefit
    min_spend_fen: Fen
    bill_required: bool
    valid_for: Validity | None
    usable_after: Validity | None
    weekly_windows: tuple[WeeklyWindow, ...]
    excluded_dates: frozenset[date]
    only_dates: frozenset[date]
    uses: int
    per_holder: PerHolder
    stacks_with: Stacking
    max_per_bill: int
    void: VoidTerms
    sharing_friends: int

    @property
    def largest_amount_off_fen(self) -> Fen | None:
        """What one use can cost the campaign at most; None where nothing bounds it."""
        benefit = self.benefit
        match benefit:
            case AmountOff():
                return benefit.amount_fen
            case PercentOff() | FixedPrice():
                return benefit.cap_fen
            case Gift():
                return Fen(0)
            case _:
                assert_never(benefit)

    @property
    def cost_of_one_fen(self) -> Fen:
        """What one coupon can cost the campaign at most: the budget is counted by it when the coupon is issued."""
        return Fen(self.uses * (self.largest_amount_off_fen or 0))

    @property
    def needs_bill_to_compute(self) -> bool:
        return isinstance(self.benefit, PercentOff | FixedPrice)


@dataclass(frozen=True, slots=True)
class IssueRound:
    """One release of stock. `stock` is (offer_index, how many may be issued) pairs."""

    round_index: int
    opens_at: datetime
    closes_at: datetime
    coupons_end_at: datetime | None
    stock: tuple[tuple[int, int], ...]


class HoldRelease(StrEnum):
    """When the right named by a hold comes free for other outlets."""

    OUTLET_REPORTED = "outlet_reported"
    EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class HoldTerms:
    minutes: int = 5
    longest_minutes: int = 720
    release: HoldRelease = HoldRelease.OUTLET_REPORTED


class OfflineMode(StrEnum):
    """What a till may accept without the server's answer."""

    OUTLET_BOUND = "outlet_bound"
    OPEN = "open"
    DENY = "deny"


@dataclass(frozen=True, slots=True)
class OfflineTerms:
    """Limits on what is redeemed without the server's answer; None: no limit of that kind."""

    mode: OfflineMode = OfflineMode.OUTLET_BOUND
    max_amount_off_fen: Fen | None = None
    till_max_count: int | None = None
    till_max_amount_fen: Fen | None = None
    catalogue_max_age: timedelta | None = None
    manager_override: bool = True


@dataclass(frozen=True, slots=True)
class Campaign:
    """A promotion: half-open in time, `ends_at` being the first instant too late. None in a scope: no limit."""

    campaign_id: CampaignId
    name: Bilingual
    organiser: Bilingual
    zone: ZoneInfo
    starts_at: datetime
    ends_at: datetime
    budget_fen: Fen | None
    rounds: tuple[IssueRound, ...]
    offers: tuple[Offer, ...]
    outlets: frozenset[OutletId] | None
    districts: frozenset[str] | None
    categories: frozenset[str] | None
    channels: tuple[str, ...]
    hold: HoldTerms
    offline: OfflineTerms

    def takes_outlet(self, outlet_id: OutletId) -> bool:
        return self.outlets is None or outlet_id in self.outlets

    def takes_district(self, district: str) -> bool:
        return self.districts is None or district in self.districts

    def takes_category(self, category: str) -> bool:
        """`category` is "primary/sub"; a scope of "primary" takes all of its sub-categories."""
        if self.categories is None or category in self.categories:
            return True
        return category.partition("/")[0] in self.categories

    def takes(self, outlet_id: OutletId, district: str, category: str) -> bool:
        return self.takes_outlet(outlet_id) and self.takes_district(district) and self.takes_category(category)
