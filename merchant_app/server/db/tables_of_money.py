"""Tables: what is kept back for doubles, closed periods, settlements and their lines."""

from sqlalchemy import BigInteger, Column, Date, Index, Integer, PrimaryKeyConstraint, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.partitions import spread_by
from merchant_app.server.db.tables_of_places import metadata

reserves = Table(
    "reserves",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reserve_fen", BigInteger, nullable=False),
    Column("stated_at", Instant, nullable=False),
    Column("stated_by", Text, nullable=False),
)

settlement_periods = Table(
    "settlement_periods",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("period_index", Integer, primary_key=True, autoincrement=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("begun_by", Text, nullable=False),
    Column("done_to", BigInteger, nullable=False),
    Column("closed_at", Instant),
)

settlements = Table(
    "settlements",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("period_index", Integer, nullable=False),
    Column("outlet_id", BigInteger, nullable=False),
    Column("owed_fen", BigInteger, nullable=False),
    Column("adjusted_fen", BigInteger, nullable=False),
    Column("line_count", BigInteger, nullable=False),
    Column("paid_on", Date),
    Column("reference", Text),
    Column("paid_at", Instant),
    Column("paid_by", Text),
    Index("ix_settlements_outlet", "campaign_id", "outlet_id", "period_index", unique=True),
    Index("ix_settlements_period", "campaign_id", "period_index", "number"),
)

settlement_lines = Table(
    "settlement_lines",
    metadata,
    Column("campaign_id", BigInteger, nullable=False),
    Column("outlet_id", BigInteger, nullable=False),
    Column("item_id", Text, nullable=False),
    Column("period_index", Integer, nullable=False),
    Column("redemption_id", Text, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("why", Text, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    PrimaryKeyConstraint("campaign_id", "outlet_id", "item_id", "period_index"),
    postgresql_partition_by=spread_by("settlement_lines"),
)
