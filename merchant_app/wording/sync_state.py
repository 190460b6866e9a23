"""The strip's sentences: online or offline since when, what waits, how old the data is, what the clock does."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from merchant_app.wording.when import moment
from merchant_app.wording.words import Words


def connection(words: Words, *, online: bool, since: datetime | None, zone: ZoneInfo) -> str:
    """ "Online", "Offline since 12:31"; since when it is online is nobody's question."""
    if online:
        return words._("Online")
    if since is None:
        return words._("Offline")
    return words._("Offline since {time}", time=words.time(since, zone))


def waiting(words: Words, count: int, oldest_at: datetime | None, *, now: datetime) -> str:
    """Rows that the server has not answered yet: "3 waiting, oldest 4 min"."""
    if not count:
        return words._("Nothing waiting")
    said = words.n_("{count} waiting", "{count} waiting", count)
    if oldest_at is None or now - oldest_at < timedelta(minutes=1):
        return said
    return words._("{waiting}, oldest {span}", waiting=said, span=words.span(now - oldest_at))


def last_sync(words: Words, at: datetime | None, *, now: datetime, zone: ZoneInfo) -> str:
    if at is None:
        return words._("Never synced")
    ago = now - at
    if ago < timedelta(minutes=1):
        return words._("Synced just now")
    if ago < timedelta(hours=1):
        return words._("Synced {span} ago", span=words.span(ago))
    return words._("Synced {when}", when=moment(words, at, now=now, zone=zone))


def catalogue_age(words: Words, age: timedelta | None, *, expired: bool = False) -> str:
    """How old what this till judges by is; None: it has nothing yet. `expired`: past the end the server gave it."""
    if age is None:
        return words._("No campaign data yet")
    if age < timedelta(minutes=1):
        return words._("Data up to date")
    if expired:
        return words._("Data {span} old, expired; connect this till", span=words.span(age))
    return words._("Data {span} old", span=words.span(age))


def parked(words: Words, count: int) -> str:
    return words.n_("{count} parked", "{count} parked", count) if count else ""


def contested(words: Words, count: int) -> str:
    return words.n_("{count} dispute", "{count} disputes", count) if count else ""


def clock(words: Words, *, known: bool, defended: bool, off_by: timedelta | None) -> str:
    """Nothing while the clock is right, give or take a minute. `off_by`: how far it is ahead, negative: behind."""
    if not known:
        return words._("The time is not known; connect this till once")
    if not defended or (off_by is not None and abs(off_by) < timedelta(minutes=1)):
        return ""
    if off_by is None:
        return words._("The clock is off; the server's time is used")
    span = words.span(off_by)
    if off_by < timedelta(0):
        return words._("The clock is {span} behind; the server's time is used", span=span)
    return words._("The clock is {span} ahead; the server's time is used", span=span)


def revoked(words: Words) -> str:
    return words._("This till was revoked; call the operator")


def readable(words: Words) -> str:
    return words._("The connection is not encrypted")


def synced(words: Words, *, pushed: int, pulled: int) -> str:
    """What one sync did."""
    if not pushed and not pulled:
        return words._("Nothing was new")
    return words._("{pushed} sent, {pulled} received", pushed=words.number(pushed), pulled=words.number(pulled))
