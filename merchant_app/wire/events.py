"""What others did that this till should know: `GET /api/events?after=CURSOR`, oldest first.

Redemptions by other tills of coupons that could be shown here, uses that came free again, and new standings of this
till's own redemptions.
"""

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from merchant_app.domain.redemption import Standing
from merchant_app.wire.shape import Wire


class EventKind(StrEnum):
    """What happened."""

    REDEEMED = "redeemed"
    FREED = "freed"
    """A redemption of another till was voided or reversed."""
    STANDING = "standing"
    """A redemption of this till has a new standing."""


class Event(Wire):
    """`serial` and what follows are given for `redeemed`; `standing` for `standing`, with `dispute_outcome` where the
    operator resolved its dispute."""

    cursor: int
    kind: EventKind
    redemption_id: str
    campaign_id: int
    serial: str
    outlet_id: int | None = None
    holder_tag: int | None = None
    offer_index: int | None = None
    redeemed_at: AwareDatetime | None = None
    standing: Standing | None = None
    dispute_id: str | None = None
    reasons: list[dict[str, Any]] = Field(default_factory=list)
    dispute_outcome: str | None = None


class EventsAnswer(Wire):
    """`more` says that the next request will give events at once."""

    events: list[Event]
    cursor: int
    more: bool
