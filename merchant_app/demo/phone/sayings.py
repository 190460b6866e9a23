"""What the phone says of a coupon: its title, and in one line what is the matter with it."""

from datetime import timedelta

from merchant_app.demo.customers import Customer, Kind
from merchant_app.demo.samples import ZONE, outlet_names
from merchant_app.wording import Words

TROUBLED = frozenset({Kind.EXPIRED, Kind.OTHER_SHOP, Kind.USED, Kind.PAYMENT})
"""Kinds that no till takes, however the bill stands."""


def title(words: Words, customer: Customer) -> str:
    """The offer's own title; a payment code has none."""
    return words._("Payment code") if customer.offer is None else words.of(customer.offer.title)


def remark(words: Words, customer: Customer) -> str:
    """Why this one is worth showing."""
    match customer.kind:
        case Kind.GOOD:
            return words._("Good here today")
        case Kind.SHORT:
            short_by = (customer.offer.min_spend_fen if customer.offer else 0) - (customer.bill_fen or 0)
            return words._("{amount} short", amount=words.money(short_by))
        case Kind.NEEDS_BILL:
            return words._("Nothing rung up yet")
        case Kind.SHARED:
            return words._("Shared by a friend")
        case Kind.ANY_OUTLET:
            return words._("Any shop, if online")
        case Kind.OTHER_SHOP | Kind.EXPIRED | Kind.USED | Kind.PAYMENT:
            return _unusable(words, customer)


def bill(words: Words, customer: Customer) -> str:
    """What the customer buys; empty where nothing is rung up."""
    return "" if customer.bill_fen is None else words._("Bill {amount}", amount=words.money(customer.bill_fen))


def one_line(words: Words, customer: Customer) -> str:
    """Both in one line; of a coupon that is no good the bill says nothing."""
    parts = [remark(words, customer), "" if customer.kind in TROUBLED else bill(words, customer)]
    return " · ".join(part for part in parts if part)


def countdown(left: timedelta) -> str:
    """Minutes and seconds, as a clock shows them."""
    seconds = max(0, int(left.total_seconds()))
    return f"{seconds // 60}:{seconds % 60:02d}"


def _unusable(words: Words, customer: Customer) -> str:
    match customer.kind:
        case Kind.OTHER_SHOP if customer.paper_for is not None:
            return words._("Only for {outlet}", outlet=words.of(outlet_names()[customer.paper_for]))
        case Kind.EXPIRED if customer.issued is not None:
            last_day = (customer.issued.ends_at - timedelta(seconds=1)).astimezone(ZONE).date()
            return words._("Good until {day}", day=words.day(last_day))
        case Kind.USED:
            return words._("Used before")
        case _:
            return words._("No coupon at all")
