"""What a wallet asks for by a claim link, and the two kinds of answer."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from merchant_app.domain.kinds import CampaignId, Serial
from merchant_app.server.services.hashing import hashed_secret


class NotClaimedWhy(StrEnum):
    """Why nothing was claimed."""

    UNKNOWN_LINK = "unknown_link"
    LINK_CLOSED = "link_closed"
    CAMPAIGN_NOT_OPEN = "campaign_not_open"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_CLOSED = "campaign_closed"
    NO_SUCH_OFFER = "no_such_offer"
    NOT_OPEN_YET = "not_open_yet"
    ROUND_OVER = "round_over"
    LIMIT_REACHED = "limit_reached"
    DAILY_LIMIT_REACHED = "daily_limit_reached"
    OUT_OF_STOCK = "out_of_stock"
    OVER_BUDGET = "over_budget"


@dataclass(frozen=True, slots=True)
class NotClaimed:
    """`possible_from`: when the same may be asked again with another answer, where that is known."""

    why: NotClaimedWhy
    possible_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class WantedClaim:
    """`claim_id` is chosen by the wallet before it asks, and kept: asking again under it gives the same answer."""

    link_id: str
    wallet_id: str
    claim_id: str
    offer_index: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """The coupon that this claim was given."""

    campaign_id: CampaignId
    round_index: int
    offer_index: int
    serial: Serial
    coupon_number: str
    claimed_at: datetime
    ends_at: datetime


def wallet_of(secret: str) -> str:
    """The wallet that knows this secret; the server keeps no more of it."""
    return hashed_secret(secret)
