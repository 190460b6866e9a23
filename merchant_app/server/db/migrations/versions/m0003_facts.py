"""Chains of facts, redemptions, disputes and events."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _chains()
    _rows()
    _forks()
    _redemptions()
    _reversals()
    _disputes()
    _events()


def _chains() -> None:
    op.create_table(
        "chains",
        sa.Column("chain_id", sa.Text(), nullable=False),
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("stored_to", sa.BigInteger(), nullable=False),
        sa.Column("head_hash", sa.LargeBinary(), nullable=False),
        sa.Column("frozen_at", sa.BigInteger(), nullable=True),
        sa.Column("parked", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id"),
    )
    op.create_index("ix_chains_till_id", "chains", ["till_id"], unique=False)


def _rows() -> None:
    op.create_table(
        "rows",
        sa.Column("chain_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("fact_id", sa.Text(), nullable=True),
        sa.Column("redemption_id", sa.Text(), nullable=True),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "seq"),
    )
    op.create_index("ix_rows_redemption_id", "rows", ["redemption_id"], unique=False)


def _forks() -> None:
    op.create_table(
        "forks",
        sa.Column("chain_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("chain_id", "seq", "hash"),
    )


def _redemptions() -> None:
    op.create_table(
        "redemptions",
        sa.Column("redemption_id", sa.Text(), nullable=False),
        sa.Column("stored_order", sa.BigInteger(), nullable=False),
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("use", sa.Integer(), nullable=True),
        sa.Column("round_index", sa.Integer(), nullable=False),
        sa.Column("offer_index", sa.Integer(), nullable=False),
        sa.Column("scope_outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("holder_tag", sa.BigInteger(), nullable=True),
        sa.Column("cashier", sa.Text(), nullable=False),
        sa.Column("bill_id", sa.Text(), nullable=False),
        sa.Column("bill_fen", sa.BigInteger(), nullable=True),
        sa.Column("amount_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("payable_fen", sa.BigInteger(), nullable=True),
        sa.Column("redeemed_at", sa.BigInteger(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("freed_by", sa.Text(), nullable=True),
        sa.Column("waits_for_use", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("dispute_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("redemption_id"),
        sa.UniqueConstraint("stored_order"),
    )
    op.create_index("ix_redemptions_bill", "redemptions", ["till_id", "bill_id"], unique=False)
    op.create_index("ix_redemptions_holder", "redemptions", ["campaign_id", "holder_tag", "redeemed_at"], unique=False)
    op.create_index("ix_redemptions_use", "redemptions", ["campaign_id", "serial", "use"], unique=True)


def _reversals() -> None:
    op.create_table(
        "reversals",
        sa.Column("redemption_id", sa.Text(), nullable=False),
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("stored_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("redemption_id", "till_id"),
    )


def _disputes() -> None:
    op.create_table(
        "disputes",
        sa.Column("dispute_id", sa.Text(), nullable=False),
        sa.Column("chain_id", sa.Text(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("redemption_id", sa.Text(), nullable=True),
        sa.Column("campaign_id", sa.BigInteger(), nullable=True),
        sa.Column("serial", sa.BigInteger(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("first_redemption_id", sa.Text(), nullable=True),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("dispute_id"),
    )


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("cursor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("scope_outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("redemption_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=True),
        sa.Column("holder_tag", sa.BigInteger(), nullable=True),
        sa.Column("offer_index", sa.Integer(), nullable=True),
        sa.Column("redeemed_at", sa.BigInteger(), nullable=True),
        sa.Column("standing", sa.Text(), nullable=True),
        sa.Column("dispute_id", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cursor"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_events_scope", "events", ["scope_outlet_id", "cursor"], unique=False)
    op.create_index("ix_events_till", "events", ["till_id", "cursor"], unique=False)
