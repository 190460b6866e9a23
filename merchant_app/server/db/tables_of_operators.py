"""Tables: operators, the links and sessions by which they come in, and what they did."""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.tables_of_places import metadata

operators = Table(
    "operators",
    metadata,
    Column("operator_id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_key", Text, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("disabled_at", Instant),
)

operator_sessions = Table(
    "operator_sessions",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("operator_id", Text, nullable=False, index=True),
    Column("csrf", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    Column("operator_id", Text),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)

deeds = Table(
    "deeds",
    metadata,
    Column(
        "deed_id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True, nullable=False
    ),
    Column("at", Instant, nullable=False),
    Column("operator_id", Text),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("details", Text, nullable=False),
    Index("ix_deeds_operator_id", "operator_id", "deed_id"),
    Index("ix_deeds_what", "what", "deed_id"),
)
