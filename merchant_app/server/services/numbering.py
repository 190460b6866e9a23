"""Numbers for new coupons: each one that no other coupon has."""

from datetime import datetime

from sqlalchemy import Connection

from merchant_app.domain.coupon_number import coupon_number
from merchant_app.server.central import Central
from merchant_app.server.db.coupons import numbers_taken


def free_numbers(connection: Connection, central: Central, drawn: list[str]) -> list[str]:
    """The same numbers, drawn again where another coupon has one: of very many, two may have drawn the same."""
    seen = numbers_taken(connection, set(drawn))
    return [_unseen(connection, central, number, seen) for number in drawn]


def _unseen(connection: Connection, central: Central, number: str, seen: set[str]) -> str:
    """This number, or the first one drawn after it that nobody has; it is added to those seen."""
    while number in seen:
        number = coupon_number(central.random_below)
        seen |= numbers_taken(connection, {number})
    seen.add(number)
    return number


def to_the_second(now: datetime) -> datetime:
    """A code carries whole seconds."""
    return now.replace(microsecond=0)
