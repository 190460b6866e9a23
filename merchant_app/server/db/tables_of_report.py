"""Tables of the report over all outlets: what redemptions come to, kept at three grains, and which of it is stale.

Every row here can be rebuilt from `redemptions`. A channel that is not known is an empty text: it is part of a key.
"""

from typing import Any

from sqlalchemy import BigInteger, Column, Date, Index, Integer, Table, Text

from merchant_app.server.db.tables_of_places import metadata

MEASURES = (
    "kept_count",
    "amount_off_fen",
    "bill_fen",
    "contested_count",
    "contested_off_fen",
    "voided_count",
    "voided_off_fen",
)
"""Kept is what was taken and not voided; what is contested is part of it. A bill counts once in a campaign."""


def _key(name: str, kind: type[Any]) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _measures() -> list[Column[Any]]:
    return [Column(name, BigInteger, nullable=False) for name in MEASURES]


tallies = Table(
    "tallies",
    metadata,
    _key("campaign_id", BigInteger),
    _key("day", Date),
    _key("outlet_id", BigInteger),
    _key("round_index", Integer),
    _key("offer_index", Integer),
    _key("channel", Text),
    *_measures(),
    Index("ix_tallies_outlet", "campaign_id", "outlet_id", "day"),
    sqlite_with_rowid=False,
)

tallies_by_outlet = Table(
    "tallies_by_outlet",
    metadata,
    _key("campaign_id", BigInteger),
    _key("day", Date),
    _key("outlet_id", BigInteger),
    *_measures(),
    Index("ix_tallies_by_outlet_outlet", "campaign_id", "outlet_id", "day"),
    sqlite_with_rowid=False,
)

tallies_by_day = Table(
    "tallies_by_day",
    metadata,
    _key("campaign_id", BigInteger),
    _key("day", Date),
    _key("round_index", Integer),
    _key("offer_index", Integer),
    _key("channel", Text),
    *_measures(),
    sqlite_with_rowid=False,
)

stale_tallies = Table(
    "stale_tallies",
    metadata,
    _key("campaign_id", BigInteger),
    _key("day", Date),
    _key("outlet_id", BigInteger),
    sqlite_with_rowid=False,
)
