"""Tables: merchants, which campaigns outlets take part in only by opting in, and which of them did."""

from sqlalchemy import BigInteger, Column, Index, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.tables_of_places import metadata

merchants = Table(
    "merchants",
    metadata,
    Column("merchant_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
)

by_opt_in = Table(
    "by_opt_in",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
)

participants = Table(
    "participants",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("outlet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("opted_in_at", Instant, nullable=False),
    Column("opted_out_at", Instant),
    Index("ix_participants_outlet", "outlet_id"),
)
