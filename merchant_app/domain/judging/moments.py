"""Moments in a coupon's life that are worth a look: its first and last good second, and one outside its hours."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from merchant_app.domain.campaign import Campaign, Offer
from merchant_app.domain.judging.validity import midnight
from merchant_app.domain.judging.windows import is_good_at, window_instants

_SECOND, _DAY = timedelta(seconds=1), timedelta(days=1)
_FURTHEST = 400
"""Days that are looked through: more than a year, so that every weekday and date is among them."""


def first_good(campaign: Campaign, offer: Offer, start: datetime, end: datetime) -> datetime | None:
    """The first second from `start` on and before `end` at which the offer's hours and dates hold; None: never."""
    edges = sorted({start, *(edge for edge in _edges(campaign, offer, start, end) if start <= edge < end)})
    return next((edge for edge in edges if edge < end and is_good_at(edge, campaign, offer)), None)


def last_good(campaign: Campaign, offer: Offer, start: datetime, end: datetime) -> datetime | None:
    """The last second before `end` at which they hold."""
    edges = {edge - _SECOND for edge in (end, *_edges(campaign, offer, start, end)) if start < edge <= end}
    return next((edge for edge in sorted(edges, reverse=True) if is_good_at(edge, campaign, offer)), None)


def first_outside_hours(campaign: Campaign, offer: Offer, start: datetime, end: datetime) -> datetime | None:
    """A second of the coupon's life at which they do not hold; None where they always do."""
    edges = sorted({start, *(edge for edge in _edges(campaign, offer, start, end) if start <= edge < end)})
    return next((edge for edge in edges if not is_good_at(edge, campaign, offer)), None)


def _edges(campaign: Campaign, offer: Offer, start: datetime, end: datetime) -> Iterator[datetime]:
    """Every instant at which hours or dates may begin or stop to hold, day by day; not in order."""
    day, zone = start.astimezone(campaign.zone).date() - _DAY, campaign.zone
    last = min(day + _FURTHEST * _DAY, end.astimezone(zone).date())
    while day <= last:
        yield midnight(day, zone)
        for window in offer.weekly_windows:
            if day.weekday() in window.days:
                yield from window_instants(window, day, zone)
        day += _DAY
