"""Answers as the services give them, for painting and testing screens: real campaigns, real reasons."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode
from merchant_app.domain.judging import Accepted, Network
from merchant_app.domain.judging import reasons as why
from merchant_app.domain.kinds import CampaignId, Fen, OutletId, RedemptionId, Serial, TillId
from merchant_app.domain.redemption import Bill, Moment, Redemption, Standing, TimeFrom
from merchant_app.resources import resource_path
from merchant_app.till.services.answers import (
    BillWanted,
    ClockState,
    NotRedeemed,
    Recent,
    Redeemed,
    Strip,
    Unfinished,
    Usable,
)
from merchant_app.wire.campaign_document import parse_campaign

NOW = datetime(2022, 6, 29, 4, 31, 10, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")


def campaign(name: str = "jiangbei") -> Campaign:
    return parse_campaign(json.loads(resource_path("campaigns", f"{name}.json").read_text(encoding="utf-8")))


JIANGBEI = campaign()
HOTPOT = campaign("hotpot")


def pictures() -> dict[tuple[CampaignId, int], str]:
    return {
        (each.campaign_id, offer.offer_index): str(resource_path("offers", offer.picture))
        for each in (JIANGBEI, HOTPOT)
        for offer in each.offers
    }


def code(of: Campaign = JIANGBEI, offer_index: int = 0) -> CouponCode:
    return CouponCode(
        key_index=1,
        campaign_id=of.campaign_id,
        round_index=0,
        offer_index=offer_index,
        serial=Serial(81985529216486895),
        issued_at=datetime(2022, 6, 28, 4, 0, tzinfo=UTC),
        outlet_id=OutletId(0),
    )


def redemption(of: Campaign = JIANGBEI, offer_index: int = 0, bill_fen: int | None = 12800, off: int = 2000,
               number: int = 1) -> Redemption:  # fmt: skip
    return Redemption(
        redemption_id=RedemptionId(f"0190-{number}"),
        till_id=TillId("till-1"),
        outlet_id=OutletId(4201),
        cashier="Li Na",
        campaign_id=of.campaign_id,
        serial=Serial(number),
        round_index=0,
        offer_index=offer_index,
        holder_tag=None,
        code="1" * 215,
        coupon_number=None,
        bill=Bill("bill-1", None if bill_fen is None else Fen(bill_fen)),
        amount_off_fen=Fen(off),
        payable_fen=None if bill_fen is None else Fen(bill_fen - off),
        checked=(),
        network=Network.ONLINE,
        catalogue_version=3,
        moment=Moment(NOW, TimeFrom.WALL, NOW),
    )


def redeemed(standing: Standing = Standing.CONFIRMED, *, before: bool = False) -> Redeemed:
    return Redeemed(redemption(), standing, JIANGBEI, JIANGBEI.offers[0], before)


def gift() -> Redeemed:
    return Redeemed(redemption(HOTPOT, 1, None, 0), Standing.PROVISIONAL, HOTPOT, HOTPOT.offers[1])


def bill_wanted() -> BillWanted:
    return BillWanted("1" * 215, JIANGBEI, JIANGBEI.offers[0])


def usable() -> Usable:
    accepted = Accepted(JIANGBEI.offers[1], Fen(8000), Fen(24000))
    return Usable("1" * 215, code(offer_index=1), JIANGBEI, accepted)


def refused(count: int = 1) -> NotRedeemed:
    reasons: tuple[why.Reason, ...] = (
        why.BelowMinSpend(Fen(1200), Fen(10000)),
        why.AlreadyRedeemed(NOW - timedelta(hours=2), OutletId(4201), "02", here=True),
        why.WrongOutlet((OutletId(4202),)),
        why.Expired(datetime(2022, 6, 28, 16, 0, tzinfo=UTC), why.Limit.ROUND),
    )
    return NotRedeemed("1" * 215, reasons[:count], code(), JIANGBEI, JIANGBEI.offers[0], manager_can=False)


def payment_code() -> NotRedeemed:
    return NotRedeemed("wxp://f2f0", (why.NotACoupon(why.Foreign.PAYMENT_CODE),), None, None, None, manager_can=False)


def recents() -> list[Recent]:
    standings = (Standing.PROVISIONAL, Standing.CONFIRMED, Standing.CONTESTED, Standing.VOIDED, Standing.RESOLVED)
    offers = (JIANGBEI.offers[0], HOTPOT.offers[1], JIANGBEI.offers[1], JIANGBEI.offers[2], HOTPOT.offers[0])
    amounts = (2000, 0, 8000, 1500, 5000)
    return [
        Recent(
            redemption_id=RedemptionId(f"0190-{number}"),
            redeemed_at=NOW - timedelta(minutes=7 * number, seconds=20),
            title=offer.title,
            amount_off_fen=Fen(amount),
            payable_fen=Fen(10800),
            standing=standing,
            cashier="Li Na",
            undo_until=NOW + timedelta(seconds=92) if number == 0 else None,
        )
        for number, (standing, offer, amount) in enumerate(zip(standings, offers, amounts, strict=True))
    ]


def strip(*, online: bool = True, waiting: int = 0, contested: int = 0) -> Strip:
    return Strip(
        online=online,
        since=NOW - timedelta(minutes=31),
        waiting=waiting,
        oldest_waiting_at=NOW - timedelta(minutes=4) if waiting else None,
        last_sync_at=NOW - timedelta(seconds=40 if online else 1900),
        parked=0,
        contested=contested,
        catalogue_age=timedelta(minutes=12),
        clock=ClockState(defended=False),
    )


def unfinished() -> Unfinished:
    return Unfinished(
        RedemptionId("0190-9"), JIANGBEI.offers[0].title, Fen(2000), Fen(12800), NOW - timedelta(minutes=3)
    )


def stackable() -> Redeemed:
    return Redeemed(redemption(HOTPOT, 0, 25_000, 5_000), Standing.CONFIRMED, HOTPOT, HOTPOT.offers[0])


def on_bill(redeemed_once: Redeemed, bill_id: str) -> Redeemed:
    """The same redemption on that bill."""
    made = redeemed_once.redemption
    return replace(redeemed_once, redemption=replace(made, bill=replace(made.bill, bill_id=bill_id)))
