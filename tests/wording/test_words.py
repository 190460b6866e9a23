"""Money, days, hours and spans as people say them, in both languages."""

from datetime import date, timedelta

import pytest

from merchant_app.domain.kinds import Bilingual, Fen
from tests.domain.building import at
from tests.wording.saying import EN, ZH, ZONE


@pytest.mark.parametrize(
    ("fen", "said", "bare"),
    [
        (0, "¥0.00", "0.00"),
        (5, "¥0.05", "0.05"),
        (1200, "¥12.00", "12.00"),
        (123456789, "¥1,234,567.89", "1,234,567.89"),
    ],
)
def test_money_is_said_to_the_fen_in_both_languages(fen: int, said: str, bare: str) -> None:
    for words in (EN, ZH):
        assert words.money(Fen(fen)) == said
        assert words.money(Fen(fen), sign=False) == bare


def test_money_taken_back_is_negative() -> None:
    assert EN.money(-1250) == "-¥12.50"


@pytest.mark.parametrize(("fen", "said"), [(2000, "¥20"), (990, "¥9.90"), (100000, "¥1,000"), (0, "¥0")])
def test_in_an_offers_name_whole_yuan_stand_without_decimals(fen: int, said: str) -> None:
    assert EN.short_money(Fen(fen)) == ZH.short_money(Fen(fen)) == said


def test_days_and_times() -> None:
    moment = at(2022, 6, 28, 10, 5)
    assert (EN.day(date(2022, 6, 28)), ZH.day(date(2022, 6, 28))) == ("28 June", "6月28日")
    assert (EN.day(date(2022, 6, 28), year=True), ZH.day(date(2022, 6, 28), year=True)) == (
        "28 June 2022",
        "2022年6月28日",
    )
    assert EN.time(moment, ZONE) == ZH.time(moment, ZONE) == "10:05"
    assert (EN.date_and_time(moment, ZONE), ZH.date_and_time(moment, ZONE)) == ("28 June 10:05", "6月28日 10:05")
    assert (EN.weekday(date(2022, 6, 30)), ZH.weekday(date(2022, 6, 30))) == ("Thursday", "星期四")
    assert (EN.weekday(date(2022, 6, 30), short=True), ZH.weekday(date(2022, 6, 30), short=True)) == ("Thu", "周四")


@pytest.mark.parametrize(
    ("length", "english", "chinese"),
    [
        (timedelta(seconds=40), "40 s", "40秒"),
        (timedelta(minutes=4, seconds=59), "4 min", "4分钟"),
        (timedelta(hours=2, minutes=14), "2 h 14 min", "2小时14分钟"),
        (timedelta(hours=3), "3 h", "3小时"),
        (timedelta(hours=47, minutes=59), "47 h 59 min", "47小时59分钟"),
        (timedelta(days=2), "2 days", "2天"),
        (timedelta(hours=80), "3 days 8 h", "3天8小时"),
        (timedelta(hours=-3), "3 h", "3小时"),
        (timedelta(0), "0 s", "0秒"),
    ],
)
def test_spans_in_their_two_largest_units(length: timedelta, english: str, chinese: str) -> None:
    assert EN.span(length) == english
    assert ZH.span(length) == chinese


def test_what_is_still_to_wait_is_rounded_up() -> None:
    assert EN.span(timedelta(hours=2, minutes=13, seconds=1), up=True) == "2 h 14 min"
    assert EN.span(timedelta(seconds=59, milliseconds=1), up=True) == "1 min"
    assert EN.span(timedelta(minutes=59, seconds=1), up=True) == "1 h"
    assert EN.span(timedelta(hours=47, minutes=59, seconds=1), up=True) == "2 days"


@pytest.mark.parametrize(
    ("metres", "english", "chinese"),
    [(0, "0 m", "0米"), (940, "940 m", "940米"), (1230, "1.2 km", "1.2公里"), (2000, "2 km", "2公里")],
)
def test_distances(metres: int, english: str, chinese: str) -> None:
    assert EN.distance(metres) == english
    assert ZH.distance(metres) == chinese


def test_numbers_lists_and_shares() -> None:
    assert EN.number(12345) == ZH.number(12345) == "12,345"
    assert (EN.list(["A", "B", "C"]), ZH.list(["A", "B", "C"])) == ("A, B, and C", "A、B和C")
    assert EN.list([]) == ""
    assert (EN.percent(1, 8), EN.percent(0, 0)) == ("12%", "–")


def test_one_and_many() -> None:
    assert EN.n_("{count} redemption kept", "{count} redemptions kept", 1) == "1 redemption kept"
    assert EN.n_("{count} redemption kept", "{count} redemptions kept", 1000) == "1,000 redemptions kept"
    assert ZH.n_("{count} redemption kept", "{count} redemptions kept", 2) == "有效核销：2笔"


def test_the_campaigns_own_words_are_said_in_the_readers_language() -> None:
    title = Bilingual("满100减20", "20 off 100")
    assert (EN.of(title), ZH.of(title)) == ("20 off 100", "满100减20")


def test_a_message_without_a_translation_is_said_in_english() -> None:
    assert ZH._("Nobody has translated {this}", this="that") == "Nobody has translated that"
