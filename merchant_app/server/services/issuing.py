"""Issuing coupons: from a round's stock and within the campaign's budget, counted in the transaction that issues.

Writers follow one another, so whatever the load, what was counted is still true when it is spent.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, insert, select, update

from ...domain.campaign import Campaign, Offer
from ...domain.coupon_code import CouponCode, encode, sign
from ...domain.coupon_number import coupon_number
from ...domain.judging.validity import last_instant
from ...domain.kinds import ANY_OUTLET, CampaignId, Fen, OutletId, Serial
from ..central import Central
from ..db.tables import campaigns, coupons, issued
from .campaigns import issuing_key_index, parsed
from .outlets import judged_at, outlet_of

MOST_AT_ONCE = 100_000


class NotIssued(StrEnum):
    """Why no coupon was issued."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OPEN = "not_open"
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
    """All of the wanted coupons, or none and why."""
    if not 1 <= wanted.count <= MOST_AT_ONCE:
        return NotIssued.BAD_COUNT
    with central.database.writing() as connection:
        row = connection.execute(select(campaigns).where(campaigns.c.campaign_id == wanted.campaign_id)).one_or_none()
        if row is None:
            return NotIssued.UNKNOWN_CAMPAIGN
        if row.opened_at is None:
            return NotIssued.NOT_OPEN
        campaign, now = parsed(row.document), central.now()
        why = _why_not(connection, campaign, wanted, now)
        if why is not None:
            return why
        _take_from_stock(connection, wanted)
        return _make(connection, central, campaign, wanted, now)


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
        if not campaign.takes(there.outlet_id, there.district, there.category):
            return NotIssued.OUT_OF_SCOPE
    return _beyond_stock_or_budget(connection, campaign, wanted)


def _beyond_stock_or_budget(connection: Connection, campaign: Campaign, wanted: Wanted) -> NotIssued | None:
    counts = {
        (row.round_index, row.offer_index): row.issued_count
        for row in connection.execute(select(issued).where(issued.c.campaign_id == campaign.campaign_id))
    }
    here = (wanted.round_index, wanted.offer_index)
    stock = dict(campaign.rounds[wanted.round_index].stock).get(wanted.offer_index, 0)
    counts[here] = counts.get(here, 0) + wanted.count
    if counts[here] > stock:
        return NotIssued.OUT_OF_STOCK
    if campaign.budget_fen is not None:
        spent = sum(count * cost_of_one(campaign.offers[offer]) for (_, offer), count in counts.items())
        if spent > campaign.budget_fen:
            return NotIssued.OVER_BUDGET
    return None


def cost_of_one(offer: Offer) -> Fen:
    """What one coupon can cost the campaign at most: the budget is counted by it when the coupon is issued."""
    return Fen(offer.uses * (offer.largest_amount_off_fen or 0))


def _take_from_stock(connection: Connection, wanted: Wanted) -> None:
    place = {
        "campaign_id": wanted.campaign_id,
        "round_index": wanted.round_index,
        "offer_index": wanted.offer_index,
    }
    here = [issued.c[name] == value for name, value in place.items()]
    raised = connection.execute(update(issued).where(*here).values(issued_count=issued.c.issued_count + wanted.count))
    if raised.rowcount == 0:
        connection.execute(insert(issued).values(**place, issued_count=wanted.count))


def _make(connection: Connection, central: Central, campaign: Campaign, wanted: Wanted, now: datetime) -> list[Issued]:
    key_index = issuing_key_index(connection, campaign.campaign_id)
    key, issued_at = central.keys.issuing(key_index), now.replace(microsecond=0)
    offer, issue_round = campaign.offers[wanted.offer_index], campaign.rounds[wanted.round_index]
    ends_at = last_instant(issued_at, campaign, offer, issue_round)
    made = []
    for _ in range(wanted.count):
        serial, code = Serial(central.random_below(1 << 63)), None
        if wanted.on_paper:
            coupon = CouponCode(
                key_index, campaign.campaign_id, wanted.round_index, wanted.offer_index,
                serial, issued_at, wanted.outlet_id,
            )  # fmt: skip
            code = encode(sign(coupon, key))
        made.append(Issued(serial, coupon_number(central.random_below), code, ends_at))
    shared = {
        "campaign_id": campaign.campaign_id,
        "round_index": wanted.round_index,
        "offer_index": wanted.offer_index,
        "issued_at": issued_at,
        "ends_at": ends_at,
        "on_paper": wanted.on_paper,
        "outlet_id": wanted.outlet_id,
        "channel": wanted.channel,
    }
    rows = [{**shared, "serial": each.serial, "coupon_number": each.coupon_number} for each in made]
    connection.execute(insert(coupons), rows)
    return made
