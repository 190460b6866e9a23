"""Sentences in the language of whoever reads them: gettext for the words, Babel for money, dates and spans.

Messages are written in English where they are used and translated in `resources/locale`. A `Words` is passed to
whoever speaks; there is no current language behind anybody's back, so a till can switch while it runs.

Babel is imported where it is needed: it takes longer to load than a window to paint, whose first words need none of it.
"""

import gettext
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from merchant_app.domain.kinds import Bilingual, Fen, Language
from merchant_app.resources import resource_path

_LOCALES: dict[Language, str] = {"zh": "zh_CN", "en": "en"}
LANGUAGES: tuple[Language, ...] = ("zh", "en")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


class Words:
    """One language's sentences. Values are put in by name: `words._("{count} waiting", count=3)`."""

    def __init__(self, language: Language) -> None:
        self.language: Language = language
        self.locale = _LOCALES[language]
        self._catalogue = _catalogue(language)

    def _(self, message: str, /, **values: object) -> str:
        """The sentence for `message`."""
        text = self._catalogue.gettext(message)
        return text.format(**values) if values else text

    def n_(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """The sentence for a number of things; `{count}` is filled in by itself."""
        return self._catalogue.ngettext(singular, plural, count).format(count=self.number(count), **values)

    def p_(self, context: str, message: str, /, **values: object) -> str:
        """The sentence for a short message that means different things in different places."""
        text = self._catalogue.pgettext(context, message)
        return text.format(**values) if values else text

    def of(self, both: Bilingual) -> str:
        """What the people who wrote the campaign said in this language."""
        return both.in_language(self.language)

    def number(self, value: int) -> str:
        from babel.numbers import format_decimal

        return str(format_decimal(value, locale=self.locale))

    def percent(self, part: int, whole: int) -> str:
        """`part` of `whole`, to the full percent; a dash where there is no whole."""
        from babel.numbers import format_percent

        return str(format_percent(part / whole, locale=self.locale)) if whole else "–"

    def money(self, fen: Fen | int, *, sign: bool = True) -> str:
        """An amount in yuan with two decimals: "¥12.00", or "12.00" without its sign."""
        from babel.numbers import format_decimal

        pattern = "¥#,##0.00;-¥#,##0.00" if sign else "#,##0.00"
        return str(format_decimal(Decimal(fen) / 100, pattern, locale=self.locale))

    def short_money(self, fen: Fen | int) -> str:
        """An amount as it stands in an offer's name, whole yuan without their decimals: "¥20", "¥9.90"."""
        return self.money(fen).removesuffix(".00")

    def list(self, things: Sequence[str]) -> str:
        """Things in a row: "A, B, and C"."""
        from babel.lists import format_list

        return str(format_list(things, locale=self.locale))

    def day(self, day: date, *, year: bool = False) -> str:
        """A day as it is said in a sentence: "28 June", "6月28日"."""
        from babel.dates import format_date

        return str(format_date(day, self._date_pattern(year=year), locale=self.locale))

    def weekday(self, day: date, *, short: bool = False) -> str:
        from babel.dates import format_date

        return str(format_date(day, "EEE" if short else "EEEE", locale=self.locale))

    def time(self, instant: datetime, zone: ZoneInfo) -> str:
        """Hours and minutes on the wall clock of `zone`."""
        from babel.dates import format_time

        return str(format_time(instant, "HH:mm", tzinfo=zone, locale=self.locale))

    def date_and_time(self, instant: datetime, zone: ZoneInfo, *, year: bool = False) -> str:
        from babel.dates import format_datetime

        pattern = f"{self._date_pattern(year=year)} HH:mm"
        return str(format_datetime(instant, pattern, tzinfo=zone, locale=self.locale))

    def span(self, length: timedelta, *, up: bool = False) -> str:
        """A length of time in its two largest units at most: "2 h 14 min", "3 days", "40 s".

        Rounded down, as for what has passed, or `up`, as for what is still to wait. Its sign is not said.
        """
        seconds = abs(length).total_seconds()
        if (whole := _whole(seconds, 1, up=up)) < _MINUTE:
            return self._("{seconds} s", seconds=whole)
        if (minutes := _whole(seconds, _MINUTE, up=up)) < 2 * _DAY // _MINUTE:
            return self._hours_and_minutes(*divmod(minutes, 60))
        days, hours = divmod(_whole(seconds, _HOUR, up=up), 24)
        said = self.n_("{count} day", "{count} days", days)
        return said if not hours else self._("{days} {hours} h", days=said, hours=hours)

    def distance(self, metres: int) -> str:
        """How far it is: "350 m", "1.2 km"."""
        from babel.numbers import format_decimal

        if metres < 1000:
            return self._("{metres} m", metres=metres)
        return self._(
            "{kilometres} km", kilometres=format_decimal(Decimal(metres) / 1000, "#,##0.#", locale=self.locale)
        )

    def _hours_and_minutes(self, hours: int, minutes: int) -> str:
        if not hours:
            return self._("{minutes} min", minutes=minutes)
        if not minutes:
            return self._("{hours} h", hours=hours)
        return self._("{hours} h {minutes} min", hours=hours, minutes=minutes)

    def _date_pattern(self, *, year: bool) -> str:
        if self.language == "zh":
            return "y年M月d日" if year else "M月d日"
        return "d MMMM y" if year else "d MMMM"


def _whole(seconds: float, unit: int, *, up: bool) -> int:
    return int(-(-seconds // unit) if up else seconds // unit)


@cache
def _catalogue(language: Language) -> gettext.NullTranslations:
    """English is what the messages are written in and needs no catalogue of its own."""
    if language == "en":
        return gettext.NullTranslations()
    with resource_path("locale", _LOCALES[language], "LC_MESSAGES", "merchant_app.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)
