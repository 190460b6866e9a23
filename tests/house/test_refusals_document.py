"""The document of refusals says of every reason what a till says, word for word, in both languages."""

from datetime import date, timedelta

import pytest

from merchant_app.domain.judging import reasons as why
from merchant_app.domain.kinds import Fen, OutletId
from merchant_app.wording import Words
from merchant_app.wording.refusals import refusal
from tests.domain.building import at
from tests.house.tree import ROOT
from tests.wording.saying import EN, NOW, ZH, ZONE

NAMES = {"en": {OutletId(1): "Guanyinqiao"}, "zh": {OutletId(1): "观音桥店"}}
OFFERS = {"en": {0: "20 off 100"}, "zh": {0: "满100减20"}}
EXAMPLES: list[why.Reason] = [
    why.NotACoupon(why.Foreign.PAYMENT_CODE),
    why.Malformed(),
    why.Forged(),
    why.UnknownCampaign(timedelta(hours=3)),
    why.KeyRevoked(at(2022, 6, 29, 9)),
    why.Revoked(at(2022, 6, 29, 9)),
    why.NotStarted(at(2022, 7, 8, 10)),
    why.TooSoon(at(2022, 6, 30, 17)),
    why.Expired(at(2022, 6, 30), why.Limit.ROUND),
    why.CampaignEnded(at(2022, 6, 29)),
    why.OutsideHours(at(2022, 7, 2, 17), at(2022, 7, 2, 22)),
    why.ExcludedDate(date(2022, 7, 1)),
    why.WrongOutlet((OutletId(1),)),
    why.WrongCategory(("catering",)),
    why.WrongDistrict(("江北区 Jiangbei",)),
    why.BelowMinSpend(Fen(1200), Fen(10000)),
    why.AlreadyRedeemed(at(2022, 6, 30, 12, 31), OutletId(1), "02", here=True),
    why.UsesSpent(3, (at(2022, 6, 30, 9),)),
    why.HeldElsewhereReason(at(2022, 6, 30, 14, 52)),
    why.InWallet(),
    why.HoldExpired(NOW - timedelta(minutes=6)),
    why.DailyLimit(1, date(2022, 7, 1)),
    why.CannotCombine((0,)),
    why.OfflineNotAllowed("outlet_bound", manager_can=True),
    why.OfflineCap(why.Knob.TILL_MAX_COUNT, 10, manager_can=True),
    why.CatalogueTooOld(timedelta(hours=80), timedelta(hours=72), manager_can=True),
    why.ClockWrong(),
]


def row(words: Words, reason: why.Reason) -> str:
    said = refusal(
        words,
        reason,
        now=NOW,
        zone=ZONE,
        outlet_name=NAMES[words.language].get,
        outlet_distance={OutletId(1): 1230}.get,
        offer_title=OFFERS[words.language].get,
    )
    return f"| `{reason.code}` | {said.title} | {said.remedy} |"


@pytest.mark.parametrize(
    ("words", "document"), [(EN, "docs/refusals.md"), (ZH, "docs/refusals.zh.md")], ids=["English", "Chinese"]
)
def test_every_reason_stands_in_the_document_as_it_is_said(words: Words, document: str) -> None:
    lines = (ROOT / document).read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("| `")] == [row(words, reason) for reason in EXAMPLES]


def test_every_reason_is_among_the_examples_in_its_order() -> None:
    assert tuple(type(reason) for reason in EXAMPLES) == why.REASON_ORDER
