"""Whether an offer's new hours and dates hold all of its old ones: sets of minutes, compared day by day.

A set of minutes of a day is a whole number with a bit for each: bit 0 is 00:00. On a day the offer is usable in the
minutes of the windows that begin on it, if its date is good, and in those of windows that began the evening before, if
that date is. A day is like every other of its weekday unless it or the day before is named as a date, so it is enough
to look at the days that are, and at one plain week.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import count

from merchant_app.domain.amending.kept import Kept, Taken
from merchant_app.domain.campaign import Offer, WeeklyWindow
from merchant_app.domain.judging.windows import is_good_date

_WHOLE_DAY = (1 << 24 * 60) - 1
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Week:
    """By weekday: the minutes of windows that begin on it, on that day and, past midnight, on the day after."""

    begun: tuple[int, ...]
    carried: tuple[int, ...]


def hours_taken(old: Offer, new: Offer) -> Iterator[Taken]:
    """With the dates left as they were."""
    if _is_narrower(old, replace(new, excluded_dates=old.excluded_dates, only_dates=old.only_dates)):
        yield "weekly_windows", Kept.EVERY_HOUR


def dates_taken(old: Offer, new: Offer) -> Iterator[Taken]:
    """Each with the other left as it was; and what only all three together take, which the dates are told of."""
    if not _is_narrower(old, new):
        return
    fields = ("excluded_dates", "only_dates")
    blamed = [field for field in fields if _is_narrower(old, replace(old, **{field: getattr(new, field)}))]
    if not blamed and _is_narrower(old, replace(old, weekly_windows=new.weekly_windows)):
        return
    yield from ((field, Kept.EVERY_DATE) for field in blamed or ["excluded_dates"])


def _is_narrower(old: Offer, new: Offer) -> bool:
    weeks = _week(old.weekly_windows), _week(new.weekly_windows)
    return any(_minutes(weeks[0], old, day) & ~_minutes(weeks[1], new, day) for day in _telling_days(old, new))


def _minutes(week: _Week, offer: Offer, day: date) -> int:
    """The minutes of `day` at which a coupon is usable."""
    before, minutes = day - _DAY, 0
    if is_good_date(day, offer):
        minutes |= week.begun[day.weekday()]
    if is_good_date(before, offer):
        minutes |= week.carried[before.weekday()]
    return minutes


def _week(windows: tuple[WeeklyWindow, ...]) -> _Week:
    if not windows:
        return _Week((_WHOLE_DAY,) * 7, (0,) * 7)
    begun, carried = [0] * 7, [0] * 7
    for window in windows:
        for day in window.days:
            if window.runs_past_midnight:
                begun[day] |= _span(window.from_time, time(0))
                carried[day] |= _span(time(0), window.until_time)
            else:
                begun[day] |= _span(window.from_time, window.until_time)
    return _Week(tuple(begun), tuple(carried))


def _span(start: time, end: time) -> int:
    """The minutes from `start` to `end`; an `end` of 00:00 is the day's end."""
    first, last = start.hour * 60 + start.minute, end.hour * 60 + end.minute or 24 * 60
    return (1 << last) - (1 << first)


def _telling_days(old: Offer, new: Offer) -> Iterator[date]:
    """Days of which each other day, in both offers, has a like: those named, the day after each, and a plain week."""
    either = old.excluded_dates | old.only_dates | new.excluded_dates | new.only_dates
    named = {day for day in either if date.min < day < date.max}
    yield from sorted({day for each in named for day in (each, each + _DAY)})
    weeks = (date(2001, 1, 1) + timedelta(days=9 * step) for step in count())
    first = next(start for start in weeks if not any(start - _DAY <= day < start + 7 * _DAY for day in named))
    yield from (first + timedelta(days=offset) for offset in range(7))
