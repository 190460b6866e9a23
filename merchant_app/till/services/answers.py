"""What the till answers a cashier who shows it a coupon, and what it says of itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from merchant_app.domain.campaign import Campaign, Offer
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Accepted
from merchant_app.domain.judging.reasons import CatalogueTooOld, OfflineCap, OfflineNotAllowed, Reason
from merchant_app.domain.kinds import Bilingual, Fen, RedemptionId
from merchant_app.domain.redemption import Redemption, Standing


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Written down, and then said: the use is spent. `standing` is confirmed or provisional.

    `before` is true where this very redemption had been made already and is only shown again.
    """

    redemption: Redemption
    standing: Standing
    campaign: Campaign
    offer: Offer
    before: bool = False


@dataclass(frozen=True, slots=True)
class BillWanted:
    """Good so far; the amount of the bill decides. `text` is what was scanned, to be shown again with the bill.

    A typed number is not known before the server says: then there is no offer to show.
    """

    text: str
    campaign: Campaign | None
    offer: Offer | None


@dataclass(frozen=True, slots=True)
class Usable:
    """Good here and now, and not redeemed: it was only looked at."""

    text: str
    code: CouponCode
    campaign: Campaign
    accepted: Accepted


@dataclass(frozen=True, slots=True)
class NotRedeemed:
    """Refused, every reason in order. `manager_can`: a manager's override would make it good."""

    text: str
    reasons: tuple[Reason, ...]
    code: CouponCode | None
    campaign: Campaign | None
    offer: Offer | None
    manager_can: bool


Answer = Redeemed | BillWanted | Usable | NotRedeemed


def not_redeemed(
    text: str, code: CouponCode | None, campaign: Campaign | None, reasons: tuple[Reason, ...]
) -> NotRedeemed:
    """A refusal, with the offer it is about where there is one."""
    offer = None
    if code is not None and campaign is not None and code.offer_index < len(campaign.offers):
        offer = campaign.offers[code.offer_index]
    passable = (OfflineNotAllowed, OfflineCap, CatalogueTooOld)
    manager_can = bool(reasons) and all(isinstance(reason, passable) and reason.manager_can for reason in reasons)
    return NotRedeemed(text, reasons, code, campaign, offer, manager_can)


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Found at the start: a redemption that was committed, or confirmed by the server, and never shown.

    The cashier is asked whether it was given; only the cashier's no takes it back.
    """

    redemption_id: RedemptionId
    title: Bilingual
    amount_off_fen: Fen
    bill_fen: Fen | None
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """One of the last redemptions. `undo_until`: the cashier alone may void it until then; None: not (any more)."""

    redemption_id: RedemptionId
    redeemed_at: datetime
    title: Bilingual
    amount_off_fen: Fen
    payable_fen: Fen | None
    standing: Standing
    cashier: str
    undo_until: datetime | None


@dataclass(frozen=True, slots=True)
class ClockState:
    """How far the computer's clock is off what the server signed; `defended`: judged by the floor instead."""

    defended: bool
    off_by: timedelta | None = None
    known: bool = True


@dataclass(frozen=True, slots=True)
class Strip:
    """The truth about this till at one moment, for the strip at the bottom of the screen.

    `since` is when it went online or offline; `catalogue_age` None: it has no catalogue yet.
    """

    online: bool
    since: datetime | None
    waiting: int
    oldest_waiting_at: datetime | None
    last_sync_at: datetime | None
    parked: int
    contested: int
    catalogue_age: timedelta | None
    clock: ClockState
    revoked: bool = False
    catalogue_expired: bool = False
    readable: bool = False
    """What it and its server say to each other can be read on the way: plain HTTP to another machine."""


@dataclass(frozen=True, slots=True)
class OfferHere:
    """An offer that this outlet takes, so that a cashier can answer a question without a coupon in hand."""

    campaign: Campaign
    offer: Offer
    picture: str | None
    """Path of the picture file; None: not fetched yet."""
    running: bool


@dataclass(frozen=True, slots=True)
class ParkedRow:
    """A fact that the server could not take as it is, set aside there and shown here."""

    seq: int
    kind: str
    outcome: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync did. `trouble` is None when all went well, else the breakdown."""

    pushed: int
    pulled: int
    catalogue_changed: bool
    trouble: Exception | None = None
