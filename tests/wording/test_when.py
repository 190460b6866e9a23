"""Days by their distance, and midnights that belong to the day they close or open."""

from datetime import date, datetime

import pytest

from merchant_app.wording.when import coming_day, end, moment, near_day, start, window
from tests.domain.building import at
from tests.wording.saying import EN, NOW, ZH, ZONE


@pytest.mark.parametrize(
    ("instant", "english", "chinese"),
    [
        (at(2022, 6, 30, 12, 31), "today 12:31", "今天 12:31"),
        (at(2022, 6, 29, 12, 31), "yesterday 12:31", "昨天 12:31"),
        (at(2022, 7, 1, 10), "tomorrow 10:00", "明天 10:00"),
        (at(2022, 6, 28, 10), "28 June 10:00", "6月28日 10:00"),
        (at(2021, 6, 28, 10), "28 June 2021 10:00", "2021年6月28日 10:00"),
    ],
)
def test_a_moment_by_its_day_and_minute(instant: datetime, english: str, chinese: str) -> None:
    assert moment(EN, instant, now=NOW, zone=ZONE) == english
    assert moment(ZH, instant, now=NOW, zone=ZONE) == chinese


@pytest.mark.parametrize(
    ("instant", "english", "chinese"),
    [
        (at(2022, 6, 30), "yesterday at midnight", "昨天24:00"),
        (at(2022, 7, 1), "today at midnight", "今天24:00"),
        (at(2022, 7, 3), "2 July at midnight", "7月2日24:00"),
        (at(2022, 6, 30, 12), "today 12:00", "今天 12:00"),
    ],
)
def test_a_midnight_that_ends_something_closes_the_day_before(instant: datetime, english: str, chinese: str) -> None:
    assert end(EN, instant, now=NOW, zone=ZONE) == english
    assert end(ZH, instant, now=NOW, zone=ZONE) == chinese


def test_a_midnight_that_begins_something_opens_its_day() -> None:
    assert start(EN, at(2022, 7, 1), now=NOW, zone=ZONE) == "tomorrow"
    assert start(EN, at(2022, 7, 1, 10), now=NOW, zone=ZONE) == "tomorrow 10:00"


def test_a_day_of_the_coming_week_is_a_weekday() -> None:
    today = date(2022, 6, 30)
    said = [coming_day(EN, date(2022, 7, day), today=today) for day in (1, 2, 6, 7)]
    assert said == ["tomorrow", "Saturday", "Wednesday", "7 July"]
    assert near_day(EN, date(2022, 7, 2), today=today) == "2 July"


@pytest.mark.parametrize(
    ("opens", "closes", "english", "chinese"),
    [
        (at(2022, 6, 30, 17), at(2022, 6, 30, 22), "today from 17:00 to 22:00", "今天 17:00–22:00"),
        (at(2022, 7, 2, 17), at(2022, 7, 3), "Saturday from 17:00 to 24:00", "星期六 17:00–24:00"),
        (at(2022, 7, 1, 17), at(2022, 7, 2, 2), "tomorrow from 17:00 to 02:00", "明天 17:00–02:00"),
    ],
)
def test_hours_to_come(opens: datetime, closes: datetime, english: str, chinese: str) -> None:
    assert window(EN, opens, closes, now=NOW, zone=ZONE) == english
    assert window(ZH, opens, closes, now=NOW, zone=ZONE) == chinese
