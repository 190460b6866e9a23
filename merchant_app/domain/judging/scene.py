"""The scene in which a coupon is judged: everything the verdict depends on beside the coupon and its campaign."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from merchant_app.domain.kinds import NO_MONEY, Bilingual, Fen, OutletId, Serial


class Network(StrEnum):
    """Whether the server's answer is part of this redemption."""

    ONLINE = "online"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class Outlet:
    """The shop in which the coupon is shown; `category` is "primary/sub"."""

    outlet_id: OutletId
    district: str
    category: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Another outlet that a customer could be sent to."""

    outlet_id: OutletId
    name: Bilingual
    district: str
    category: str
    distance_m: int


@dataclass(frozen=True, slots=True)
class Earlier:
    """A redemption known of, of this coupon or by this holder; voided ones are not among them."""

    serial: Serial
    redeemed_at: datetime
    outlet_id: OutletId
    holder_tag: int | None = None
    offer_index: int | None = None
    cashier: str | None = None


@dataclass(frozen=True, slots=True)
class OnBill:
    """A coupon already on the bill, with what it takes off."""

    offer_index: int
    serial: Serial
    amount_off_fen: Fen
    in_history: bool = False
    """It is written down already: its use is counted among the earlier ones."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Redemptions of this till that the server has not answered yet."""

    count: int = 0
    amount_off_fen: Fen = NO_MONEY


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The right of this code was taken back: a hold given back, or a paper moved into a wallet."""

    into_wallet: bool


@dataclass(frozen=True, slots=True)
class HeldElsewhere:
    """The right lies with another outlet, until then (None: until that outlet has reported)."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One frozen value; build a new one for each question.

    `now` is aware UTC, already defended against a wrong clock; `catalogue_age` None means not known, which no limit
    refuses; `override` is a manager's leave to pass what the campaign lets a manager pass.
    """

    now: datetime
    outlet: Outlet
    network: Network = Network.ONLINE
    bill_fen: Fen | None = None
    on_bill: tuple[OnBill, ...] = ()
    history: tuple[Earlier, ...] = ()
    unanswered: Unanswered = Unanswered()
    catalogue_age: timedelta | None = None
    catalogue_version: int = 0
    neighbours: tuple[Neighbour, ...] = ()
    time_known: bool = True
    key_revoked_at: datetime | None = None
    revoked_at: datetime | None = None
    withdrawn: Withdrawn | None = None
    held_elsewhere: HeldElsewhere | None = None
    override: bool = False
