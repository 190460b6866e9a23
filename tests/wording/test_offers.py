"""An offer in words: what it gives, from how much, on which days and how long."""

from datetime import time

import pytest

from merchant_app.domain.campaign import (
    AmountOff,
    Benefit,
    FixedPrice,
    Gift,
    PercentOff,
    Stacking,
    Validity,
    WeeklyWindow,
)
from merchant_app.domain.kinds import Bilingual, Fen
from merchant_app.wording.offers import benefit, running_until, terms
from merchant_app.wording.weekly import days, hours, weekly_hours
from tests.domain.building import a_campaign, a_window, an_offer, dates
from tests.wording.saying import EN, ZH, ZONE


@pytest.mark.parametrize(
    ("gives", "least", "english", "chinese"),
    [
        (AmountOff(Fen(2000)), 10000, "¥20 off from ¥100", "满¥100立减¥20"),
        (AmountOff(Fen(2050)), 0, "¥20.50 off", "立减¥20.50"),
        (PercentOff(20, Fen(5000)), 0, "20% off, at most ¥50 off", "打8折，最高减¥50"),
        (PercentOff(20, Fen(5000)), 10000, "20% off from ¥100, at most ¥50 off", "满¥100打8折，最高减¥50"),
        (PercentOff(15, None), 0, "15% off", "打8.5折"),
        (PercentOff(95, None), 0, "95% off", "打0.5折"),
        (PercentOff(100, None), 0, "free of charge", "免单"),
        (FixedPrice(Fen(990), Fen(5000)), 0, "for ¥9.90, at most ¥50 off", "减至¥9.90，最高减¥50"),
        (Gift(Bilingual("酸梅汤", "plum juice")), 0, "free: plum juice", "兑换酸梅汤"),
        (Gift(Bilingual("酸梅汤", "plum juice")), 5000, "free: plum juice from ¥50", "满¥50兑换酸梅汤"),
    ],
)
def test_a_benefit_in_one_line(gives: Benefit, least: int, english: str, chinese: str) -> None:
    offer = an_offer(gives, min_spend_fen=Fen(least))
    assert benefit(EN, offer) == english
    assert benefit(ZH, offer) == chinese


@pytest.mark.parametrize(
    ("window", "english", "chinese"),
    [
        (a_window("mon tue wed thu fri", "17:00", "22:00"), "Mon–Fri 17:00–22:00", "周一至周五 17:00–22:00"),
        (a_window("sat sun", "12:00", "24:00"), "Sat, Sun 12:00–24:00", "周六、周日 12:00–24:00"),
        (a_window("mon wed thu fri sun", "17:00", "02:00"), "Mon, Wed–Fri, Sun 17:00–02:00 the next day", None),
        (a_window("mon tue wed thu fri sat sun", "00:00", "24:00"), "daily 00:00–24:00", "每天 00:00–24:00"),
    ],
)
def test_weekly_hours(window: WeeklyWindow, english: str, chinese: str | None) -> None:
    assert weekly_hours(EN, [window]) == english
    assert chinese is None or weekly_hours(ZH, [window]) == chinese


def test_several_windows_and_none() -> None:
    two = [a_window("mon", "09:00", "11:00"), a_window("tue", "17:00", "22:00")]
    assert weekly_hours(EN, two) == "Mon 09:00–11:00; Tue 17:00–22:00"
    assert weekly_hours(EN, []) == ""
    assert days(EN, frozenset()) == ""
    assert hours(ZH, WeeklyWindow(frozenset({0}), time(17), time(2))) == "17:00–次日02:00"


def test_all_the_rules_of_an_offer() -> None:
    offer = an_offer(
        valid_for=Validity(days=5),
        usable_after=Validity(days=1),
        weekly_windows=(a_window("thu", "17:00", "22:00"),),
        excluded_dates=dates("2022-07-01", "2022-07-02"),
        uses=3,
        stacks_with=Stacking.ANY,
        max_per_bill=2,
    )
    assert terms(EN, offer) == [
        "for 5 days, the day of issue included",
        "from the day after issue",
        "Thu 17:00–22:00",
        "not on 1 July and 2 July",
        "good 3 times",
        "up to 2 on one bill",
    ]
    assert terms(ZH, offer)[0] == "领取后5天内有效（含当天）"


def test_the_rules_of_the_plainest_offer() -> None:
    assert terms(EN, an_offer(valid_for=None)) == ["not together with other coupons"]
    offer = an_offer(valid_for=Validity(hours=120), usable_after=Validity(hours=2), stacks_with=Stacking.OTHER_OFFERS)
    assert terms(EN, offer) == [
        "for 120 hours from issue",
        "from 2 hours after issue",
        "one on a bill, together with other offers",
    ]


def test_until_when_a_campaign_runs() -> None:
    assert running_until(EN, a_campaign(), zone=ZONE) == "until 19 July at midnight"
    assert running_until(ZH, a_campaign(), zone=ZONE) == "至7月19日24:00"
