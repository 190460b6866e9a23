"""Every reason in one line with what puts it right, in both languages, plainly and without codes."""

import re
from datetime import date, timedelta

import pytest

from merchant_app.domain.judging.reasons import (
    REASON_CODES,
    AlreadyRedeemed,
    BelowMinSpend,
    CampaignEnded,
    CannotCombine,
    CatalogueTooOld,
    ExcludedDate,
    Expired,
    Foreign,
    HeldElsewhereReason,
    HoldExpired,
    InWallet,
    Knob,
    Limit,
    NotACoupon,
    NotStarted,
    OfflineCap,
    OfflineNotAllowed,
    OutsideHours,
    Reason,
    TooSoon,
    UnknownCampaign,
    WrongCategory,
    WrongOutlet,
)
from merchant_app.domain.kinds import Fen, OutletId
from merchant_app.wording import Words
from merchant_app.wording.reason_names import reason_name
from merchant_app.wording.refusals import refusal
from merchant_app.wording.said import Said
from tests.domain.building import at
from tests.wire.test_reasons import SAMPLES
from tests.wording.saying import EN, NOW, ZH, ZONE

OUTLETS = {OutletId(1): "Guanyinqiao", OutletId(2): "Beicheng"}
DISTANCES = {OutletId(1): 1230, OutletId(2): 940}
OFFERS = {0: "20 off 100"}


def say(words: Words, reason: Reason) -> Said:
    return refusal(
        words,
        reason,
        now=NOW,
        zone=ZONE,
        outlet_name=OUTLETS.get,
        outlet_distance=DISTANCES.get,
        offer_title=OFFERS.get,
    )


EVERY = [
    *SAMPLES,
    *(NotACoupon(what) for what in Foreign),
    *(OfflineCap(knob, 500, manager_can=can) for knob in Knob for can in (True, False)),
]


@pytest.mark.parametrize("words", [EN, ZH], ids=lambda words: words.language)
@pytest.mark.parametrize("reason", EVERY, ids=lambda reason: reason.code)
def test_every_reason_has_its_line(reason: Reason, words: Words) -> None:
    said = say(words, reason)
    assert said.title
    assert not re.search(r"[.。\n_{}]", said.title.replace("1.2", "").replace(".00", ""))
    assert said.remedy == "" or said.remedy.endswith((".", "。"))
    assert said.sentence.startswith(said.title)
    assert said.remedy in said.sentence
    assert reason.code not in said.sentence.split()


@pytest.mark.parametrize("reason", EVERY, ids=lambda reason: reason.code)
def test_chinese_has_no_english_sentence_left_in_it(reason: Reason) -> None:
    said = refusal(ZH, reason, now=NOW, zone=ZONE)
    assert not re.search(r"[a-z]{3,} [a-z]", said.sentence)


@pytest.mark.parametrize(
    ("reason", "english", "chinese"),
    [
        (BelowMinSpend(Fen(1200), Fen(10000)), "12.00 more to reach 100.00", "还差12.00元，满100.00元可用"),
        (TooSoon(at(2022, 6, 30, 17)), "Usable in 2 h 14 min, from 17:00", "2小时14分钟后可用（17:00起）"),
        (NotStarted(at(2022, 7, 8, 10)), "Usable from 8 July 10:00", "7月8日 10:00起可用"),
        (TooSoon(at(2022, 7, 1)), "Usable from tomorrow", "明天起可用"),
        (
            Expired(at(2022, 6, 30), Limit.ROUND),
            "Ended yesterday at midnight (its round ended)",
            "已于昨天24:00到期（本轮次结束）",
        ),
        (CampaignEnded(at(2022, 6, 29)), "The campaign ended 28 June at midnight", "活动已于6月28日24:00结束"),
        (
            OutsideHours(at(2022, 7, 2, 17), at(2022, 7, 2, 22)),
            "Usable Saturday from 17:00 to 22:00",
            "星期六 17:00–22:00可用",
        ),
        (ExcludedDate(date(2022, 7, 1)), "Not usable today; again tomorrow", "今天不可用，明天可用"),
        (WrongOutlet((OutletId(1),)), "Valid at Guanyinqiao, 1.2 km", "可在Guanyinqiao使用，距此1.2公里"),
        (
            AlreadyRedeemed(at(2022, 6, 30, 12, 31), OutletId(9), "02", here=True),
            "Used here today 12:31 by 02",
            "已于今天 12:31在本店由02核销",
        ),
        (HeldElsewhereReason(None), "Being used at another outlet", "正在其他门店出示"),
        (InWallet(), "This paper was moved into a phone", "这张纸质券已转入手机"),
        (OfflineNotAllowed("deny", manager_can=False), "Needs the network", "需要联网核销"),
        (NotACoupon(Foreign.PAYMENT_CODE), "This is a payment code, not a coupon", "这是付款码，不是券码"),
        (CannotCombine((0,)), "Cannot be combined with 20 off 100", "不能与“20 off 100”同用"),
    ],
)
def test_a_reason_is_said_so(reason: Reason, english: str, chinese: str) -> None:
    assert say(EN, reason).title == english
    assert say(ZH, reason).title == chinese


def test_what_puts_it_right() -> None:
    assert say(EN, HoldExpired(NOW - timedelta(minutes=6))) == Said(
        "This code ran out 6 min ago",
        "Ask the customer to press “show” again.",
        "This code ran out 6 min ago. Ask the customer to press “show” again.",
    )
    assert (
        say(EN, UnknownCampaign(timedelta(hours=3))).remedy == "This till was updated 3 h ago; sync it and scan again."
    )
    assert say(EN, WrongOutlet((OutletId(1), OutletId(2)))).remedy == "Not here; also at Beicheng, 940 m."


@pytest.mark.parametrize("can", [True, False])
def test_a_manager_is_named_only_where_a_manager_can_help(*, can: bool) -> None:
    for reason in (
        OfflineNotAllowed("outlet_bound", manager_can=can),
        OfflineCap(Knob.TILL_MAX_COUNT, 10, manager_can=can),
        CatalogueTooOld(timedelta(hours=80), timedelta(hours=72), manager_can=can),
    ):
        assert ("manager" in say(EN, reason).remedy) is can
        assert ("店长" in say(ZH, reason).remedy) is can


def test_elsewhere_a_cashier_is_never_named() -> None:
    reason = AlreadyRedeemed(at(2022, 6, 29, 12, 31), OutletId(1), None, here=False)
    assert say(EN, reason).title == "Used at Guanyinqiao yesterday 12:31"
    nameless = AlreadyRedeemed(at(2022, 6, 29, 12, 31), OutletId(77), None, here=False)
    assert say(EN, nameless).title == "Used at another outlet yesterday 12:31"


def test_every_reason_has_a_name_for_lists() -> None:
    for words in (EN, ZH):
        names = [reason_name(words, code) for code in REASON_CODES]
        assert len(set(names)) == len(REASON_CODES)
        assert not set(names) & set(REASON_CODES)
    assert reason_name(EN, "from_the_future") == "from_the_future"


def test_categories_are_called_by_their_names_and_what_is_not_listed_by_its_key() -> None:
    reason = WrongCategory(("catering", "hotel/resort", "catering/from_the_future", "other"))
    assert say(EN, reason).remedy == "It is for: Catering, Resort, catering/from_the_future, and other."
    assert say(ZH, WrongCategory(("catering", "hotel/resort"))).remedy == "可用范围：餐饮和度假村。"
