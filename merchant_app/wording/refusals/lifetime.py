"""Before its time, after it, or withdrawn in it."""

from datetime import datetime
from typing import assert_never

from merchant_app.domain.judging.reasons import CampaignEnded, Expired, KeyRevoked, Limit, NotStarted, Revoked, TooSoon
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said
from merchant_app.wording.when import end, moment, start

Lifetime = KeyRevoked | Revoked | NotStarted | TooSoon | Expired | CampaignEnded


def not_in_its_lifetime(reason: Lifetime, asking: Asking) -> Said:
    words = asking.words
    match reason:
        case KeyRevoked(since=since) | Revoked(since=since):
            when = moment(words, since, now=asking.now, zone=asking.zone)
            title = words._("Withdrawn by the organiser {when}", when=when)
            return said(words, title, words._("The organiser can tell the customer more."))
        case NotStarted(usable_from=usable_from) | TooSoon(usable_from=usable_from):
            return said(words, _usable(usable_from, asking), words._("Ask the customer to come back then."))
        case Expired(ended_at=ended_at, limit=limit):
            return said(words, _ended(ended_at, limit, asking), _another(asking))
        case CampaignEnded(ended_at=ended_at):
            when = end(words, ended_at, now=asking.now, zone=asking.zone)
            return said(words, words._("The campaign ended {when}", when=when), _another(asking))
        case _:
            assert_never(reason)


def _usable(usable_from: datetime, asking: Asking) -> str:
    """A wait of less than a day is said in hours, since that is what the customer can plan with."""
    words, zone = asking.words, asking.zone
    if usable_from.astimezone(zone).date() != asking.today:
        return words._("Usable from {when}", when=start(words, usable_from, now=asking.now, zone=zone))
    wait = words.span(usable_from - asking.now, up=True)
    return words._("Usable in {span}, from {time}", span=wait, time=words.time(usable_from, zone))


def _ended(ended_at: datetime, limit: Limit, asking: Asking) -> str:
    words, when = asking.words, end(asking.words, ended_at, now=asking.now, zone=asking.zone)
    match limit:
        case Limit.VALIDITY:
            return words._("Ended {when}", when=when)
        case Limit.ROUND:
            return words._("Ended {when} (its round ended)", when=when)
        case _:
            assert_never(limit)


def _another(asking: Asking) -> str:
    return asking.words._("Ask whether the customer has another coupon.")
