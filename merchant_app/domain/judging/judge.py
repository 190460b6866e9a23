"""`judge`: a coupon, its campaign and the scene, to a verdict. Pure; every rule is asked, all that fail are said."""

from collections.abc import Callable

from merchant_app.domain.campaign import Campaign, IssueRound, Offer
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging.ask import Ask
from merchant_app.domain.judging.benefit import amount_off, below_min_spend, left_to_pay, needs_bill
from merchant_app.domain.judging.limits import (
    already_redeemed,
    cannot_combine,
    catalogue_too_old,
    clock_wrong,
    daily_limit,
    offline_cap,
    offline_not_allowed,
    uses_spent,
)
from merchant_app.domain.judging.reasons import Reason, UnknownCampaign
from merchant_app.domain.judging.scene import Scene
from merchant_app.domain.judging.scope import (
    held_elsewhere,
    in_wallet,
    key_revoked,
    revoked,
    wrong_category,
    wrong_district,
    wrong_outlet,
)
from merchant_app.domain.judging.validity import (
    campaign_ended,
    expired,
    hold_expired,
    last_instant,
    not_started,
    too_soon,
)
from merchant_app.domain.judging.verdict import Accepted, Checked, NeedsBill, Refused, Verdict
from merchant_app.domain.judging.windows import excluded_date, outside_hours
from merchant_app.domain.kinds import Fen

RULES: tuple[Callable[[Ask], Reason | None], ...] = (
    key_revoked,
    revoked,
    not_started,
    too_soon,
    expired,
    campaign_ended,
    outside_hours,
    excluded_date,
    wrong_outlet,
    wrong_category,
    wrong_district,
    below_min_spend,
    already_redeemed,
    uses_spent,
    held_elsewhere,
    in_wallet,
    hold_expired,
    daily_limit,
    cannot_combine,
    offline_not_allowed,
    offline_cap,
    catalogue_too_old,
    clock_wrong,
)
"""In the order in which reasons are said."""


def judge(code: CouponCode, campaign: Campaign, scene: Scene) -> Verdict:
    """The verdict on a coupon whose decoding has passed its last step, or whose fields the caller vouches for.

    A round or offer that this campaign document does not have is a newer document than ours: `unknown_campaign`.
    """
    found = _offer_and_round(code, campaign)
    if found is None:
        return Refused((UnknownCampaign(scene.catalogue_age),))
    ask = Ask(code, campaign, *found, scene)
    reasons = tuple(reason for rule in RULES if (reason := rule(ask)) is not None)
    if reasons:
        return Refused(reasons)
    if needs_bill(ask.offer, scene):
        return NeedsBill(ask.offer)
    off, left = amount_off(ask.offer, scene), left_to_pay(scene)
    return Accepted(ask.offer, off, None if left is None else Fen(left - off), _checked(ask), scene.catalogue_version)


def _offer_and_round(code: CouponCode, campaign: Campaign) -> tuple[Offer, IssueRound] | None:
    if (
        code.campaign_id != campaign.campaign_id
        or code.offer_index >= len(campaign.offers)
        or code.round_index >= len(campaign.rounds)
    ):
        return None
    return campaign.offers[code.offer_index], campaign.rounds[code.round_index]


def checked_values(code: CouponCode, campaign: Campaign, scene: Scene) -> tuple[Checked, ...]:
    """The values that a verdict given by the server is held against here; round and offer must be the campaign's."""
    found = _offer_and_round(code, campaign)
    return () if found is None else _checked(Ask(code, campaign, *found, scene))


def _checked(ask: Ask) -> tuple[Checked, ...]:
    """The values that decided, kept with the redemption so that it can be explained years later."""
    scene, hold = ask.scene, ask.code.hold
    return (
        ("now", scene.now),
        ("usable_until", last_instant(ask.code.issued_at, ask.campaign, ask.offer, ask.issue_round)),
        ("outlet_id", scene.outlet.outlet_id),
        ("bill_fen", scene.bill_fen),
        ("min_spend_fen", ask.offer.min_spend_fen),
        ("uses", ask.offer.uses),
        ("hold_ends_at", None if hold is None else hold.ends_at),
        ("network", scene.network),
    )
