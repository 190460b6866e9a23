"""Why a coupon is refused: a closed set, each reason with what the cashier needs to put it right.

The order of the classes in `REASON_ORDER` is the order in which reasons are said.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from merchant_app.domain.kinds import Fen, OutletId


class Foreign(StrEnum):
    """What was scanned instead of a coupon."""

    PAYMENT_CODE = "payment_code"
    WEB_ADDRESS = "web_address"
    PRODUCT_CODE = "product_code"
    COUPON_NUMBER_MISTYPED = "coupon_number_mistyped"
    INVITATION = "invitation"
    TEXT = "text"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class NotACoupon:
    code: ClassVar[str] = "not_a_coupon"
    what: Foreign


@dataclass(frozen=True, slots=True)
class Malformed:
    code: ClassVar[str] = "malformed"


@dataclass(frozen=True, slots=True)
class Forged:
    code: ClassVar[str] = "forged"


@dataclass(frozen=True, slots=True)
class UnknownCampaign:
    """`catalogue_age` is how old this till's knowledge is; None: not known."""

    code: ClassVar[str] = "unknown_campaign"
    catalogue_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class KeyRevoked:
    code: ClassVar[str] = "key_revoked"
    since: datetime


@dataclass(frozen=True, slots=True)
class Revoked:
    code: ClassVar[str] = "revoked"
    since: datetime


@dataclass(frozen=True, slots=True)
class NotStarted:
    code: ClassVar[str] = "not_started"
    usable_from: datetime


@dataclass(frozen=True, slots=True)
class TooSoon:
    code: ClassVar[str] = "too_soon"
    usable_from: datetime


class Limit(StrEnum):
    """Which end a coupon ran into."""

    VALIDITY = "validity"
    ROUND = "round"


@dataclass(frozen=True, slots=True)
class Expired:
    code: ClassVar[str] = "expired"
    ended_at: datetime
    limit: Limit


@dataclass(frozen=True, slots=True)
class CampaignEnded:
    code: ClassVar[str] = "campaign_ended"
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class OutsideHours:
    """`next_from` and `next_until` are the next window in which the coupon is usable; None: none before it ends."""

    code: ClassVar[str] = "outside_hours"
    next_from: datetime | None
    next_until: datetime | None


@dataclass(frozen=True, slots=True)
class ExcludedDate:
    code: ClassVar[str] = "excluded_date"
    next_date: date | None


@dataclass(frozen=True, slots=True)
class WrongOutlet:
    """`outlets` take it, nearest first, as far as this till knows."""

    code: ClassVar[str] = "wrong_outlet"
    outlets: tuple[OutletId, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongCategory:
    code: ClassVar[str] = "wrong_category"
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WrongDistrict:
    code: ClassVar[str] = "wrong_district"
    districts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BelowMinSpend:
    code: ClassVar[str] = "below_min_spend"
    short_by_fen: Fen
    min_spend_fen: Fen


@dataclass(frozen=True, slots=True)
class AlreadyRedeemed:
    """`here` says whether it was at this outlet; `cashier` is known only then."""

    code: ClassVar[str] = "already_redeemed"
    redeemed_at: datetime | None = None
    outlet_id: OutletId | None = None
    cashier: str | None = None
    here: bool = False


@dataclass(frozen=True, slots=True)
class UsesSpent:
    code: ClassVar[str] = "uses_spent"
    uses: int
    redeemed_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldElsewhereReason:
    """`until` None: until that outlet has reported."""

    code: ClassVar[str] = "held_elsewhere"
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class InWallet:
    code: ClassVar[str] = "in_wallet"


@dataclass(frozen=True, slots=True)
class HoldExpired:
    code: ClassVar[str] = "hold_expired"
    since: datetime


@dataclass(frozen=True, slots=True)
class DailyLimit:
    code: ClassVar[str] = "daily_limit"
    per_day: int
    next_date: date


@dataclass(frozen=True, slots=True)
class CannotCombine:
    """`offer_indexes` are the offers on the bill that it cannot stand beside."""

    code: ClassVar[str] = "cannot_combine"
    offer_indexes: tuple[int, ...] = ()
    max_per_bill: int | None = None


class Knob(StrEnum):
    """Which of a campaign's offline limits refuses."""

    MODE = "mode"
    MAX_AMOUNT_OFF = "max_amount_off_fen"
    TILL_MAX_COUNT = "till_max_count"
    TILL_MAX_AMOUNT = "till_max_amount_fen"


@dataclass(frozen=True, slots=True)
class OfflineNotAllowed:
    code: ClassVar[str] = "offline_not_allowed"
    mode: str
    manager_can: bool
    knob: Knob = Knob.MODE


@dataclass(frozen=True, slots=True)
class OfflineCap:
    """`value` is the knob's limit: fen, or a count."""

    code: ClassVar[str] = "offline_cap"
    knob: Knob
    value: int
    manager_can: bool


@dataclass(frozen=True, slots=True)
class CatalogueTooOld:
    code: ClassVar[str] = "catalogue_too_old"
    age: timedelta
    limit: timedelta
    manager_can: bool


@dataclass(frozen=True, slots=True)
class ClockWrong:
    code: ClassVar[str] = "clock_wrong"


Reason = (
    NotACoupon | Malformed | Forged | UnknownCampaign | KeyRevoked | Revoked | NotStarted | TooSoon
    | Expired | CampaignEnded | OutsideHours | ExcludedDate | WrongOutlet | WrongCategory | WrongDistrict
    | BelowMinSpend | AlreadyRedeemed | UsesSpent | HeldElsewhereReason | InWallet | HoldExpired | DailyLimit
    | CannotCombine | OfflineNotAllowed | OfflineCap | CatalogueTooOld | ClockWrong
)  # fmt: skip

REASON_ORDER: tuple[type[Reason], ...] = (
    NotACoupon, Malformed, Forged, UnknownCampaign, KeyRevoked, Revoked, NotStarted, TooSoon,
    Expired, CampaignEnded, OutsideHours, ExcludedDate, WrongOutlet, WrongCategory, WrongDistrict,
    BelowMinSpend, AlreadyRedeemed, UsesSpent, HeldElsewhereReason, InWallet, HoldExpired, DailyLimit,
    CannotCombine, OfflineNotAllowed, OfflineCap, CatalogueTooOld, ClockWrong,
)  # fmt: skip
REASON_CODES: tuple[str, ...] = tuple(reason.code for reason in REASON_ORDER)
