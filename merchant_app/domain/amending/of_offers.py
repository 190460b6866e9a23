"""What a new document may not take from the coupons of one offer: each rule looks at one field of it."""

from collections.abc import Callable, Iterator

from merchant_app.domain.amending.hours import dates_taken, hours_taken
from merchant_app.domain.amending.kept import (
    Kept,
    Taken,
    at_least,
    at_most,
    limit_at_least,
    span_at_least,
    span_at_most,
)
from merchant_app.domain.campaign import AmountOff, FixedPrice, Gift, Offer, PercentOff, Stacking

_COMPANY = [Stacking.NONE, Stacking.OTHER_OFFERS, Stacking.ANY]
"""From the least company to the most."""


def _benefit(old: Offer, new: Offer) -> Iterator[Taken]:
    """Of the same kind: which of 20 off and 20% off is more depends on the bill. A gift stays the gift it was."""
    match old.benefit, new.benefit:
        case AmountOff(amount_fen=before), AmountOff(amount_fen=after):
            yield from at_least("benefit.amount_fen", before, after)
        case PercentOff() as before, PercentOff() as after:
            yield from at_least("benefit.percent", before.percent, after.percent)
            yield from limit_at_least("benefit.cap_fen", before.cap_fen, after.cap_fen)
        case FixedPrice() as before, FixedPrice() as after:
            yield from at_most("benefit.price_fen", before.price_fen, after.price_fen)
            yield from limit_at_least("benefit.cap_fen", before.cap_fen, after.cap_fen)
        case Gift(item=before), Gift(item=after):
            if after != before:
                yield "benefit.item", Kept.AS_BEFORE
        case _:
            yield "benefit.kind", Kept.AS_BEFORE


def _threshold(old: Offer, new: Offer) -> Iterator[Taken]:
    yield from at_most("min_spend_fen", old.min_spend_fen, new.min_spend_fen)


def _bill(old: Offer, new: Offer) -> Iterator[Taken]:
    """A percentage and a fixed price need the bill in any case."""
    if new.bill_required and not old.bill_required and not old.needs_bill_to_compute:
        yield "bill_required", Kept.NO_BILL


def _validity(old: Offer, new: Offer) -> Iterator[Taken]:
    yield from span_at_least("valid_for", old.valid_for, new.valid_for)


def _waiting(old: Offer, new: Offer) -> Iterator[Taken]:
    yield from span_at_most("usable_after", old.usable_after, new.usable_after)


def _uses(old: Offer, new: Offer) -> Iterator[Taken]:
    yield from at_least("uses", old.uses, new.uses)


def _holders_day(old: Offer, new: Offer) -> Iterator[Taken]:
    """The other limits of a holder are those of claiming."""
    before, after = old.per_holder.redemptions_per_day, new.per_holder.redemptions_per_day
    yield from limit_at_least("per_holder.redemptions_per_day", before, after)


def _company(old: Offer, new: Offer) -> Iterator[Taken]:
    if _COMPANY.index(new.stacks_with) < _COMPANY.index(old.stacks_with):
        yield "stacks_with", Kept.NOT_STRICTER


def _own_kind(old: Offer, new: Offer) -> Iterator[Taken]:
    """A limit that counts only where coupons of the same offer go together."""
    if old.stacks_with is Stacking.ANY:
        yield from at_least("max_per_bill", old.max_per_bill, new.max_per_bill)


def _friends(old: Offer, new: Offer) -> Iterator[Taken]:
    yield from at_least("sharing.friends", old.sharing_friends, new.sharing_friends)


OFFER_RULES: tuple[Callable[[Offer, Offer], Iterator[Taken]], ...] = (
    _benefit,
    _threshold,
    _bill,
    _validity,
    _waiting,
    hours_taken,
    dates_taken,
    _uses,
    _holders_day,
    _company,
    _own_kind,
    _friends,
)
