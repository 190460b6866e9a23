"""What the page of a claim link shows: the offers with what is left, this phone's coupons, and one clear answer."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from merchant_app.domain.campaign import Offer
from merchant_app.domain.coupon_number import grouped
from merchant_app.server.db.claims import KeptClaim
from merchant_app.server.services.claiming.asking import NotClaimed, NotClaimedWhy
from merchant_app.server.services.claiming.showing import ShownLink
from merchant_app.wording import Words
from merchant_app.wording.claiming import why_not_claimed
from merchant_app.wording.when import end

_SOONEST = 2
_LATEST = 60


@dataclass(frozen=True, slots=True)
class OfferCard:
    """An offer with its button. `claim_id` stands in the form: pressed twice, it is the same claim."""

    offer_index: int
    title: str
    terms: str
    picture: str
    left: int
    claim_id: str
    has_all: bool
    """This phone has as many as one may claim."""


@dataclass(frozen=True, slots=True)
class CouponCard:
    title: str
    number: str
    good_until: str
    is_new: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of pressing the button, or why there is no button."""

    sentence: str
    is_good: bool
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """`refresh`: in how many seconds the page is worth loading anew; None where it is not."""

    name: str
    organiser: str
    round_number: int
    until: str
    answer: Answer | None
    offers: list[OfferCard]
    coupons: list[CouponCard]
    is_open: bool
    refresh: int | None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button that was pressed. `code`: why nothing was claimed, None where something was."""

    claim_id: str
    offer_index: int
    code: str | None = None
    possible_from: datetime | None = None


def claim_page(
    words: Words,
    shown: ShownLink,
    claims: list[KeptClaim],
    *,
    now: datetime,
    new_id: Callable[[], str],
    pressed: Pressed | None = None,
) -> ClaimPage:
    """`claims` are this phone's in this campaign, newest first."""
    stopped = shown.refused_because(now)
    campaign, issue_round = shown.campaign, shown.issue_round
    return ClaimPage(
        name=words.of(campaign.name),
        organiser=words.of(campaign.organiser),
        round_number=shown.link.round_index + 1,
        until=end(words, issue_round.closes_at, now=now, zone=campaign.zone),
        answer=_answer(words, shown, claims, now, pressed),
        offers=[_offer(words, shown, offer, claims, new_id, pressed) for offer in shown.offers],
        coupons=[_coupon(words, shown, each, now, pressed) for each in claims],
        is_open=stopped is None,
        refresh=_refresh(shown, now) if stopped is NotClaimedWhy.NOT_OPEN_YET else None,
    )


def _answer(
    words: Words, shown: ShownLink, claims: list[KeptClaim], now: datetime, pressed: Pressed | None
) -> Answer | None:
    zone, opens_at = shown.campaign.zone, shown.issue_round.opens_at
    if pressed is not None and pressed.code is not None:
        said = why_not_claimed(words, pressed.code, now=now, zone=zone, possible_from=pressed.possible_from)
        return Answer(said, is_good=False, is_waiting=pressed.code in ("busy", "too_fast", "not_open_yet"))
    if pressed is not None and any(each.claim_id == pressed.claim_id for each in claims):
        return Answer(words._("It is yours. Tell the cashier its number."), is_good=True)
    stopped = shown.refused_because(now)
    if stopped is None:
        return None
    said = why_not_claimed(words, stopped, now=now, zone=zone, possible_from=opens_at)
    return Answer(said, is_good=False, is_waiting=stopped is NotClaimedWhy.NOT_OPEN_YET)


def _offer(
    words: Words,
    shown: ShownLink,
    offer: Offer,
    claims: list[KeptClaim],
    new_id: Callable[[], str],
    pressed: Pressed | None,
) -> OfferCard:
    """A button that was refused keeps its claim's id: it may have been given after all, its answer lost."""
    is_again = pressed is not None and pressed.code is not None and pressed.offer_index == offer.offer_index
    has = Counter(each.offer_index for each in claims)[offer.offer_index]
    limit = offer.per_holder.claims
    return OfferCard(
        offer_index=offer.offer_index,
        title=words.of(offer.title),
        terms=words.of(offer.terms),
        picture=offer.picture,
        left=shown.left[offer.offer_index],
        claim_id=pressed.claim_id if pressed is not None and is_again else new_id(),
        has_all=limit is not None and has >= limit,
    )


def _coupon(words: Words, shown: ShownLink, claim: KeptClaim, now: datetime, pressed: Pressed | None) -> CouponCard:
    return CouponCard(
        title=words.of(shown.campaign.offers[claim.offer_index].title),
        number=grouped(claim.coupon_number),
        good_until=end(words, claim.ends_at, now=now, zone=shown.campaign.zone),
        is_new=pressed is not None and claim.claim_id == pressed.claim_id,
    )


def _refresh(shown: ShownLink, now: datetime) -> int:
    """Often enough that what is said is true, and once when the round opens."""
    seconds = int((shown.issue_round.opens_at - now).total_seconds()) + 1
    return min(max(seconds, _SOONEST), _LATEST)


def refused(claim_id: str, offer_index: int, answer: NotClaimed) -> Pressed:
    return Pressed(claim_id, offer_index, answer.why.value, answer.possible_from)
