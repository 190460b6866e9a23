"""Weekly hours in words: "Mon–Fri 17:00–22:00; Sat, Sun 12:00–24:00"."""

from collections.abc import Iterable
from datetime import date, time, timedelta
from itertools import pairwise

from merchant_app.domain.campaign import WeeklyWindow
from merchant_app.wording.words import Words

_A_MONDAY = date(2024, 1, 1)


def weekly_hours(words: Words, windows: Iterable[WeeklyWindow]) -> str:
    """Nothing where an offer is good at all hours."""
    said = (f"{days(words, window.days)} {hours(words, window)}" for window in windows)
    return words._("; ").join(said)


def hours(words: Words, window: WeeklyWindow) -> str:
    opens, closes = f"{window.from_time:%H:%M}", f"{window.until_time:%H:%M}"
    if window.runs_past_midnight:
        return words._("{opens}–{closes} the next day", opens=opens, closes=closes)
    return words._("{opens}–{closes}", opens=opens, closes="24:00" if window.until_time == time(0) else closes)


def days(words: Words, weekdays: frozenset[int]) -> str:
    """Weekdays (0 = Monday), three or more in a row by their ends: "Mon–Fri", "Mon, Wed"."""
    if len(weekdays) == 7:
        return words._("daily")
    said = []
    for first, last in _runs(sorted(weekdays)):
        names = [words.weekday(_A_MONDAY + timedelta(days=day), short=True) for day in range(first, last + 1)]
        said += [words._("{first}–{last}", first=names[0], last=names[-1])] if len(names) > 2 else names
    return words._(", ").join(said)


def _runs(weekdays: list[int]) -> list[tuple[int, int]]:
    """Unbroken rows of days, as (first, last)."""
    if not weekdays:
        return []
    ends = [day for day, after in pairwise(weekdays) if after != day + 1] + [weekdays[-1]]
    starts = [weekdays[0]] + [after for day, after in pairwise(weekdays) if after != day + 1]
    return list(zip(starts, ends, strict=True))
