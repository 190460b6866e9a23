"""On which days, at which hours: weekly windows, excluded dates and only-dates, on the campaign's own wall clock."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import Campaign, Offer, WeeklyWindow
from merchant_app.domain.judging.ask import Ask
from merchant_app.domain.judging.reasons import ExcludedDate, OutsideHours
from merchant_app.domain.judging.validity import last_instant, midnight, usable_from, wall_instant

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
    if any(is_good_date(day, offer) for day in days):
        return None
    return ExcludedDate(_next_good_date(ask))


def is_good_at(now: datetime, campaign: Campaign, offer: Offer) -> bool:
    """Whether the offer's hours and dates let a coupon be used at `now`, whatever else may speak against it."""
    local = now.astimezone(campaign.zone)
    days = list(_days_of_windows_now(local, offer)) if offer.weekly_windows else [local.date()]
    return any(is_good_date(day, offer) for day in days)


def next_window(ask: Ask) -> tuple[datetime, datetime] | None:
    """The next hours in which the coupon is usable, as aware UTC instants; None where there are none before its end.

    A window is cut to the coupon's own life: the part of it that is too soon or too late is of no use to the customer.
    """
    first, end = _first_usable(ask), _end(ask)
    day_before = first.astimezone(ask.campaign.zone).date() - timedelta(days=1)
    for day in _days_from(day_before, _FURTHEST):
        if not is_good_date(day, ask.offer):
            continue
        for window in sorted(ask.offer.weekly_windows, key=lambda w: w.from_time):
            opens, closes = window_instants(window, day, ask.campaign.zone)
            if opens <= ask.scene.now:
                opens = _second_opening(window, day, ask.campaign.zone)
            opens, closes = max(opens, first), min(closes, end)
            if day.weekday() in window.days and ask.scene.now < opens < closes:
                return opens, closes
    return None


def window_instants(window: WeeklyWindow, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """When the window that begins on `day` opens and closes, aware UTC."""
    ends_next_day = window.until_time == time(0) or window.runs_past_midnight
    last_day = day + timedelta(days=1) if ends_next_day else day
    return (
        wall_instant(datetime.combine(day, window.from_time), zone),
        wall_instant(datetime.combine(last_day, window.until_time), zone),
    )


def is_good_date(day: date, offer: Offer) -> bool:
    """Whether what begins on `day` may be used, as far as dates go."""
    return day not in offer.excluded_dates and (not offer.only_dates or day in offer.only_dates)


def _second_opening(window: WeeklyWindow, day: date, zone: ZoneInfo) -> datetime:
    """Where clocks go back over the hour of opening, a window closes and opens again; elsewhere it opens once."""
    return datetime.combine(day, window.from_time, zone).replace(fold=1).astimezone(UTC)


def _days_of_windows_now(local: datetime, offer: Offer) -> Iterator[date]:
    """The day on which each window that holds now began."""
    now, weekday = local.time(), local.weekday()
    for window in offer.weekly_windows:
        until = window.until_time
        if weekday in window.days and window.from_time <= now and (until <= window.from_time or now < until):
            yield local.date()
        if window.runs_past_midnight and (weekday - 1) % 7 in window.days and now < until:
            yield local.date() - timedelta(days=1)


def _next_good_date(ask: Ask) -> date | None:
    """The next day on which the customer can come."""
    zone = ask.campaign.zone
    if ask.offer.weekly_windows:
        following = next_window(ask)
        return None if following is None else following[0].astimezone(zone).date()
    first = max(ask.today + timedelta(days=1), _first_usable(ask).astimezone(zone).date())
    for day in _days_from(first, _FURTHEST):
        if is_good_date(day, ask.offer):
            return day if midnight(day, zone) < _end(ask) else None
    return None


def _first_usable(ask: Ask) -> datetime:
    usable = usable_from(ask.code.issued_at, ask.campaign, ask.offer)
    return max(ask.scene.now, ask.campaign.starts_at, usable)


def _end(ask: Ask) -> datetime:
    return last_instant(ask.code.issued_at, ask.campaign, ask.offer, ask.issue_round)


def _days_from(first: date, count: int) -> Iterator[date]:
    return (first + timedelta(days=offset) for offset in range(count))
