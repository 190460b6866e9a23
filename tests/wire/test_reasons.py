"""Reasons travel from the server to the till and come out as they went in."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from merchant_app.domain.judging.reasons import (
    REASON_ORDER,
    AlreadyRedeemed,
    BelowMinSpend,
    CampaignEnded,
    CannotCombine,
    CatalogueTooOld,
    ClockWrong,
    DailyLimit,
    ExcludedDate,
    Expired,
    Foreign,
    Forged,
    HeldElsewhereReason,
    HoldExpired,
    InWallet,
    KeyRevoked,
    Knob,
    Limit,
    Malformed,
    NotACoupon,
    NotStarted,
    OfflineCap,
    OfflineNotAllowed,
    OutsideHours,
    Reason,
    Revoked,
    TooSoon,
    UnknownCampaign,
    UsesSpent,
    WrongCategory,
    WrongDistrict,
    WrongOutlet,
)
from merchant_app.domain.kinds import Fen, OutletId
from merchant_app.wire.reasons import parse_reason, reason_as_plain

AT = datetime(2022, 6, 28, 4, 30, tzinfo=UTC)
SAMPLES: list[Reason] = [
    NotACoupon(Foreign.PAYMENT_CODE),
    Malformed(),
    Forged(),
    UnknownCampaign(timedelta(hours=3)),
    UnknownCampaign(None),
    KeyRevoked(AT),
    Revoked(AT),
    NotStarted(AT),
    TooSoon(AT),
    Expired(AT, Limit.ROUND),
    CampaignEnded(AT),
    OutsideHours(AT, AT + timedelta(hours=5)),
    OutsideHours(None, None),
    ExcludedDate(date(2022, 7, 1)),
    ExcludedDate(None),
    WrongOutlet((OutletId(4201), OutletId(4202))),
    WrongCategory(("catering", "hotel/resort")),
    WrongDistrict(("jiangbei",)),
    BelowMinSpend(Fen(1200), Fen(10000)),
    AlreadyRedeemed(AT, OutletId(4201), "02", here=True),
    AlreadyRedeemed(),
    UsesSpent(2, (AT, AT + timedelta(days=1))),
    HeldElsewhereReason(AT),
    HeldElsewhereReason(None),
    InWallet(),
    HoldExpired(AT),
    DailyLimit(1, date(2022, 6, 29)),
    CannotCombine((0, 2), 3),
    CannotCombine((1,)),
    OfflineNotAllowed("deny", manager_can=False),
    OfflineCap(Knob.TILL_MAX_COUNT, 10, manager_can=True),
    CatalogueTooOld(timedelta(hours=80), timedelta(hours=72), manager_can=True),
    ClockWrong(),
]


@pytest.mark.parametrize("reason", SAMPLES, ids=lambda reason: reason.code)
def test_a_reason_comes_back_as_it_went(reason: Reason) -> None:
    sent = json.loads(json.dumps(reason_as_plain(reason)))
    assert sent["code"] == reason.code
    assert parse_reason(sent) == reason


def test_every_reason_is_among_these() -> None:
    assert {type(reason) for reason in SAMPLES} == set(REASON_ORDER)


@pytest.mark.parametrize(
    "given",
    [{}, {"code": "from_the_future"}, {"code": "expired"}, {"code": "expired", "ended_at": "soon", "limit": "round"}],
)
def test_what_only_a_newer_server_says_is_no_reason_of_ours(given: dict[str, str]) -> None:
    assert parse_reason(given) is None
