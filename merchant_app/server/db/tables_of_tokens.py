"""Tables: the tokens by which operators' programs come in."""

from sqlalchemy import Column, Table, Text

from merchant_app.server.db.columns import Instant
from merchant_app.server.db.tables_of_places import metadata

operator_tokens = Table(
    "operator_tokens",
    metadata,
    Column("token_id", Text, primary_key=True),
    Column("secret_hash", Text, nullable=False, unique=True),
    Column("operator_id", Text, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("revoked_at", Instant),
)
