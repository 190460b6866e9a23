"""Kept summaries for the report over all outlets, and the tokens of operators' programs.

What is redeemed already is marked stale: its first reader adds it up.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_MEASURES = (
    "kept_count",
    "amount_off_fen",
    "bill_fen",
    "contested_count",
    "contested_off_fen",
    "voided_count",
    "voided_off_fen",
)
_KINDS = {"day": sa.Date, "channel": sa.Text, "round_index": sa.Integer, "offer_index": sa.Integer}


def upgrade() -> None:
    _tallies("tallies", "outlet_id", "round_index", "offer_index", "channel")
    _tallies("tallies_by_outlet", "outlet_id")
    _tallies("tallies_by_day", "round_index", "offer_index", "channel")
    op.create_index("ix_tallies_outlet", "tallies", ["campaign_id", "outlet_id", "day"])
    op.create_index("ix_tallies_by_outlet_outlet", "tallies_by_outlet", ["campaign_id", "outlet_id", "day"])
    _keyed("stale_tallies", ("campaign_id", "day", "outlet_id"))
    _operator_tokens()
    op.execute("INSERT INTO stale_tallies SELECT DISTINCT campaign_id, day, outlet_id FROM redemptions")


def _operator_tokens() -> None:
    op.create_table(
        "operator_tokens",
        sa.Column("token_id", sa.Text(), nullable=False),
        sa.Column("secret_hash", sa.Text(), nullable=False),
        sa.Column("operator_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_id"),
        sa.UniqueConstraint("secret_hash"),
    )
    op.create_index("ix_operator_tokens_operator_id", "operator_tokens", ["operator_id"])


def _tallies(table: str, *finer: str) -> None:
    measures = [sa.Column(name, sa.BigInteger(), nullable=False) for name in _MEASURES]
    _keyed(table, ("campaign_id", "day", *finer), *measures)


def _keyed(table: str, key: tuple[str, ...], *others: sa.Column[Any]) -> None:
    columns = [sa.Column(name, _KINDS.get(name, sa.BigInteger)(), autoincrement=False, nullable=False) for name in key]
    op.create_table(table, *columns, *others, sa.PrimaryKeyConstraint(*key), sqlite_with_rowid=False)
