"""Tables: the pictures and keys of campaigns, coupons, holds, and rights that were taken back."""

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, LargeBinary, PrimaryKeyConstraint, Table, Text, text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.partitions import spread_by
from merchant_app.server.db.tables_of_places import metadata

_NAMES_ONE, _REVOKED = text("outlet_id <> 0"), text("revoked_at IS NOT NULL")

pictures = Table(
    "pictures",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("media_type", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

issuing_keys = Table(
    "issuing_keys",
    metadata,
    Column("key_index", Integer, primary_key=True, autoincrement=False),
    Column("campaign_id", BigInteger, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("valid_from", Instant),
    Column("valid_until", Instant),
    Column("revoked_at", Instant),
)

issued = Table(
    "issued",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("round_index", Integer, primary_key=True, autoincrement=False),
    Column("offer_index", Integer, primary_key=True, autoincrement=False),
    Column("issued_count", BigInteger, nullable=False),
)

coupons = Table(
    "coupons",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("round_index", Integer, nullable=False),
    Column("offer_index", Integer, nullable=False),
    Column("issued_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("on_paper", Boolean, nullable=False),
    Column("outlet_id", BigInteger, nullable=False),
    Column("channel", Text),
    Column("coupon_number", Text, nullable=False),
    Column("revoked_at", Instant),
    Column("paper_freed_at", Instant),
    Index("ix_coupons_outlet", "campaign_id", "outlet_id", postgresql_where=_NAMES_ONE, sqlite_where=_NAMES_ONE),
    Index("ix_coupons_revoked", "campaign_id", "outlet_id", postgresql_where=_REVOKED, sqlite_where=_REVOKED),
    postgresql_partition_by=spread_by("coupons"),
)

coupon_numbers = Table(
    "coupon_numbers",
    metadata,
    Column("coupon_number", Text, primary_key=True),
    Column("campaign_id", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),
    postgresql_partition_by=spread_by("coupon_numbers"),
)

holds = Table(
    "holds",
    metadata,
    Column("hold_id", Text, nullable=False),
    Column("campaign_id", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("outlet_id", BigInteger, nullable=False),
    Column("holder_tag", BigInteger, nullable=False),
    Column("held_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("freed_at", Instant),
    PrimaryKeyConstraint("campaign_id", "serial", "hold_id"),
    postgresql_partition_by=spread_by("holds"),
)

withdrawals = Table(
    "withdrawals",
    metadata,
    Column("withdrawal_id", Text, primary_key=True),
    Column("outlet_id", BigInteger, nullable=False, index=True),
    Column("campaign_id", BigInteger, nullable=False),
    Column("serial", BigInteger, nullable=False),
    Column("form", Text, nullable=False),
    Column("held_until", Instant),
    Column("into_wallet", Boolean, nullable=False),
    Column("made_at", Instant, nullable=False),
    Index("ix_withdrawals_coupon", "campaign_id", "serial"),
)

withdrawal_acks = Table(
    "withdrawal_acks",
    metadata,
    Column("withdrawal_id", Text, primary_key=True),
    Column("till_id", Text, primary_key=True),
    Column("acknowledged_at", Instant, nullable=False),
)
