"""Reads coupons, holds, withdrawals and the tills that answer for them, many at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, Connection, Table, or_, select

from ...domain.coupon_code import Form
from .kept import CouponKey, KeptCoupon, KeptHold, KeptTill, KeptWithdrawal
from .tables import coupons, holds, tills, withdrawal_acks, withdrawals


def of_coupons(table: Table, keys: Iterable[CouponKey]) -> ColumnElement[bool]:
    """The rows of `table` that are about one of these coupons; one index look-up each."""
    serials = defaultdict(list)
    for campaign_id, serial in keys:
        serials[campaign_id].append(serial)
    return or_(
        False,
        *((table.c.campaign_id == campaign_id) & table.c.serial.in_(some) for campaign_id, some in serials.items()),
    )


def coupons_by_key(connection: Connection, keys: Collection[CouponKey]) -> dict[CouponKey, KeptCoupon]:
    if not keys:
        return {}
    rows = connection.execute(select(coupons).where(of_coupons(coupons, keys)))
    return {kept.key: kept for kept in (KeptCoupon(*row) for row in rows)}


def coupons_by_number(connection: Connection, numbers: Collection[str]) -> dict[str, KeptCoupon]:
    if not numbers:
        return {}
    rows = connection.execute(select(coupons).where(coupons.c.coupon_number.in_(numbers)))
    return {kept.coupon_number: kept for kept in (KeptCoupon(*row) for row in rows)}


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
    return [
        KeptWithdrawal(
            row.withdrawal_id, row.outlet_id, row.campaign_id, row.serial, Form(row.form), row.held_until,
            row.into_wallet, row.made_at, frozenset(acks[row.withdrawal_id]),
        )
        for row in rows
    ]  # fmt: skip


def tills_of(connection: Connection, outlet_ids: Collection[int]) -> list[KeptTill]:
    if not outlet_ids:
        return []
    columns = (tills.c.till_id, tills.c.outlet_id, tills.c.enrolled_at, tills.c.revoked_at, tills.c.answered_floor)
    return [KeptTill(*row) for row in connection.execute(select(*columns).where(tills.c.outlet_id.in_(outlet_ids)))]
