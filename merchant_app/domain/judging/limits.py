"""How often, beside what, and without the server: uses, the holder's day, company on a bill, the offline limits."""

from datetime import timedelta

from merchant_app.domain.campaign import OfflineMode, Stacking
from merchant_app.domain.judging.ask import Ask
from merchant_app.domain.judging.benefit import amount_off
from merchant_app.domain.judging.reasons import (
    AlreadyRedeemed,
    CannotCombine,
    CatalogueTooOld,
    ClockWrong,
    DailyLimit,
    Knob,
    OfflineCap,
    OfflineNotAllowed,
    UsesSpent,
)
from merchant_app.domain.judging.scene import Earlier, Network


def already_redeemed(ask: Ask) -> AlreadyRedeemed | None:
    if ask.offer.uses != 1 or _uses_taken(ask) < 1:
        return None
    earlier = _earlier_of_this_coupon(ask)
    if not earlier:
        return AlreadyRedeemed(here=True)
    last = max(earlier, key=lambda row: row.redeemed_at)
    here = last.outlet_id == ask.scene.outlet.outlet_id
    return AlreadyRedeemed(last.redeemed_at, last.outlet_id, last.cashier if here else None, here)


def uses_spent(ask: Ask) -> UsesSpent | None:
    if ask.offer.uses == 1 or _uses_taken(ask) < ask.offer.uses:
        return None
    return UsesSpent(ask.offer.uses, tuple(sorted(row.redeemed_at for row in _earlier_of_this_coupon(ask))))


def daily_limit(ask: Ask) -> DailyLimit | None:
    """Counts what this holder redeemed today in this campaign; a bearer code has no holder and is exempt."""
    per_day, hold = ask.offer.per_holder.redemptions_per_day, ask.code.hold
    if per_day is None or hold is None:
        return None
    zone, today = ask.campaign.zone, ask.today
    taken = sum(
        1
        for row in ask.scene.history
        if row.holder_tag == hold.holder_tag and row.redeemed_at.astimezone(zone).date() == today
    )
    return DailyLimit(per_day, today + timedelta(days=1)) if taken >= per_day else None


def cannot_combine(ask: Ask) -> CannotCombine | None:
    on_bill, offer = ask.scene.on_bill, ask.offer
    if not on_bill:
        return None
    same = sum(1 for other in on_bill if other.offer_index == offer.offer_index)
    if offer.stacks_with is Stacking.ANY and same >= offer.max_per_bill:
        return CannotCombine((offer.offer_index,), offer.max_per_bill)
    clashing = sorted({other.offer_index for other in on_bill if not _keep_company(ask, other.offer_index)})
    return CannotCombine(tuple(clashing)) if clashing else None


def offline_not_allowed(ask: Ask) -> OfflineNotAllowed | None:
    if ask.scene.network is Network.ONLINE:
        return None
    terms = ask.campaign.offline
    if terms.mode is OfflineMode.DENY:
        return OfflineNotAllowed(terms.mode, manager_can=False)
    if terms.mode is OfflineMode.OPEN or ask.code.outlet_id == ask.scene.outlet.outlet_id or _overridden(ask):
        return None
    return OfflineNotAllowed(terms.mode, manager_can=terms.manager_override)


def offline_cap(ask: Ask) -> OfflineCap | None:
    if ask.scene.network is Network.ONLINE or _overridden(ask):
        return None
    terms, unanswered = ask.campaign.offline, ask.scene.unanswered
    off = 0 if ask.scene.bill_fen is None and ask.offer.needs_bill_to_compute else amount_off(ask.offer, ask.scene)
    for knob, limit, value in (
        (Knob.MAX_AMOUNT_OFF, terms.max_amount_off_fen, off),
        (Knob.TILL_MAX_COUNT, terms.till_max_count, unanswered.count + 1),
        (Knob.TILL_MAX_AMOUNT, terms.till_max_amount_fen, unanswered.amount_off_fen + off),
    ):
        if limit is not None and value > limit:
            return OfflineCap(knob, limit, manager_can=terms.manager_override)
    return None


def catalogue_too_old(ask: Ask) -> CatalogueTooOld | None:
    limit, age = ask.campaign.offline.catalogue_max_age, ask.scene.catalogue_age
    if ask.scene.network is Network.ONLINE or limit is None or age is None or age <= limit or _overridden(ask):
        return None
    return CatalogueTooOld(age, limit, manager_can=ask.campaign.offline.manager_override)


def clock_wrong(ask: Ask) -> ClockWrong | None:
    return None if ask.scene.time_known else ClockWrong()


def _earlier_of_this_coupon(ask: Ask) -> list[Earlier]:
    serial = ask.code.serial
    return [row for row in ask.scene.history if row.serial == serial]


def _uses_taken(ask: Ask) -> int:
    """Uses known of, one already on this bill included: it is spent with the bill."""
    serial, scene = ask.code.serial, ask.scene
    if not scene.history and not scene.on_bill:
        return 0
    new_on_bill = sum(1 for other in scene.on_bill if other.serial == serial and not other.in_history)
    return sum(1 for row in scene.history if row.serial == serial) + new_on_bill


def _keep_company(ask: Ask, other_index: int) -> bool:
    offer, offers = ask.offer, ask.campaign.offers
    if offer.stacks_with is Stacking.NONE:
        return False
    if other_index == offer.offer_index:
        return offer.stacks_with is Stacking.ANY
    return other_index < len(offers) and offers[other_index].stacks_with is not Stacking.NONE


def _overridden(ask: Ask) -> bool:
    return ask.scene.override and ask.campaign.offline.manager_override
