"""On which days, at which hours: weekly windows, excluded dates and only-dates, on the campaign's own wall clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ..campaign import Offer, WeeklyWindow
from .ask import Ask
from .reasons import ExcludedDate, OutsideHours
from .validity import last_instant, midnight

_FURTHEST = 366
"""Days that are looked through for the next usable window: a year shows every weekday on every date."""


def outside_hours(ask: Ask) -> OutsideHours | None:
    offer = ask.offer
    if not offer.weekly_windows or any(True for _ in _days_of_windows_now(ask.local, offer)):
        return None
    following = next_window(ask)
    return OutsideHours(None, None) if following is None else OutsideHours(*following)


def excluded_date(ask: Ask) -> ExcludedDate | None:
    """Looks at the day on which the window that holds now began; outside every window, and without any, at today."""
    offer = ask.offer
    if not offer.excluded_dates and not offer.only_dates:
        return None
    days = list(_days_of_windows_now(ask.local, offer)) or [ask.today]
    if any(_date_is_good(day, offer) for day in days):
        return None
    return ExcludedDate(_next_good_date(ask))


def next_window(ask: Ask) -> tuple[datetime, datetime] | None:
    """The next window in which the coupon is usable, as aware UTC instants; None where none opens before its end."""
    end = last_instant(ask.code.issued_at, ask.campaign, ask.offer, ask.issue_round)
    for day in _days_from(ask.today, _FURTHEST):
        if not _date_is_good(day, ask.offer):
            continue
        for window in sorted(ask.offer.weekly_windows, key=lambda w: w.from_time):
            opens, closes = window_instants(window, day, ask.campaign.zone)
            if day.weekday() in window.days and opens > ask.scene.now:
                return (opens, closes) if opens < end else None
    return None


def window_instants(window: WeeklyWindow, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the window that begins on `day` opens and closes, aware UTC."""
    opens = datetime.combine(day, window.from_time, zone).astimezone(UTC)
    if window.until_time == time(0) or window.runs_past_midnight:
        return opens, datetime.combine(day + timedelta(days=1), window.until_time, zone).astimezone(UTC)
    return opens, datetime.combine(day, window.until_time, zone).astimezone(UTC)


def _days_of_windows_now(local: datetime, offer: Offer) -> Iterator[date]:
    """The day on which each window that holds now began."""
    now, weekday = local.time(), local.weekday()
    for window in offer.weekly_windows:
        until = window.until_time
        if weekday in window.days and window.from_time <= now and (until <= window.from_time or now < until):
            yield local.date()
        if window.runs_past_midnight and (weekday - 1) % 7 in window.days and now < until:
            yield local.date() - timedelta(days=1)


def _date_is_good(day: date, offer: Offer) -> bool:
    return day not in offer.excluded_dates and (not offer.only_dates or day in offer.only_dates)


def _next_good_date(ask: Ask) -> date | None:
    end = last_instant(ask.code.issued_at, ask.campaign, ask.offer, ask.issue_round)
    for day in _days_from(ask.today + timedelta(days=1), _FURTHEST):
        if _date_is_good(day, ask.offer) and (
            not ask.offer.weekly_windows or any(day.weekday() in window.days for window in ask.offer.weekly_windows)
        ):
            return day if midnight(day, ask.campaign.zone) < end else None
    return None


def _days_from(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range(count))
