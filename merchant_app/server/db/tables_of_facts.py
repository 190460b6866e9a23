"""Tables: chains and their rows as pushed, redemptions as the server keeps them, disputes, events."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.partitions import spread_by
from merchant_app.server.db.tables_of_places import metadata

CURSOR = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only in a column that is called INTEGER."""

chains = Table(
    "chains",
    metadata,
    Column("chain_id", Text, primary_key=True),
    Column("till_id", Text, nullable=False, index=True),
    Column("stored_to", BigInteger, nullable=False),
    Column("head_hash", LargeBinary, nullable=False),
    Column("frozen_at", Instant),
    Column("parked", BigInteger, nullable=False),
    Column("sealed_to", BigInteger),
    Column("sealed_hash", LargeBinary),
)

rows = Table(
    "rows",
    metadata,
    Column("chain_id", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),
    Column("kind", Text),
    Column("fact_id", Text),
    Column("redemption_id", Text),
    Column("stored_at", Instant, nullable=False),
    Index("ix_rows_redemption_id", "redemption_id"),
)

forks = Table(
    "forks",
    metadata,
    Column("chain_id", Text, primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, primary_key=True),
    Column("content", LargeBinary, nullable=False),
    Column("stored_at", Instant, nullable=False),
)

redemptions = Table(
    "redemptions",
    metadata,
    Column("redemption_id", Text, nullable=False),
    Column("stored_order", BigInteger, nullable=False),
    Column("till_id", Text, nullable=False),
    Column("outlet_id", BigInteger, nullable=False),
    Column("campaign_id", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("use", Integer),
    Column("round_index", Integer, nullable=False),
    Column("offer_index", Integer, nullable=False),
    Column("scope_outlet_id", BigInteger, nullable=False),
    Column("holder_tag", BigInteger),
    Column("cashier", Text, nullable=False),
    Column("bill_id", Text, nullable=False),
    Column("bill_fen", BigInteger),
    Column("amount_off_fen", BigInteger, nullable=False),
    Column("payable_fen", BigInteger),
    Column("redeemed_at", Instant, nullable=False),
    Column("stored_at", Instant, nullable=False),
    Column("standing", Text, nullable=False),
    Column("freed_by", Text),
    Column("waits_for_use", Boolean, nullable=False),
    Column("reasons", Text, nullable=False),
    Column("dispute_id", Text),
    Column("day", Date, nullable=False),
    Column("channel", Text),
    Column("payer", Text),
    Index("ix_redemptions_use", "campaign_id", "serial", "use", unique=True),
    Index("ix_redemptions_holder", "campaign_id", "holder_tag", "redeemed_at"),
    Index("ix_redemptions_bill", "till_id", "bill_id"),
    Index("ix_redemptions_order", "stored_order"),
    Index("ix_redemptions_day", "campaign_id", "outlet_id", "day"),
    PrimaryKeyConstraint("campaign_id", "serial", "redemption_id"),
    postgresql_partition_by=spread_by("redemptions"),
)

redemption_ids = Table(
    "redemption_ids",
    metadata,
    Column("redemption_id", Text, primary_key=True),
    Column("campaign_id", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),
    postgresql_partition_by=spread_by("redemption_ids"),
)

reversals = Table(
    "reversals",
    metadata,
    Column("redemption_id", Text, primary_key=True),
    Column("till_id", Text, primary_key=True),
    Column("stored_at", Instant, nullable=False),
)

disputes = Table(
    "disputes",
    metadata,
    Column("dispute_id", Text, primary_key=True),
    Column("chain_id", Text, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("redemption_id", Text),
    Column("campaign_id", BigInteger),
    Column("serial", BigInteger),
    Column("reasons", Text, nullable=False),
    Column("first_redemption_id", Text),
    Column("opened_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("outcome", Text),
    Column("about", Text, nullable=False),
    Column("till_id", Text, nullable=False),
    Column("outlet_id", BigInteger, nullable=False),
    Column("day", Date),
    Column("amount_off_fen", BigInteger, nullable=False),
    Column("proposed_payer", Text, nullable=False),
    Column("owed_fen", BigInteger, nullable=False),
    Column("note", Text),
    Column("resolved_by", Text),
    Column("outlet_note", Text),
    Index("ix_disputes_open", "closed_at", "opened_at"),
    Index("ix_disputes_row", "chain_id", "seq"),
    Index("ix_disputes_campaign", "campaign_id", "outlet_id", "day"),
    Index("ix_disputes_coupon", "campaign_id", "serial"),
)

events = Table(
    "events",
    metadata,
    Column("cursor", CURSOR, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("till_id", Text, nullable=False),
    Column("scope_outlet_id", BigInteger, nullable=False),
    Column("redemption_id", Text, nullable=False),
    Column("campaign_id", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("outlet_id", BigInteger),
    Column("holder_tag", BigInteger),
    Column("offer_index", Integer),
    Column("redeemed_at", Instant),
    Column("standing", Text),
    Column("dispute_id", Text),
    Column("reasons", Text, nullable=False),
    Column("dispute_outcome", Text),
    Index("ix_events_scope", "scope_outlet_id", "cursor"),
    Index("ix_events_till", "till_id", "cursor"),
    sqlite_autoincrement=True,
)
