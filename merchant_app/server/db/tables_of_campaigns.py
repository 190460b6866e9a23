"""Tables: campaigns as they stand, and every version of an opened one's document."""

from sqlalchemy import BigInteger, Column, Integer, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.tables_of_places import metadata

campaigns = Table(
    "campaigns",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("opened_at", Instant),
    Column("paused_at", Instant),
    Column("closed_at", Instant),
    Column("version", Integer, nullable=False, server_default="0"),
)

campaign_versions = Table(
    "campaign_versions",
    metadata,
    Column("campaign_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("note", Text, nullable=False),
)
