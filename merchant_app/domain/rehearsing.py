"""Ready-made cases of a campaign: for each offer the moments that matter, each with what has to come out.

They are made from the document, so that an operator rehearses a campaign without writing a line of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from merchant_app.domain.campaign import Campaign, FixedPrice, Gift, IssueRound, Offer, OfflineMode
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Earlier, Network, Outlet, Scene, Unanswered, Verdict, judge
from merchant_app.domain.judging.moments import first_good, first_outside_hours, last_good
from merchant_app.domain.judging.validity import last_instant, usable_from
from merchant_app.domain.judging.verdict import Refused
from merchant_app.domain.kinds import ANY_OUTLET, Fen, OutletId, Serial

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_COUPON, _A_BILL = Serial(1), Fen(10_000)


class CaseKind(StrEnum):
    """What a case tries out."""

    GOOD = "good"
    ONE_FEN_SHORT = "one_fen_short"
    DAY_BEFORE = "day_before"
    LAST_SECOND = "last_second"
    TOO_LATE = "too_late"
    OUTSIDE_HOURS = "outside_hours"
    WRONG_OUTLET = "wrong_outlet"
    ALREADY_REDEEMED = "already_redeemed"
    OFFLINE_OVER_CAP = "offline_over_cap"


@dataclass(frozen=True, slots=True)
class Case:
    """`expected` are the reasons that a refusal has to name, at least one of them; none: it has to be accepted."""

    kind: CaseKind
    code: CouponCode
    scene: Scene
    expected: frozenset[str] = frozenset()

    def agrees(self, verdict: Verdict) -> bool:
        if isinstance(verdict, Refused):
            return bool(self.expected & set(verdict.codes))
        return not self.expected


@dataclass(frozen=True, slots=True)
class Tried:
    """A case and what came out; `agrees` False: the document does not say what its writer may think it says."""

    case: Case
    verdict: Verdict

    @property
    def agrees(self) -> bool:
        return self.case.agrees(self.verdict)


def try_out(campaign: Campaign, here: Outlet) -> list[Tried]:
    """Every ready-made case with its verdict. `here` is an outlet that the campaign takes."""
    return [Tried(case, judge(case.code, campaign, case.scene)) for case in ready_made(campaign, here)]


def ready_made(campaign: Campaign, here: Outlet) -> list[Case]:
    return [case for offer in campaign.offers for case in _of_offer(campaign, offer, here)]


def an_outlet_for(campaign: Campaign) -> Outlet:
    """An outlet that the campaign takes, where there is none yet."""
    outlet_id = min(campaign.outlets, default=OutletId(1)) if campaign.outlets is not None else OutletId(1)
    return Outlet(outlet_id, min(campaign.districts or [""]), min(campaign.categories or [""]))


def _of_offer(campaign: Campaign, offer: Offer, here: Outlet) -> Iterator[Case]:
    issue_round = _round_of(campaign, offer)
    code = CouponCode(
        key_index=0,
        campaign_id=campaign.campaign_id,
        round_index=issue_round.round_index,
        offer_index=offer.offer_index,
        serial=_COUPON,
        issued_at=issue_round.opens_at.replace(microsecond=0),
        outlet_id=ANY_OUTLET,
    )
    usable = max(usable_from(code.issued_at, campaign, offer), campaign.starts_at)
    end = last_instant(code.issued_at, campaign, offer, issue_round)
    good_at = first_good(campaign, offer, usable, end) or usable
    good = Case(CaseKind.GOOD, code, Scene(now=good_at, outlet=here, bill_fen=_a_bill(offer)))
    yield good
    yield from _on_bill_and_in_time(campaign, offer, good, usable, end)
    yield from _elsewhere_again_and_offline(campaign, offer, good)


def _round_of(campaign: Campaign, offer: Offer) -> IssueRound:
    """The first round that has this offer in stock."""
    return next((each for each in campaign.rounds if dict(each.stock).get(offer.offer_index)), campaign.rounds[0])


def _a_bill(offer: Offer) -> Fen | None:
    """As small as shows what the offer gives; None where a gift needs none."""
    if isinstance(offer.benefit, Gift) and not offer.bill_required:
        return None
    price = offer.benefit.price_fen if isinstance(offer.benefit, FixedPrice) else 0
    return Fen(max(offer.min_spend_fen or _A_BILL, price + 1000))


def _on_bill_and_in_time(
    campaign: Campaign, offer: Offer, good: Case, usable: datetime, end: datetime
) -> Iterator[Case]:
    if offer.min_spend_fen and good.scene.bill_fen is not None:
        yield _at(good, CaseKind.ONE_FEN_SHORT, "below_min_spend", bill_fen=Fen(offer.min_spend_fen - 1))
    yield _at(good, CaseKind.DAY_BEFORE, _too_early(campaign, offer, good, usable - _DAY), now=usable - _DAY)
    last = last_good(campaign, offer, usable, end)
    if last is not None:
        yield _at(good, CaseKind.LAST_SECOND, "", now=last)
    yield _at(good, CaseKind.TOO_LATE, "campaign_ended" if end == campaign.ends_at else "expired", now=end)
    outside = first_outside_hours(campaign, offer, usable, end)
    if outside is not None:
        yield _at(good, CaseKind.OUTSIDE_HOURS, "outside_hours excluded_date", now=outside)


def _elsewhere_again_and_offline(campaign: Campaign, offer: Offer, good: Case) -> Iterator[Case]:
    scene, here = good.scene, good.scene.outlet
    yield _at_a_wrong_outlet(campaign, good)
    earlier = Earlier(_COUPON, scene.now - _SECOND, here.outlet_id)
    spent = "already_redeemed" if offer.uses == 1 else "uses_spent"
    yield _at(good, CaseKind.ALREADY_REDEEMED, spent, history=(earlier,) * offer.uses)
    over = _over_the_cap(campaign)
    if over is not None:
        denied = campaign.offline.mode is OfflineMode.DENY
        why = "offline_not_allowed" if denied else "offline_cap"
        offline = _at(good, CaseKind.OFFLINE_OVER_CAP, why, unanswered=over)
        offline = replace(offline, code=replace(good.code, outlet_id=here.outlet_id))
        yield replace(offline, scene=replace(offline.scene, network=Network.OFFLINE))


def _at(good: Case, kind: CaseKind, expected: str, **changes: object) -> Case:
    """The good case but for what is tried out."""
    return Case(kind, good.code, replace(good.scene, **changes), frozenset(expected.split()))  # type: ignore[arg-type]


def _too_early(campaign: Campaign, offer: Offer, good: Case, now: datetime) -> str:
    """By which limits `now` is too early: the campaign's start, the coupon's own, or both."""
    not_started = "not_started" if now < campaign.starts_at else ""
    too_soon = "too_soon" if now < usable_from(good.code.issued_at, campaign, offer) else ""
    return f"{not_started} {too_soon}"


def _at_a_wrong_outlet(campaign: Campaign, good: Case) -> Case:
    """Out of the campaign's scope; where everything is in it, a code that names another outlet."""
    here = good.scene.outlet
    if campaign.outlets is not None:
        unlisted = OutletId(max(campaign.outlets, default=here.outlet_id) + 1)
        return _at(good, CaseKind.WRONG_OUTLET, "wrong_outlet", outlet=replace(here, outlet_id=unlisted))
    if campaign.districts is not None:
        return _at(good, CaseKind.WRONG_OUTLET, "wrong_district", outlet=replace(here, district="elsewhere"))
    if campaign.categories is not None:
        return _at(good, CaseKind.WRONG_OUTLET, "wrong_category", outlet=replace(here, category="other"))
    named = replace(good.code, outlet_id=OutletId(here.outlet_id + 1))
    return replace(_at(good, CaseKind.WRONG_OUTLET, "wrong_outlet"), code=named)


def _over_the_cap(campaign: Campaign) -> Unanswered | None:
    """So many redemptions without an answer that one more is too many; None where no limit counts them."""
    terms = campaign.offline
    if terms.mode is OfflineMode.DENY:
        return Unanswered()
    if terms.till_max_count is not None:
        return Unanswered(terms.till_max_count)
    if terms.till_max_amount_fen is not None:
        return Unanswered(1, Fen(terms.till_max_amount_fen + 1))
    return None
