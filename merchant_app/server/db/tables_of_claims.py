"""Tables: claim links, what each wallet has claimed by them, and how many were issued of what, where and when."""

from sqlalchemy import BigInteger, Column, Date, Integer, PrimaryKeyConstraint, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.partitions import spread_by
from merchant_app.server.db.tables_of_places import metadata

claim_links = Table(
    "claim_links",
    metadata,
    Column("link_id", Text, primary_key=True),
    Column("campaign_id", BigInteger, nullable=False, index=True),
    Column("round_index", Integer, nullable=False),
    Column("channel", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("closed_at", Instant),
)

claims = Table(
    "claims",
    metadata,
    Column("campaign_id", BigInteger, nullable=False),
    Column("wallet_id", Text, nullable=False),
    Column("claim_id", Text, nullable=False),
    Column("round_index", Integer, nullable=False),
    Column("offer_index", Integer, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("link_id", Text, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    PrimaryKeyConstraint("campaign_id", "wallet_id", "claim_id"),
    postgresql_partition_by=spread_by("claims"),
)

claimed = Table(
    "claimed",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("day", Date, primary_key=True),
    Column("round_index", Integer, primary_key=True, autoincrement=False),
    Column("offer_index", Integer, primary_key=True, autoincrement=False),
    Column("channel", Text, primary_key=True),
    Column("outlet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("claimed_count", BigInteger, nullable=False),
)
