"""Giving holds, taking rights back, and setting them free: the rule is one, and these are its cases.

**The right lies with the outlet that a code names until every till of that outlet has answered for it** (`rights`).

1. Nobody holds the coupon: a hold is given for any outlet of the campaign that has a till.
2. A hold is running: its own holder gets another for the same outlet (the screen is refreshed before it ends); nobody
   else gets one, nowhere.
3. A hold has run out: at the same outlet anybody gets the next at once. For another outlet only when every till of the
   first has answered; or, where the campaign says `release: expiry`, when grace and a clock margin have passed as well.
4. The hold was given back: a withdrawal names every hold of the coupon up to now. When all tills of the outlet have
   acknowledged it the right is free at once; later holds of the coupon are good.
5. The coupon exists on paper for one outlet: it can be held only there, until that paper is withdrawn there.
   Paper for any outlet cannot be made exclusive and stops no hold.
6. A till of the outlet has been revoked since, or never comes back: an operator can set the right free, which is
   written down as the risk that the campaign takes.
7. A till has rows that this server cannot read: its reports count for nothing until somebody has looked at them, since
   one of them might redeem this very coupon.
8. The coupon's uses are spent, it is revoked, or it has ended: refused, as at a till.

A typed number and a scanned code go by the same rule when they are redeemed (`scenes`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign, HoldRelease
from merchant_app.domain.coupon_code import CouponCode, Hold, encode, sign
from merchant_app.domain.judging import Outlet, Refused, judge
from merchant_app.domain.judging.reasons import (
    BelowMinSpend,
    ExcludedDate,
    HeldElsewhereReason,
    NotStarted,
    OutsideHours,
    Reason,
    TooSoon,
    UnknownCampaign,
)
from merchant_app.domain.kinds import CampaignId, OutletId, Serial
from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import campaign_of, newest_key_index
from merchant_app.server.db.coupons import add_hold, tills_of
from merchant_app.server.db.kept import KeptCoupon, KeptHold
from merchant_app.server.db.outlets import is_open, outlet_of
from merchant_app.server.services.book import Book, Touched, limited_holders
from merchant_app.server.services.campaigns import key_ring, open_campaigns, parsed
from merchant_app.server.services.outlets import judged_at
from merchant_app.server.services.rights import CLOCK_MARGIN, Right, Rights, paper_right, takes_back
from merchant_app.server.services.scenes import scene_for

_MAY_COME_TRUE = (NotStarted, TooSoon, OutsideHours, ExcludedDate, BelowMinSpend)
"""Reasons that may be gone by the time the coupon is shown: none of them refuses a hold."""


class NotHeldWhy(StrEnum):
    """Why no hold was given, where it is not for a reason of judging."""

    UNKNOWN_COUPON = "unknown_coupon"
    UNKNOWN_OUTLET = "unknown_outlet"
    NO_TILLS = "no_tills"
    HELD_BY_ANOTHER = "held_by_another"
    TOO_LONG = "too_long"
    PAPER_ELSEWHERE = "paper_elsewhere"
    WAITING_FOR_TILLS = "waiting_for_tills"


@dataclass(frozen=True, slots=True)
class NotHeld:
    """`tills` are those whose answer is waited for."""

    why: NotHeldWhy
    tills: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """The signed digits; from `ends_at` on tills refuse them."""

    code: str
    coupon_number: str
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class WantedHold:
    """`minutes` None: the campaign's own."""

    campaign_id: CampaignId
    serial: Serial
    outlet_id: OutletId
    holder_tag: int
    minutes: int | None = None


def hold(central: Central, wanted: WantedHold) -> Held | NotHeld | tuple[Reason, ...]:
    """The hold; or why not; or the reasons for which any till would refuse it."""
    with central.database.writing() as connection:
        outlet = outlet_of(connection, wanted.outlet_id)
        if outlet is None or not is_open(connection, wanted.outlet_id):
            return NotHeld(NotHeldWhy.UNKNOWN_OUTLET)
        book = _open_book(connection, central, judged_at(outlet), wanted)
        coupon = book.coupons.get((wanted.campaign_id, wanted.serial))
        if coupon is None:
            return NotHeld(NotHeldWhy.UNKNOWN_COUPON)
        campaign = book.campaigns.get(wanted.campaign_id)
        if campaign is None:
            return (UnknownCampaign(),)
        why_not = _who_has_the_right(_all_rights(connection, book, coupon, wanted), campaign, coupon, wanted, book.now)
        if why_not is not None:
            return why_not
        code = _code(connection, campaign, coupon, wanted, book.now)
        reasons = _reasons(book, campaign, coupon, code)
        return reasons or _give(connection, central, coupon, code)


