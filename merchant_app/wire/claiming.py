"""Claiming by a link: `GET /api/claim-links/{link_id}` shows it, `POST .../claims` takes a coupon for a wallet.

A wallet is known by a secret of its own making, sent as a bearer token. The claim's id is the wallet's too, made before
it asks and kept until it has an answer: asking again under the same id gives the same coupon again, never a second.
"""

from typing import Annotated

from pydantic import AwareDatetime, Field

from merchant_app.wire.refusal import Refusal
from merchant_app.wire.shape import Id, Wire, example

WALLET_SECRET = r"^[A-Za-z0-9_-]{22,128}$"
"""At least 128 random bits as hex or base64url."""
LINK_ID = r"^[a-z2-9]{18}$"


class BothLanguages(Wire):
    zh: str
    en: str


class ShownOffer(Wire):
    """`left`: how many there are still, by stock and budget, a second ago at most."""

    offer_index: int
    title: BothLanguages
    terms: BothLanguages
    picture: str
    left: int


class LinkAnswer(Wire):
    """`refused_because`: the code by which every claim is refused now; null while the round is open."""

    link_id: str
    campaign_id: int
    name: BothLanguages
    organiser: BothLanguages
    time_zone: str
    round_index: int
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    now: AwareDatetime
    refused_because: str | None
    offers: list[ShownOffer]


class ClaimRequest(Wire):
    """`claim_id` is the wallet's own, kept until there is an answer."""

    model_config = example(claim_id="0190f0c2-0004", offer_index=0)
    claim_id: Id
    offer_index: Annotated[int, Field(ge=0, lt=1000)]


class ClaimAnswer(Wire):
    """The coupon that this claim was given, the first time as every time after."""

    claim_id: str
    campaign_id: int
    round_index: int
    offer_index: int
    serial: str
    coupon_number: str
    claimed_at: AwareDatetime
    ends_at: AwareDatetime


class ClaimRefusal(Refusal):
    """`possible_from`: when the same may be asked again, where that is known."""

    possible_from: AwareDatetime | None = None
