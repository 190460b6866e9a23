"""`taken_from_holders`: every field of a new document that would take something from who holds a coupon of the old one.

Each rule looks at one field and asks for "at least as good as before" there. All of them together promise: whatever was
accepted under the old document, with the server's answer, is accepted under the new one, for at least as much off.
The offline limits are free: with the server's answer they take nothing. So are the words, the pictures, the terms of a
void, which are the outlet's, and everything that concerns coupons not issued yet: stock, claims, budget, channels.
"""

from collections.abc import Callable, Iterator

from merchant_app.domain.amending.kept import Kept, Taken, at_least
from merchant_app.domain.amending.of_offers import OFFER_RULES
from merchant_app.domain.campaign import Campaign, HoldRelease, Offer

Rule = Callable[[Campaign, Campaign], Iterator[Taken]]


def taken_from_holders(old: Campaign, new: Campaign) -> list[Taken]:
    """Every field that takes something, by its path, and what must be kept there."""
    return [taken for rule in _RULES for taken in rule(old, new)]


def _number(old: Campaign, new: Campaign) -> Iterator[Taken]:
    if new.campaign_id != old.campaign_id:
        yield "campaign_id", Kept.AS_BEFORE


def _zone(old: Campaign, new: Campaign) -> Iterator[Taken]:
    """Every day and hour of every coupon is read in it."""
    if new.zone.key != old.zone.key:
        yield "time_zone", Kept.AS_BEFORE


def _start(old: Campaign, new: Campaign) -> Iterator[Taken]:
    if new.starts_at > old.starts_at:
        yield "starts_at", Kept.NO_LATER


def _end(old: Campaign, new: Campaign) -> Iterator[Taken]:
    if new.ends_at < old.ends_at:
        yield "ends_at", Kept.NO_EARLIER


def _rounds_stay(old: Campaign, new: Campaign) -> Iterator[Taken]:
    """A coupon carries its round's index: rounds are appended only."""
    if len(new.rounds) < len(old.rounds):
        yield "rounds", Kept.ALL_OF_THEM


def _coupons_end(old: Campaign, new: Campaign) -> Iterator[Taken]:
    """Without an end of their own a round's coupons ended with the campaign."""
    for before, after in zip(old.rounds, new.rounds, strict=False):
        end_before = min(before.coupons_end_at or old.ends_at, old.ends_at)
        if after.coupons_end_at is not None and after.coupons_end_at < end_before:
            yield f"rounds.{before.round_index}.coupons_end_at", Kept.NO_EARLIER


def _offers_stay(old: Campaign, new: Campaign) -> Iterator[Taken]:
    """A coupon carries its offer's index: offers are appended only."""
    if len(new.offers) < len(old.offers):
        yield "offers", Kept.ALL_OF_THEM


def _outlets(old: Campaign, new: Campaign) -> Iterator[Taken]:
    if new.outlets is not None and (old.outlets is None or not old.outlets <= new.outlets):
        yield "outlets", Kept.ALL_OF_THEM


def _districts(old: Campaign, new: Campaign) -> Iterator[Taken]:
    if new.districts is not None and (old.districts is None or not old.districts <= new.districts):
        yield "districts", Kept.ALL_OF_THEM


def _categories(old: Campaign, new: Campaign) -> Iterator[Taken]:
    """A primary category stands for all of its own; all of its own do not stand for it, since more may come."""
    if new.categories is not None and (old.categories is None or not all(map(new.takes_category, old.categories))):
        yield "categories", Kept.ALL_OF_THEM


def _hold(old: Campaign, new: Campaign) -> Iterator[Taken]:
    """How long a coupon can be shown, and how soon it can be shown elsewhere."""
    yield from at_least("hold.minutes", old.hold.minutes, new.hold.minutes)
    yield from at_least("hold.longest_minutes", old.hold.longest_minutes, new.hold.longest_minutes)
    if old.hold.release is HoldRelease.EXPIRY and new.hold.release is not HoldRelease.EXPIRY:
        yield "hold.release", Kept.NOT_STRICTER


def _each_offer(rule: Callable[[Offer, Offer], Iterator[Taken]]) -> Rule:
    def of_all(old: Campaign, new: Campaign) -> Iterator[Taken]:
        for before, after in zip(old.offers, new.offers, strict=False):
            for field, kept in rule(before, after):
                yield f"offers.{before.offer_index}.{field}", kept

    return of_all


_RULES: tuple[Rule, ...] = (
    _number,
    _zone,
    _start,
    _end,
    _rounds_stay,
    _coupons_end,
    _offers_stay,
    *map(_each_offer, OFFER_RULES),
    _outlets,
    _districts,
    _categories,
    _hold,
)
