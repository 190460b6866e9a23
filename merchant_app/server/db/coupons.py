"""Reads and writes coupons, holds and withdrawals, and the tills that answer for them, many at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, exists, func, insert, or_, select, update

from merchant_app.domain.coupon_code import Form
from merchant_app.server.db.among import among
from merchant_app.server.db.columns import Instant
from merchant_app.server.db.kept import CouponKey, KeptCoupon, KeptHold, KeptTill, KeptWithdrawal
from merchant_app.server.db.notes import note_change
from merchant_app.server.db.tables import (
    coupon_numbers,
    coupons,
    holds,
    redemptions,
    tills,
    withdrawal_acks,
    withdrawals,
)

_CHUNK = 500


def of_coupons(table: Table, keys: Iterable[CouponKey]) -> ColumnElement[bool]:
    """The rows of `table` that are about one of these coupons; one index look-up each."""
    serials = defaultdict(list)
    for campaign_id, serial in keys:
        serials[campaign_id].append(serial)
    return or_(
        False,
        *((table.c.campaign_id == campaign_id) & among(table.c.serial, some) for campaign_id, some in serials.items()),
    )


def coupons_by_key(connection: Connection, keys: Collection[CouponKey]) -> dict[CouponKey, KeptCoupon]:
    if not keys:
        return {}
    rows = connection.execute(select(coupons).where(of_coupons(coupons, keys)))
    return {kept.key: kept for kept in (KeptCoupon(*row) for row in rows)}


def coupons_by_number(connection: Connection, numbers: Collection[str]) -> dict[str, KeptCoupon]:
    if not numbers:
        return {}
    rows = connection.execute(select(coupon_numbers).where(among(coupon_numbers.c.coupon_number, numbers)))
    kept = coupons_by_key(connection, [(row.campaign_id, row.serial) for row in rows])
    return {each.coupon_number: each for each in kept.values()}


def holds_of(connection: Connection, keys: Collection[CouponKey]) -> list[KeptHold]:
    """Every hold that was given of these coupons, oldest first."""
    if not keys:
        return []
    rows = connection.execute(select(holds).where(of_coupons(holds, keys)).order_by(holds.c.held_at))
    return [KeptHold(*row) for row in rows]


def withdrawals_of(connection: Connection, keys: Collection[CouponKey]) -> list[KeptWithdrawal]:
    if not keys:
        return []
    rows = connection.execute(select(withdrawals).where(of_coupons(withdrawals, keys))).all()
    acks = defaultdict(set)
    ids = [row.withdrawal_id for row in rows]
    for ack in (
        connection.execute(select(withdrawal_acks).where(withdrawal_acks.c.withdrawal_id.in_(ids))) if ids else ()
    ):
        acks[ack.withdrawal_id].add(ack.till_id)
    return [_withdrawal(row, frozenset(acks[row.withdrawal_id])) for row in rows]


def tills_of(connection: Connection, outlet_ids: Collection[int]) -> list[KeptTill]:
    if not outlet_ids:
        return []
    columns = [tills.c[name] for name in KeptTill.__slots__]
    return [KeptTill(*row) for row in connection.execute(select(*columns).where(tills.c.outlet_id.in_(outlet_ids)))]


def add_coupons(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(coupons), rows)
    numbers = ("coupon_number", "campaign_id", "serial")
    connection.execute(insert(coupon_numbers), [{name: row[name] for name in numbers} for row in rows])


def numbers_taken(connection: Connection, numbers: Collection[str]) -> set[str]:
    """Which of these coupon numbers are another coupon's already."""
    some = list(numbers)
    taken: set[str] = set()
    for start in range(0, len(some), _CHUNK):
        there = coupon_numbers.c.coupon_number.in_(some[start : start + _CHUNK])
        taken.update(connection.scalars(select(coupon_numbers.c.coupon_number).where(there)))
    return taken


def add_hold(connection: Connection, hold: KeptHold) -> None:
    connection.execute(insert(holds).values({name: getattr(hold, name) for name in KeptHold.__slots__}))


def add_withdrawal(connection: Connection, back: KeptWithdrawal) -> None:
    names = (column.name for column in withdrawals.columns)
    connection.execute(insert(withdrawals).values({name: getattr(back, name) for name in names}))
    note_change(connection, back.outlet_id)


def mark_revoked(connection: Connection, key: CouponKey, now: datetime) -> None:
    _mark(connection, coupons, key, "revoked_at", now)
    outlet_id = connection.scalar(select(coupons.c.outlet_id).where(of_coupons(coupons, [key])))
    note_change(connection, outlet_id or None)


def mark_free(connection: Connection, key: CouponKey, now: datetime) -> None:
    """Whatever right its paper and its holds gave."""
    _mark(connection, coupons, key, "paper_freed_at", now)
    _mark(connection, holds, key, "freed_at", now)


def newest_good_paper(
    connection: Connection, campaign_id: int, spent_by_one: Collection[int]
) -> list[tuple[int, int, int, datetime]]:
    """The paper of this campaign that names an outlet and was not taken back: by (outlet_id, round_index, offer_index),
    when the newest of it was issued, which is the last to end.

    `spent_by_one`: the offers whose coupons are done after one redemption; others count until they end.
    """
    of_campaign = (coupons.c.campaign_id == campaign_id) & (coupons.c.outlet_id != 0)
    is_good = coupons.c.on_paper & coupons.c.revoked_at.is_(None) & coupons.c.paper_freed_at.is_(None)
    redeemed = exists().where(
        redemptions.c.campaign_id == coupons.c.campaign_id,
        redemptions.c.serial == coupons.c.serial,
        redemptions.c.use.is_not(None),
    )
    is_spent = coupons.c.offer_index.in_(spent_by_one) & redeemed
    place = (coupons.c.outlet_id, coupons.c.round_index, coupons.c.offer_index)
    newest = select(*place, func.max(coupons.c.issued_at, type_=Instant))
    rows = connection.execute(newest.where(of_campaign, is_good, ~is_spent).group_by(*place))
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def revoked_in(connection: Connection, campaign_ids: Collection[int], outlet_ids: Collection[int]) -> list[KeptCoupon]:
    """The revoked coupons of these campaigns that could be shown at these outlets (0: any), in order."""
    shown = coupons.c.campaign_id.in_(campaign_ids) & coupons.c.outlet_id.in_(outlet_ids)
    revoked = select(coupons).where(coupons.c.revoked_at.is_not(None), shown)
    return [KeptCoupon(*row) for row in connection.execute(revoked.order_by(coupons.c.campaign_id, coupons.c.serial))]


def withdrawals_at(connection: Connection, outlet_id: int) -> list[KeptWithdrawal]:
    """What the tills of an outlet have to give back, in order; who has acknowledged it is not looked up."""
    there = select(withdrawals).where(withdrawals.c.outlet_id == outlet_id).order_by(withdrawals.c.withdrawal_id)
    return [_withdrawal(row, frozenset()) for row in connection.execute(there)]


def _withdrawal(row: Row[Any], acknowledged_by: frozenset[str]) -> KeptWithdrawal:
    values = {**row._asdict(), "form": Form(row.form)}
    return KeptWithdrawal(**values, acknowledged_by=acknowledged_by)


def _mark(connection: Connection, table: Table, key: CouponKey, column: str, now: datetime) -> None:
    """Once: when it was done first is what counts."""
    here = (table.c.campaign_id == key[0]) & (table.c.serial == key[1]) & table.c[column].is_(None)
    connection.execute(update(table).where(here).values({column: now}))
