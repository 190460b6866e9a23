"""Looking a coupon up: by its number, its code, or campaign and serial; what it is, and all that happened to it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import CouponCode, unpack
from merchant_app.domain.coupon_number import is_coupon_number, normalise
from merchant_app.domain.kinds import Bilingual
from merchant_app.domain.redemption import Standing
from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.coupons import coupons_by_key, coupons_by_number, holds_of, withdrawals_of
from merchant_app.server.db.disputes import of_coupon
from merchant_app.server.db.kept import CouponKey, KeptCoupon, KeptHold, KeptRedemption
from merchant_app.server.db.outlets import outlets_among
from merchant_app.server.db.redemptions import of_keys
from merchant_app.server.services.campaigns import parsed

_KEY = re.compile(r"\s*(\d{1,18})\s*[/:]\s*(\d{1,19})\s*")


class Step(StrEnum):
    """What happened to a coupon."""

    ISSUED = "issued"
    HELD = "held"
    WITHDRAWN = "withdrawn"
    REDEEMED = "redeemed"
    DISPUTED = "disputed"
    RESOLVED = "resolved"
    SET_FREE = "set_free"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Happened:
    """`outlet_id` is where; a redemption has its standing and what was taken off; `until` is the end of a hold.

    `reference` is the channel it was issued in, or the id of the redemption or the dispute.
    """

    at: datetime
    what: Step
    outlet_id: int | None = None
    standing: Standing | None = None
    amount_off_fen: int | None = None
    until: datetime | None = None
    reference: str | None = None
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class CouponHistory:
    """A coupon with what happened to it, the oldest first."""

    coupon: KeptCoupon
    campaign: Campaign
    steps: tuple[Happened, ...]
    names: dict[int, Bilingual]
    uses_taken: int
    is_set_free: bool

    @property
    def zone(self) -> ZoneInfo:
        return self.campaign.zone

    @property
    def title(self) -> Bilingual:
        return self.campaign.offers[self.coupon.offer_index].title

    @property
    def uses(self) -> int:
        return self.campaign.offers[self.coupon.offer_index].uses


def look_up(central: Central, text: str) -> CouponHistory | None:
    """`text` is a coupon number, a code's digits, or "campaign/serial"; None: there is no such coupon here."""
    with central.database.reading() as connection:
        coupon = _find(connection, text)
        return None if coupon is None else _history(connection, coupon)


def _find(connection: Connection, text: str) -> KeptCoupon | None:
    if is_coupon_number(text):
        return coupons_by_number(connection, [normalise(text)]).get(normalise(text))
    key = _key_in(text)
    return None if key is None else coupons_by_key(connection, [key]).get(key)


def _key_in(text: str) -> CouponKey | None:
    """What a code says is looked up, not believed: its signature does not matter here."""
    named = _KEY.fullmatch(text)
    if named is not None and int(named[2]) < 1 << 63:
        return int(named[1]), int(named[2])
    code = unpack(text.strip())
    return (code.campaign_id, code.serial) if isinstance(code, CouponCode) else None


def _history(connection: Connection, coupon: KeptCoupon) -> CouponHistory | None:
    kept = campaign_of(connection, coupon.campaign_id)
    if kept is None:
        return None
    holds, back = holds_of(connection, [coupon.key]), withdrawals_of(connection, [coupon.key])
    redeemed = of_keys(connection, [coupon.key])
    steps = [
        *_of_coupon(coupon),
        *(step for hold in holds for step in _of_hold(hold)),
        *(Happened(each.made_at, Step.WITHDRAWN, each.outlet_id) for each in back),
        *(_of_redemption(each) for each in redeemed),
        *_of_disputes(connection, coupon),
    ]
    outlets = {step.outlet_id for step in steps if step.outlet_id}
    names = {each.outlet_id: Bilingual(each.name_zh, each.name_en) for each in outlets_among(connection, outlets)}
    is_set_free = coupon.paper_freed_at is not None or any(hold.freed_at is not None for hold in holds)
    in_order = tuple(sorted(steps, key=lambda step: step.at))
    taken = sum(each.use is not None for each in redeemed)
    return CouponHistory(coupon, parsed(kept.document), in_order, names, taken, is_set_free)


def _of_coupon(coupon: KeptCoupon) -> list[Happened]:
    steps = [Happened(coupon.issued_at, Step.ISSUED, coupon.outlet_id or None, reference=coupon.channel)]
    if coupon.revoked_at is not None:
        steps.append(Happened(coupon.revoked_at, Step.REVOKED))
    if coupon.paper_freed_at is not None:
        steps.append(Happened(coupon.paper_freed_at, Step.SET_FREE, coupon.outlet_id or None))
    return steps


def _of_hold(hold: KeptHold) -> list[Happened]:
    held = Happened(hold.held_at, Step.HELD, hold.outlet_id, until=hold.ends_at)
    return [held] if hold.freed_at is None else [held, Happened(hold.freed_at, Step.SET_FREE, hold.outlet_id)]


def _of_redemption(kept: KeptRedemption) -> Happened:
    return Happened(
        kept.redeemed_at.astimezone(UTC),
        Step.REDEEMED,
        kept.outlet_id,
        kept.standing,
        kept.amount_off_fen,
        reference=kept.redemption_id,
    )


def _of_disputes(connection: Connection, coupon: KeptCoupon) -> list[Happened]:
    steps: list[Happened] = []
    for each in of_coupon(connection, coupon.key):
        steps.append(Happened(each.opened_at, Step.DISPUTED, each.outlet_id, reference=each.dispute_id))
        if each.closed_at is not None:
            ended = Happened(
                each.closed_at, Step.RESOLVED, each.outlet_id, reference=each.dispute_id, outcome=each.outcome
            )
            steps.append(ended)
    return steps
