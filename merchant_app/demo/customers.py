"""Who comes to the counter in the demo: what each customer has in the phone, and what is bought."""

from dataclasses import dataclass
from enum import StrEnum

from merchant_app.demo.samples import Sample, Samples
from merchant_app.domain.campaign import Offer
from merchant_app.domain.kinds import ANY_OUTLET, Fen, OutletId
from merchant_app.server.services.issuing import Issued

HERE = OutletId(4201)
"""The hot-pot restaurant whose till is shown: it takes part in both campaigns."""
NEXT_DOOR = OutletId(4202)
"""The noodle shop round the corner."""
PAYMENT_CODE = "wxp://f2f0mJ8qkR3tVx5uW7yZ1aBcDeFgHiJkLmNo"


class Kind(StrEnum):
    """What is worth showing, in the order of the phone's list."""

    GOOD = "good"
    SHORT = "short"
    NEEDS_BILL = "needs_bill"
    SHARED = "shared"
    ANY_OUTLET = "any_outlet"
    EXPIRED = "expired"
    OTHER_SHOP = "other_shop"
    USED = "used"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Recipe:
    """Where coupons of a kind come from. `paper_for` None: they are shown by holds, as from a wallet."""

    kind: Kind
    campaign: str
    round_index: int
    offer_index: int
    channel: str
    bill_fen: Fen | None
    paper_for: OutletId | None = None
    count: int = 40

    def sample(self, samples: Samples) -> Sample:
        return samples.jiangbei if self.campaign == "jiangbei" else samples.hotpot


RECIPES = (
    Recipe(Kind.GOOD, "jiangbei", 1, 0, "short_video", Fen(12_800)),
    Recipe(Kind.SHORT, "jiangbei", 0, 0, "live_stream", Fen(8_800)),
    Recipe(Kind.NEEDS_BILL, "jiangbei", 1, 2, "short_video", None),
    Recipe(Kind.SHARED, "hotpot", 1, 0, "share", Fen(26_800)),
    Recipe(Kind.ANY_OUTLET, "jiangbei", 0, 4, "outlet", Fen(1_600), paper_for=ANY_OUTLET),
    Recipe(Kind.EXPIRED, "hotpot", 0, 0, "outlet", Fen(26_800), paper_for=HERE, count=1),
    Recipe(Kind.OTHER_SHOP, "jiangbei", 1, 0, "short_video", Fen(12_800), paper_for=NEXT_DOOR, count=1),
    Recipe(Kind.USED, "jiangbei", 0, 0, "live_stream", Fen(12_800), paper_for=HERE, count=1),
)


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer. `issued` and `offer` are None for whoever holds up a payment code.

    `holder_tag` is the wallet's; 0 where the coupon is paper. `bill_fen` None: rung up only when the till asks.
    """

    kind: Kind
    bill_fen: Fen | None
    offer: Offer | None = None
    issued: Issued | None = None
    paper_for: OutletId | None = None
    holder_tag: int = 0
    campaign_id: int = 0

    @property
    def is_shown_by_hold(self) -> bool:
        return self.issued is not None and self.issued.code is None

    @property
    def fixed_text(self) -> str | None:
        """What the code says, where it is the same every time; None: the wallet asks for a hold."""
        return PAYMENT_CODE if self.issued is None else self.issued.code


class Queue:
    """The customers still to come, by kind; a kind of which there is only one stays as it is."""

    def __init__(self, coming: dict[Kind, list[Customer]]) -> None:
        self._coming = coming

    def first(self, kind: Kind) -> Customer:
        """Who shows a coupon of this kind now."""
        return self._coming[kind][0]

    def coming(self, count: int) -> list[Customer]:
        """The first few of every kind."""
        return [customer for waiting in self._coming.values() for customer in waiting[:count]]

    def next(self, kind: Kind) -> Customer:
        """The next one; the same again where nobody else comes."""
        if len(self._coming[kind]) > 1:
            self._coming[kind].pop(0)
        return self._coming[kind][0]