def _who_has_the_right(
    rights: Rights, campaign: Campaign, coupon: KeptCoupon, wanted: WantedHold, now: datetime
) -> NotHeld | None:
    here = wanted.outlet_id
    if not any(till.outlet_id == here and till.revoked_at is None for till in rights.tills):
        return NotHeld(NotHeldWhy.NO_TILLS)
    if not 1 <= (wanted.minutes or campaign.hold.minutes) <= campaign.hold.longest_minutes:
        return NotHeld(NotHeldWhy.TOO_LONG)
    paper = paper_right(coupon)
    if paper is not None and paper.outlet_id != here and not rights.is_free(paper):
        return NotHeld(NotHeldWhy.PAPER_ELSEWHERE, _names(rights, paper))
    if any(
        each.holder_tag != wanted.holder_tag and _is_running(rights, each, now) for each in rights.of_holds(coupon.key)
    ):
        return NotHeld(NotHeldWhy.HELD_BY_ANOTHER)
    for right in rights.of_holds(coupon.key):
        if right.outlet_id != here and not _is_free(rights, right, campaign, now):
            return NotHeld(NotHeldWhy.WAITING_FOR_TILLS, _names(rights, right))
    return None


def _is_running(rights: Rights, right: Right, now: datetime) -> bool:
    """Nobody else gets a hold while this one can be shown; one that was given back is not shown any more."""
    return now < right.ends_at and not any(takes_back(back, right) for back in rights.withdrawals)


def _is_free(rights: Rights, right: Right, campaign: Campaign, now: datetime) -> bool:
    by_expiry = campaign.hold.release is HoldRelease.EXPIRY and now >= right.ends_at + CLOCK_MARGIN
    return by_expiry or rights.is_free(right)


def _names(rights: Rights, right: Right) -> tuple[str, ...]:
    return tuple(sorted(till.till_id for till in rights.waiting_for(right)))


def _open_book(connection: Connection, central: Central, outlet: Outlet, wanted: WantedHold) -> Book:
    campaigns = open_campaigns(connection)
    book = Book("", outlet, None, central.now(), central.new_id, campaigns, key_ring(connection))
    key = (int(wanted.campaign_id), int(wanted.serial))
    holders = limited_holders(campaigns, [(key[0], offer, wanted.holder_tag) for offer in range(256)])
    book.read(connection, Touched(keys=frozenset([key]), holders=holders))
    return book


def _all_rights(connection: Connection, book: Book, coupon: KeptCoupon, wanted: WantedHold) -> Rights:
    """With the tills of every outlet that matters: the wanted one, the paper's, and those of earlier holds."""
    of_holds = {each.outlet_id for each in book.rights.holds}
    tills = tills_of(connection, of_holds | {int(wanted.outlet_id), coupon.outlet_id})
    return replace(book.rights, tills=tills)


def _code(
    connection: Connection, campaign: Campaign, coupon: KeptCoupon, wanted: WantedHold, now: datetime
) -> CouponCode:
    minutes = wanted.minutes or campaign.hold.minutes
    return CouponCode(
        key_index=newest_key_index(connection, coupon.campaign_id),
        campaign_id=wanted.campaign_id,
        round_index=coupon.round_index,
        offer_index=coupon.offer_index,
        serial=wanted.serial,
        issued_at=coupon.issued_at,
        outlet_id=wanted.outlet_id,
        hold=Hold(wanted.holder_tag, now.replace(microsecond=0), minutes),
    )


def _reasons(book: Book, campaign: Campaign, coupon: KeptCoupon, code: CouponCode) -> tuple[Reason, ...]:
    """For which a till would refuse it for good. Where the right lies has been looked at already."""
    verdict = judge(code, campaign, scene_for(book, code, coupon, at=book.now, bill_fen=None, bill_id=""))
    if not isinstance(verdict, Refused):
        return ()
    return tuple(each for each in verdict.reasons if not isinstance(each, (*_MAY_COME_TRUE, HeldElsewhereReason)))


def _give(connection: Connection, central: Central, coupon: KeptCoupon, code: CouponCode) -> Held:
    assert code.hold is not None
    signed = sign(code, central.keys.issuing(code.key_index))
    where = (code.campaign_id, code.serial, code.outlet_id, code.hold.holder_tag)
    add_hold(connection, KeptHold(central.new_id(), *where, code.hold.held_at, code.hold.ends_at, None))
    return Held(encode(signed), coupon.coupon_number, code.hold.ends_at)


def zone_of(central: Central, campaign_id: CampaignId) -> ZoneInfo:
    """The zone in which a campaign's times are said."""
    with central.database.reading() as connection:
        kept = campaign_of(connection, campaign_id)
    return ZoneInfo("UTC") if kept is None else parsed(kept.document).zone
