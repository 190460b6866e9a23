"""Reads and writes redemptions as the server keeps them, their reversals and events, many at a time."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, insert, or_, select, update

from merchant_app.domain.redemption import Standing
from merchant_app.server.db.among import among
from merchant_app.server.db.columns import microseconds
from merchant_app.server.db.coupons import of_coupons
from merchant_app.server.db.kept import CouponKey, KeptRedemption
from merchant_app.server.db.stale import mark_stale
from merchant_app.server.db.tables import events, redemption_ids, redemptions, reversals
from merchant_app.wire.events import EventKind

_COLUMNS = [column.name for column in redemptions.columns]
_CHANGING = ("use", "standing", "freed_by", "waits_for_use", "reasons", "dispute_id", "payer")
_UPDATE = (
    update(redemptions)
    .where(
        redemptions.c.campaign_id == bindparam("of_campaign"),
        redemptions.c.serial == bindparam("of_serial"),
        redemptions.c.redemption_id == bindparam("of_redemption"),
    )
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)


def by_ids(connection: Connection, ids: Collection[str]) -> list[KeptRedemption]:
    if not ids:
        return []
    found = connection.execute(select(redemption_ids).where(among(redemption_ids.c.redemption_id, ids)))
    keys = [(row.campaign_id, row.serial) for row in found]
    return _select(connection, of_coupons(redemptions, keys) & among(redemptions.c.redemption_id, ids)) if keys else []


def of_keys(connection: Connection, keys: Collection[CouponKey]) -> list[KeptRedemption]:
    return _select(connection, of_coupons(redemptions, keys)) if keys else []


def of_bills(connection: Connection, till_id: str, bill_ids: Collection[str]) -> list[KeptRedemption]:
    if not bill_ids:
        return []
    return _select(connection, (redemptions.c.till_id == till_id) & among(redemptions.c.bill_id, bill_ids))


def of_holders(
    connection: Connection, campaign_id: int, holder_tags: Collection[int], since: datetime
) -> list[KeptRedemption]:
    """What these holders redeemed in one campaign from `since` on."""
    return _select(
        connection,
        (redemptions.c.campaign_id == campaign_id)
        & among(redemptions.c.holder_tag, holder_tags)
        & (redemptions.c.redeemed_at >= since),
    )


def last_order(connection: Connection) -> int:
    """The number of the redemption that was stored last; whoever writes is alone, so the next one is free."""
    return connection.scalar(select(func.max(redemptions.c.stored_order))) or 0


def reversed_ids(connection: Connection, till_ids: Collection[str], ids: Collection[str]) -> set[str]:
    """Which of these ids one of these tills has reversed."""
    if not ids:
        return set()
    there = reversals.c.till_id.in_(till_ids) & among(reversals.c.redemption_id, ids)
    return set(connection.scalars(select(reversals.c.redemption_id).where(there)))


def add_reversals(connection: Connection, till_id: str, ids: Collection[str], now: datetime) -> None:
    if ids:
        rows = [{"redemption_id": each, "till_id": till_id, "stored_at": now} for each in ids]
        connection.execute(insert(reversals), rows)


def add(connection: Connection, kept: Collection[KeptRedemption]) -> None:
    rows = [_as_row(each) for each in kept]
    if rows:
        mark_stale(connection, kept)
        connection.execute(insert(redemptions), rows)
        names = ("redemption_id", "campaign_id", "serial")
        connection.execute(insert(redemption_ids), [{name: row[name] for name in names} for row in rows])


def change(connection: Connection, kept: Collection[KeptRedemption]) -> None:
    """Writes what can change. Uses are given back before any is given anew, so that no two ever have the same one."""
    mark_stale(connection, kept)
    rows = sorted((_as_row(each) for each in kept), key=lambda row: row["use"] is not None)
    for row in rows:
        new = {f"new_{name}": row[name] for name in _CHANGING}
        here = {"of_campaign": row["campaign_id"], "of_serial": row["serial"], "of_redemption": row["redemption_id"]}
        connection.execute(_UPDATE, {**here, **new})


def add_events(connection: Connection, rows: list[dict[str, Any]], now: datetime) -> None:
    """Under cursors that grow with the time: after a backup was restored, none is given that a till has seen before."""
    if rows:
        first = max(last_cursor(connection) + 1, microseconds(now))
        connection.execute(insert(events), [{**row, "cursor": cursor} for cursor, row in enumerate(rows, first)])


def events_after(
    connection: Connection,
    after: int,
    till_id: str,
    adopted: Collection[str],
    outlet_ids: Collection[int],
    campaign_ids: Collection[int],
    most: int,
) -> list[Row[Any]]:
    """New standings of this till's own redemptions and of those it adopted; what others, and they, did with coupons
    that could be shown there."""
    own = events.c.till_id.in_([till_id, *adopted]) & (events.c.kind == EventKind.STANDING.value)
    others = (
        (events.c.till_id != till_id)
        & (events.c.kind != EventKind.STANDING.value)
        & events.c.scope_outlet_id.in_(outlet_ids)
        & events.c.campaign_id.in_(campaign_ids)
    )
    newer = select(events).where(events.c.cursor > after, or_(own, others)).order_by(events.c.cursor)
    return list(connection.execute(newer.limit(most)))


def last_cursor(connection: Connection) -> int:
    return connection.scalar(select(func.max(events.c.cursor))) or 0


def _select(connection: Connection, condition: ColumnElement[bool]) -> list[KeptRedemption]:
    return [_kept(row) for row in connection.execute(select(redemptions).where(condition))]


def _kept(row: Row[Any]) -> KeptRedemption:
    values = row._asdict()
    return KeptRedemption(
        **{**values, "standing": Standing(values["standing"]), "reasons": json.loads(values["reasons"])}
    )


def _as_row(kept: KeptRedemption) -> dict[str, Any]:
    row = {name: getattr(kept, name) for name in _COLUMNS}
    row["standing"] = kept.standing.value
    row["reasons"] = json.dumps(kept.reasons) if kept.reasons else "[]"
    return row
