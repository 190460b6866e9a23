"""Campaigns, coupons and scenes to judge, each with a plain default that a test changes where it matters.

By default: 20.00 off from 100.00 for five days, in Shanghai, issued on 28 June 2022 at 10:00, shown two hours later at
outlet 4201 with a bill of exactly 100.00.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import (
    AmountOff,
    Benefit,
    Campaign,
    HoldTerms,
    IssueRound,
    Offer,
    OfflineTerms,
    PerHolder,
    Stacking,
    Validity,
    WeeklyWindow,
)
from merchant_app.domain.coupon_code import CouponCode, Hold
from merchant_app.domain.judging import Outlet, Refused, Scene, judge
from merchant_app.domain.judging.reasons import Reason
from merchant_app.domain.kinds import Bilingual, CampaignId, Fen, OutletId, Serial

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE, ELSEWHERE = OutletId(4201), OutletId(4202)


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0, zone: ZoneInfo = SHANGHAI) -> datetime:
    """A time on the clock on the wall of `zone`, as the UTC instant that the domain works with."""
    return datetime(year, month, day, hour, minute, tzinfo=zone).astimezone(UTC)


ISSUED_AT = at(2022, 6, 28, 10)
NOW = at(2022, 6, 28, 12)


def an_offer(benefit: Benefit | None = None, **changes: Any) -> Offer:
    plain = Offer(
        offer_index=0,
        title=Bilingual("满100减20", "20 off 100"),
        terms=Bilingual("到店使用", "In store"),
        picture="",
        benefit=benefit or AmountOff(Fen(2000)),
        min_spend_fen=Fen(10000),
        bill_required=True,
        valid_for=Validity(days=5),
        usable_after=None,
        weekly_windows=(),
        excluded_dates=frozenset(),
        only_dates=frozenset(),
        uses=1,
        per_holder=PerHolder(),
        stacks_with=Stacking.NONE,
        max_per_bill=1,
        void="business_day",
        sharing_friends=0,
    )
    return replace(plain, **changes)


def a_round(**changes: Any) -> IssueRound:
    plain = IssueRound(0, at(2022, 6, 28, 10), at(2022, 6, 29), None, ((0, 5000),))
    return replace(plain, **changes)


def a_campaign(*offers: Offer, **changes: Any) -> Campaign:
    plain = Campaign(
        campaign_id=CampaignId(20220628),
        name=Bilingual("心动生活在江北", "Xindong Life in Jiangbei"),
        organiser=Bilingual("江北区", "Jiangbei district"),
        zone=SHANGHAI,
        starts_at=at(2022, 6, 28, 10),
        ends_at=at(2022, 7, 20),
        budget_fen=None,
        rounds=(a_round(),),
        offers=tuple(replace(each, offer_index=index) for index, each in enumerate(offers or (an_offer(),))),
        outlets=None,
        districts=None,
        categories=None,
        channels=(),
        hold=HoldTerms(),
        offline=OfflineTerms(),
    )
    return replace(plain, **changes)


def a_code(**changes: Any) -> CouponCode:
    plain = CouponCode(
        key_index=7,
        campaign_id=CampaignId(20220628),
        round_index=0,
        offer_index=0,
        serial=Serial(1),
        issued_at=ISSUED_AT,
        outlet_id=HERE,
    )
    return replace(plain, **changes)


def a_hold(held_at: datetime = NOW, minutes: int = 5, holder_tag: int = 77, **changes: Any) -> CouponCode:
    return a_code(hold=Hold(holder_tag, held_at, minutes), **changes)


def a_scene(**changes: Any) -> Scene:
    plain = Scene(now=NOW, outlet=Outlet(HERE, "jiangbei", "catering/foods"), bill_fen=Fen(10000))
    return replace(plain, **changes)


def reasons(code: CouponCode, campaign: Campaign, scene: Scene) -> tuple[Reason, ...]:
    """Why it is refused; nothing where it is not."""
    verdict = judge(code, campaign, scene)
    return verdict.reasons if isinstance(verdict, Refused) else ()


def codes(code: CouponCode, campaign: Campaign, scene: Scene) -> tuple[str, ...]:
    return tuple(reason.code for reason in reasons(code, campaign, scene))


def a_window(days: str, opens: str, closes: str) -> WeeklyWindow:
    """For example `a_window("mon tue", "17:00", "02:00")`."""
    names = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    until = time(0) if closes == "24:00" else time.fromisoformat(closes)
    return WeeklyWindow(frozenset(names.index(day) for day in days.split()), time.fromisoformat(opens), until)


def dates(*days: str) -> frozenset[date]:
    return frozenset(date.fromisoformat(day) for day in days)
