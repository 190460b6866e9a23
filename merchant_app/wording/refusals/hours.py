"""Good, but not at this hour, not today, or not any longer on this screen."""

from datetime import timedelta
from typing import assert_never

from merchant_app.domain.judging.reasons import DailyLimit, ExcludedDate, HoldExpired, OutsideHours
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said
from merchant_app.wording.when import coming_day, window


def not_at_this_hour(reason: OutsideHours | ExcludedDate | DailyLimit | HoldExpired, asking: Asking) -> Said:
    match reason:
        case OutsideHours():
            return _outside_hours(reason, asking)
        case ExcludedDate():
            return _excluded_date(reason, asking)
        case DailyLimit():
            return _daily_limit(reason, asking)
        case HoldExpired():
            return _hold_expired(reason, asking)
        case _:
            assert_never(reason)


def _outside_hours(reason: OutsideHours, asking: Asking) -> Said:
    words = asking.words
    if reason.next_from is None or reason.next_until is None:
        return said(words, words._("Not usable at this hour, nor later before it ends"))
    hours = window(words, reason.next_from, reason.next_until, now=asking.now, zone=asking.zone)
    return said(words, words._("Usable {hours}", hours=hours), words._("Ask the customer to come back then."))


def _excluded_date(reason: ExcludedDate, asking: Asking) -> Said:
    words = asking.words
    if reason.next_date is None:
        return said(words, words._("Not usable today, nor later before it ends"))
    day = coming_day(words, reason.next_date, today=asking.today)
    title = words._("Not usable today; again {day}", day=day)
    return said(words, title, words._("Ask the customer to come back then."))


def _daily_limit(reason: DailyLimit, asking: Asking) -> Said:
    words = asking.words
    title = words.n_("Only {count} a day for each customer", "Only {count} a day for each customer", reason.per_day)
    day = coming_day(words, reason.next_date, today=asking.today)
    return said(words, title, words._("Usable again {day}.", day=day))


def _hold_expired(reason: HoldExpired, asking: Asking) -> Said:
    words, ago = asking.words, asking.now - reason.since
    title = words._("This code has run out")
    if ago >= timedelta(minutes=1):
        title = words._("This code ran out {span} ago", span=words.span(ago))
    return said(words, title, words._("Ask the customer to press “show” again."))
