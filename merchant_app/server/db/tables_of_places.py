"""Tables: outlets, their staff and tills, invitations, guesses that are counted, and what this server is."""

from sqlalchemy import BigInteger, Column, Float, Index, LargeBinary, MetaData, Table, Text

from merchant_app.server.db.columns import Instant

metadata = MetaData()

outlets = Table(
    "outlets",
    metadata,
    Column("outlet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("name_zh", Text, nullable=False),
    Column("name_en", Text, nullable=False),
    Column("district", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("hours", Text, nullable=False),
    Column("address_zh", Text, nullable=False),
    Column("address_en", Text, nullable=False),
    Column("merchant_id", BigInteger, index=True),
    Column("closed_at", Instant),
)

staff = Table(
    "staff",
    metadata,
    Column("staff_id", Text, primary_key=True),
    Column("outlet_id", BigInteger, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("pin_hash", Text),
)

tills = Table(
    "tills",
    metadata,
    Column("till_id", Text, primary_key=True),
    Column("outlet_id", BigInteger, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("public_key", LargeBinary, nullable=False),
    Column("enrolled_at", Instant, nullable=False),
    Column("revoked_at", Instant),
    Column("answered_floor", Instant),
    Column("last_seen_at", Instant),
    Column("reported_at", Instant),
    Column("waiting", BigInteger),
    Column("clock_ahead_ms", BigInteger),
    Column("catalogue_version", BigInteger),
    Column("catalogue_at", Instant),
    Column("retired_at", Instant),
    Column("adopted_by", Text, index=True),
    Column("answered_by", Text),
)

invitations = Table(
    "invitations",
    metadata,
    Column("secret_hash", Text, primary_key=True),
    Column("outlet_id", BigInteger, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
    Column("till_id", Text),
)

guesses = Table(
    "guesses",
    metadata,
    Column("topic", Text, nullable=False),
    Column("guessed_at", Instant, nullable=False),
    Index("ix_guesses_topic_guessed_at", "topic", "guessed_at"),
)

settings = Table(
    "settings",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

published = Table(
    "published",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", BigInteger, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("made_after", BigInteger, nullable=False),
)

catalogue_versions = Table(
    "catalogue_versions",
    metadata,
    Column("outlet_id", BigInteger, primary_key=True, autoincrement=False),
    Column("version", BigInteger, primary_key=True, autoincrement=False),
    Column("made_at", Instant, nullable=False),
)
