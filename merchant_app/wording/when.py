"""When something was or will be, as a person at the counter would say it: today, tomorrow, by the end of 2 July."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from merchant_app.wording.words import Words


def moment(words: Words, instant: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """An instant by its day and minute: "today 12:31", "tomorrow 10:00", "28 June 10:00"."""
    day, today = _day(instant, zone), _day(now, zone)
    return words._("{day} {time}", day=near_day(words, day, today=today), time=words.time(instant, zone))


def end(words: Words, instant: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """The first instant too late. A midnight closes the day before it: "yesterday at midnight", not "today 00:00"."""
    if words.time(instant, zone) != "00:00":
        return moment(words, instant, now=now, zone=zone)
    closed = _day(instant.astimezone(UTC) - timedelta(seconds=1), zone)
    return words._("{day} at midnight", day=near_day(words, closed, today=_day(now, zone)))


def start(words: Words, instant: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """The first instant that is late enough. A midnight opens its day: "tomorrow", not "tomorrow 00:00"."""
    if words.time(instant, zone) != "00:00":
        return moment(words, instant, now=now, zone=zone)
    return near_day(words, _day(instant, zone), today=_day(now, zone))


def near_day(words: Words, day: date, *, today: date) -> str:
    """A day by its distance where it is next to today, else by its date, with the year where that is another one."""
    match (day - today).days:
        case -1:
            return words._("yesterday")
        case 0:
            return words._("today")
        case 1:
            return words._("tomorrow")
        case _:
            return words.day(day, year=day.year != today.year)


def coming_day(words: Words, day: date, *, today: date) -> str:
    """As `near_day`, but a day of the coming week is said by its weekday: "Thursday"."""
    return words.weekday(day) if 1 < (day - today).days < 7 else near_day(words, day, today=today)


def window(words: Words, opens: datetime, closes: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """Hours to come: "Thursday from 17:00 to 22:00"; one that closes at midnight says 24:00."""
    day = coming_day(words, _day(opens, zone), today=_day(now, zone))
    until = words.time(closes, zone)
    until = "24:00" if until == "00:00" else until
    return words._("{day} from {opens} to {closes}", day=day, opens=words.time(opens, zone), closes=until)


def _day(instant: datetime, zone: ZoneInfo) -> date:
    return instant.astimezone(zone).date()
