"""What must be kept when a campaign is amended; and the comparisons that several rules share."""

from collections.abc import Iterator
from enum import StrEnum

from merchant_app.domain.campaign import Validity


class Kept(StrEnum):
    """What is expected in a field of the new document, said as a document's mistakes are."""

    AS_BEFORE = "what it was before: it stays once a campaign is open"
    NO_LESS = "no less than before"
    NO_MORE = "no more than before"
    NO_EARLIER = "no earlier than before"
    NO_LATER = "no later than before"
    NO_SHORTER = "no shorter than before, and in the same unit"
    NO_LONGER = "no longer than before, and in the same unit"
    NO_LIMIT = "no limit where there was none before"
    NO_BILL = "no bill where none was needed before"
    NOT_STRICTER = "nothing stricter than before"
    ALL_OF_THEM = "everything that was here before"
    EVERY_HOUR = "every hour that was good before"
    EVERY_DATE = "every date that was good before"
    AS_ISSUED = "no less than was issued already"
    AS_COUNTED = "no less than was counted for coupons already"
    CHANNELS_IN_USE = "every channel of a claim link that still stands"


Taken = tuple[str, Kept]
"""The path of a field in the document, and what must be kept there."""


def at_least(path: str, old: int, new: int) -> Iterator[Taken]:
    if new < old:
        yield path, Kept.NO_LESS


def at_most(path: str, old: int, new: int) -> Iterator[Taken]:
    if new > old:
        yield path, Kept.NO_MORE


def limit_at_least(path: str, old: int | None, new: int | None) -> Iterator[Taken]:
    """A limit that a holder feels; None: none."""
    if new is None:
        return
    if old is None:
        yield path, Kept.NO_LIMIT
    else:
        yield from at_least(path, old, new)


def span_at_least(path: str, old: Validity | None, new: Validity | None) -> Iterator[Taken]:
    """How long something lasts; None: for ever. Days and hours are not compared: a day may have 23 hours, or 25."""
    if new is None:
        return
    if old is None:
        yield path, Kept.NO_LIMIT
    elif not _is_covered(old, new):
        yield path, Kept.NO_SHORTER


def span_at_most(path: str, old: Validity | None, new: Validity | None) -> Iterator[Taken]:
    """How long a holder has to wait; None: not at all."""
    if new is not None and (old is None or not _is_covered(new, old)):
        yield path, Kept.NO_LONGER


def _is_covered(short: Validity, long: Validity) -> bool:
    if short.hours is not None and long.hours is not None:
        return short.hours <= long.hours
    return short.days is not None and long.days is not None and short.days <= long.days
