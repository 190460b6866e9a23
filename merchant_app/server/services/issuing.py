"""Issuing coupons: from a round's stock and within the campaign's budget, counted in the transaction that issues."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, encode, sign
from merchant_app.domain.coupon_number import coupon_number
from merchant_app.domain.judging.validity import last_instant
from merchant_app.domain.kinds import ANY_OUTLET, CampaignId, OutletId, Serial
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.outlets import is_open, outlet_of
from merchant_app.server.services.campaigns import is_issuing, parsed
from merchant_app.server.services.numbering import free_numbers, to_the_second
from merchant_app.server.services.outlets import judged_at
from merchant_app.server.services.stock import put_issued, stock_of
from merchant_app.server.services.taking_part import as_taken_part_in

MOST_AT_ONCE = 100_000


class NotIssued(StrEnum):
    """Why no coupon was issued."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OPEN = "not_open"
    PAUSED = "paused"
    CLOSED = "closed"
    NO_SUCH_OFFER = "no_such_offer"
    UNKNOWN_OUTLET = "unknown_outlet"
    OUT_OF_SCOPE = "out_of_scope"
    UNKNOWN_CHANNEL = "unknown_channel"
    ROUND_NOT_OPEN = "round_not_open"
    BAD_COUNT = "bad_count"
    OUT_OF_STOCK = "out_of_stock"
    OVER_BUDGET = "over_budget"


@dataclass(frozen=True, slots=True)
class Wanted:
    """`outlet_id`: the one outlet whose paper it is; `ANY_OUTLET` with `on_paper`: good anywhere in the campaign.

    Without paper it can be redeemed by its number, or by a hold.
    """

    campaign_id: CampaignId
    round_index: int
    offer_index: int
    count: int
    outlet_id: OutletId = ANY_OUTLET
    on_paper: bool = True
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A coupon that was taken from stock. `code` is the signed bearer code's digits; None without paper."""

    serial: Serial
    coupon_number: str
    code: str | None
    ends_at: datetime


def issue(central: Central, wanted: Wanted) -> list[Issued] | NotIssued:
    """All of the wanted coupons, or none and why.

    Codes are signed before the database is written to: a hundred thousand of them would keep cashiers waiting.
    """
    if not 1 <= wanted.count <= MOST_AT_ONCE:
        return NotIssued.BAD_COUNT
    now = central.now()
    with central.database.reading() as connection:
        campaign = _issues(connection, wanted, now)
        if isinstance(campaign, NotIssued):
            return campaign
        key_index = campaign_rows.newest_key_index(connection, wanted.campaign_id)
    made = _make(central, campaign, wanted, key_index, now)
    with central.database.writing() as connection:
        still = _issues(connection, wanted, now)
        if isinstance(still, NotIssued):
            return still
        numbers = free_numbers(connection, central, [each.coupon_number for each in made])
        made = [replace(each, coupon_number=number) for each, number in zip(made, numbers, strict=True)]
        put_issued(connection, {wanted.campaign_id: still}, _rows(wanted, made, now))
    return made


def _issues(connection: Connection, wanted: Wanted, now: datetime) -> Campaign | NotIssued:
    """The campaign, where it issues what is wanted."""
    kept = campaign_rows.campaign_of(connection, wanted.campaign_id)
    if kept is None:
        return NotIssued.UNKNOWN_CAMPAIGN
    if not is_issuing(kept):
        return NotIssued.NOT_OPEN if kept.opened_at is None else NotIssued(kept.state.value)
    campaign = parsed(kept.document)
    return _why_not(connection, campaign, wanted, now) or campaign


def _why_not(connection: Connection, campaign: Campaign, wanted: Wanted, now: datetime) -> NotIssued | None:
    if not (0 <= wanted.round_index < len(campaign.rounds) and 0 <= wanted.offer_index < len(campaign.offers)):
        return NotIssued.NO_SUCH_OFFER
    issue_round = campaign.rounds[wanted.round_index]
    if wanted.channel is not None and campaign.channels and wanted.channel not in campaign.channels:
        return NotIssued.UNKNOWN_CHANNEL
    if not issue_round.opens_at <= now < issue_round.closes_at:
        return NotIssued.ROUND_NOT_OPEN
    if wanted.outlet_id != ANY_OUTLET:
        outlet = outlet_of(connection, wanted.outlet_id)
        if outlet is None:
            return NotIssued.UNKNOWN_OUTLET
        there = judged_at(outlet)
        taken = as_taken_part_in(connection, {campaign.campaign_id: campaign})[campaign.campaign_id]
        is_taken = taken.takes(there.outlet_id, there.district, there.category)
        if not is_taken or not is_open(connection, there.outlet_id):
            return NotIssued.OUT_OF_SCOPE
    beyond = stock_of(connection, campaign).take(wanted.round_index, wanted.offer_index, wanted.count)
    return None if beyond is None else NotIssued(beyond.value)


def _make(central: Central, campaign: Campaign, wanted: Wanted, key_index: int, now: datetime) -> list[Issued]:
    """The coupons with their serials, numbers and signed codes; nothing is stored yet."""
    key, issued_at = central.keys.issuing(key_index), to_the_second(now)
    offer, issue_round = campaign.offers[wanted.offer_index], campaign.rounds[wanted.round_index]
    ends_at = last_instant(issued_at, campaign, offer, issue_round)
    place = (key_index, campaign.campaign_id, wanted.round_index, wanted.offer_index)
    made = []
    for _ in range(wanted.count):
        serial, code = Serial(central.random_below(1 << 63)), None
        if wanted.on_paper:
            code = encode(sign(CouponCode(*place, serial, issued_at, wanted.outlet_id), key))
        made.append(Issued(serial, coupon_number(central.random_below), code, ends_at))
    return made


def _rows(wanted: Wanted, made: list[Issued], now: datetime) -> list[dict[str, Any]]:
    shared = {
        "campaign_id": wanted.campaign_id,
        "round_index": wanted.round_index,
        "offer_index": wanted.offer_index,
        "issued_at": to_the_second(now),
        "on_paper": wanted.on_paper,
        "outlet_id": wanted.outlet_id,
        "channel": wanted.channel,
    }
    return [
        {**shared, "serial": each.serial, "coupon_number": each.coupon_number, "ends_at": each.ends_at} for each in made
    ]
