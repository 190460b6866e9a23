"""What the server knows of the coupons that one request touches: read in one go, worked on, written in one go.

Whoever writes is alone, so nothing changes between reading and writing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import KeyRing
from merchant_app.domain.judging import Outlet
from merchant_app.domain.kinds import CampaignId
from merchant_app.domain.redemption import WithdrawalAck
from merchant_app.server.db import chains as chain_rows
from merchant_app.server.db import coupons as coupon_rows
from merchant_app.server.db import disputes as dispute_rows
from merchant_app.server.db import redemptions as redemption_rows
from merchant_app.server.db.kept import CouponKey, KeptCoupon, KeptRedemption, KeptWithdrawal
from merchant_app.server.services.campaigns import as_it_stands
from merchant_app.server.services.rights import Rights

Holder = tuple[int, int]
"""(campaign_id, holder_tag)."""
_A_DAY_AND_MORE = timedelta(hours=50)
"""Further back than any day that began somewhere and is still going on."""


@dataclass(frozen=True, slots=True)
class Touched:
    """What a request is about."""

    keys: frozenset[CouponKey] = frozenset()
    redemption_ids: frozenset[str] = frozenset()
    bill_ids: frozenset[str] = frozenset()
    holders: frozenset[Holder] = frozenset()
    earliest: datetime | None = None


def _never_amended(_campaign_id: int, _at: datetime) -> Iterable[Campaign]:
    return ()


@dataclass(slots=True)
class Book:
    """`till_id` and `outlet` are those of the till whose rows these are; `same_ledger`: others over the same ledger;
    `left_at`: when that outlet left a campaign, by the campaign's id.

    `outdated_at` reads earlier documents of a campaign by which a till may still have judged at a time. Changes are
    kept here until `write`.
    """

    till_id: str
    outlet: Outlet
    revoked_at: datetime | None
    now: datetime
    new_id: Callable[[], str]
    campaigns: dict[CampaignId, Campaign]
    keys: KeyRing
    same_ledger: frozenset[str] = frozenset()
    left_at: Mapping[int, datetime | None] = field(default_factory=dict)
    outdated_at: Callable[[int, datetime], Iterable[Campaign]] = _never_amended
    coupons: dict[CouponKey, KeptCoupon] = field(default_factory=dict)
    rights: Rights = field(default_factory=Rights)
    reversed_ids: set[str] = field(default_factory=set)
    override_ids: set[str] = field(default_factory=set)
    replaced_at: dict[int, datetime] = field(default_factory=dict)
    by_id: dict[str, KeptRedemption] = field(default_factory=dict)
    by_key: dict[CouponKey, list[KeptRedemption]] = field(default_factory=lambda: defaultdict(list))
    by_bill: dict[str, list[KeptRedemption]] = field(default_factory=lambda: defaultdict(list))
    by_holder: dict[Holder, list[KeptRedemption]] = field(default_factory=lambda: defaultdict(list))
    events: list[dict[str, Any]] = field(default_factory=list)
    disputes: list[dict[str, Any]] = field(default_factory=list)
    ended_disputes: dict[str, str] = field(default_factory=dict)
    acknowledgements: list[WithdrawalAck] = field(default_factory=list)
    new_reversals: list[str] = field(default_factory=list)
    new: dict[str, KeptRedemption] = field(default_factory=dict)
    changed: dict[str, KeptRedemption] = field(default_factory=dict)
    last_order: int = 0

    def read(self, connection: Connection, touched: Touched) -> None:
        """Reads everything that could matter to `touched`."""
        kept = redemption_rows.by_ids(connection, touched.redemption_ids)
        keys = touched.keys | {each.key for each in kept}
        kept += redemption_rows.of_keys(connection, keys)
        kept += redemption_rows.of_bills(connection, self.till_id, touched.bill_ids)
        kept += self._of_holders(connection, touched)
        for each in kept:
            if each.redemption_id not in self.by_id:
                self._index(each)
        coupons = coupon_rows.coupons_by_key(connection, keys)
        self.coupons = {key: as_it_stands(coupon, self.campaigns) for key, coupon in coupons.items()}
        self.reversed_ids = redemption_rows.reversed_ids(connection, self.own_tills, touched.redemption_ids)
        holds = coupon_rows.holds_of(connection, keys)
        tills = coupon_rows.tills_of(connection, {hold.outlet_id for hold in holds})
        self.rights = Rights(holds, coupon_rows.withdrawals_of(connection, keys), tills)
        self.last_order = redemption_rows.last_order(connection)

    def write(self, connection: Connection) -> None:
        redemption_rows.change(connection, self.changed.values())
        redemption_rows.add(connection, self.new.values())
        redemption_rows.add_reversals(connection, self.till_id, self.new_reversals, self.now)
        dispute_rows.add_disputes(connection, self.disputes)
        dispute_rows.end_disputes(connection, self.ended_disputes, self.now)
        redemption_rows.add_events(connection, self.events, self.now)
        chain_rows.acknowledge(connection, self.till_id, self.outlet.outlet_id, self.acknowledgements, self.now)

    def add(self, kept: KeptRedemption) -> None:
        """A redemption that is stored now."""
        self.new[kept.redemption_id] = kept
        self._index(kept)

    def remove(self, kept: KeptRedemption) -> None:
        """Takes out one that was added in vain."""
        del self.new[kept.redemption_id], self.by_id[kept.redemption_id]
        self.by_key[kept.key].remove(kept)
        self.by_bill[kept.bill_id].remove(kept)
        if kept.holder_tag is not None:
            self.by_holder[kept.campaign_id, kept.holder_tag].remove(kept)

    @property
    def own_tills(self) -> frozenset[str]:
        return self.same_ledger | {self.till_id}

    def is_own(self, kept: KeptRedemption) -> bool:
        """Whether it was made by this till, or by one that used the same ledger before or after."""
        return kept.till_id in self.own_tills

    def change(self, kept: KeptRedemption) -> None:
        """A redemption that was stored before has changed."""
        if kept.redemption_id not in self.new:
            self.changed[kept.redemption_id] = kept

    def next_order(self) -> int:
        self.last_order += 1
        return self.last_order

    def taking_uses(self, key: CouponKey) -> list[KeptRedemption]:
        """The redemptions that take one of this coupon's uses."""
        return [each for each in self.by_key.get(key, ()) if each.use is not None]

    def free_use(self, key: CouponKey, uses: int) -> int | None:
        """The lowest use that nobody has; None where all are spent."""
        taken = {each.use for each in self.by_key.get(key, ())}
        return next((use for use in range(1, uses + 1) if use not in taken), None)

    def uses_of(self, kept: KeptRedemption) -> int:
        return self.campaigns[CampaignId(kept.campaign_id)].offers[kept.offer_index].uses

    def day_of(self, campaign_id: int, at: datetime) -> date:
        """The day for which a redemption at `at` counts, in the campaign's own zone."""
        campaign = self.campaigns.get(CampaignId(campaign_id))
        return at.astimezone(UTC if campaign is None else campaign.zone).date()

    def has_acknowledged(self, back: KeptWithdrawal) -> bool:
        """Whether this till had said that it refuses the code, in a row before the one that is looked at now."""
        said_now = any(ack.withdrawal_id == back.withdrawal_id for ack in self.acknowledgements)
        return said_now or self.till_id in back.acknowledged_by

    def _index(self, kept: KeptRedemption) -> None:
        self.by_id[kept.redemption_id] = kept
        self.by_key[kept.key].append(kept)
        if kept.till_id == self.till_id:
            self.by_bill[kept.bill_id].append(kept)
        if kept.holder_tag is not None:
            self.by_holder[kept.campaign_id, kept.holder_tag].append(kept)

    def _of_holders(self, connection: Connection, touched: Touched) -> list[KeptRedemption]:
        tags: dict[int, set[int]] = defaultdict(set)
        for campaign_id, tag in touched.holders:
            tags[campaign_id].add(tag)
        since = min(touched.earliest or self.now, self.now) - _A_DAY_AND_MORE
        return [
            each
            for campaign_id, some in tags.items()
            for each in redemption_rows.of_holders(connection, campaign_id, some, since)
        ]


def limited_holders(
    campaigns: dict[CampaignId, Campaign], shown: Iterable[tuple[int, int, int | None]]
) -> frozenset[Holder]:
    """Of (campaign_id, offer_index, holder_tag), the holders whose day is counted."""
    return frozenset(
        (campaign_id, tag)
        for campaign_id, offer_index, tag in shown
        if tag is not None and _has_daily_limit(campaigns.get(CampaignId(campaign_id)), offer_index)
    )


def _has_daily_limit(campaign: Campaign | None, offer_index: int) -> bool:
    if campaign is None or offer_index >= len(campaign.offers):
        return False
    return campaign.offers[offer_index].per_holder.redemptions_per_day is not None
