"""Campaigns, pictures, keys, coupons, holds and withdrawals."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    _campaigns()
    _pictures()
    _issuing_keys()
    _issued()
    _coupons()
    _holds()
    _withdrawals()
    _withdrawal_acks()


def _campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("added_at", sa.BigInteger(), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id"),
    )


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("media_type", sa.Text(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256"),
    )


def _issuing_keys() -> None:
    op.create_table(
        "issuing_keys",
        sa.Column("key_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=True),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("key_index"),
    )


def _issued() -> None:
    op.create_table(
        "issued",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offer_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("issued_count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "round_index", "offer_index"),
    )


def _coupons() -> None:
    op.create_table(
        "coupons",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("serial", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("round_index", sa.Integer(), nullable=False),
        sa.Column("offer_index", sa.Integer(), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("on_paper", sa.Boolean(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("coupon_number", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("paper_freed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "serial"),
        sa.UniqueConstraint("coupon_number"),
    )


def _holds() -> None:
    op.create_table(
        "holds",
        sa.Column("hold_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("holder_tag", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("freed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("hold_id"),
    )
    op.create_index("ix_holds_coupon", "holds", ["campaign_id", "serial"], unique=False)


def _withdrawals() -> None:
    op.create_table(
        "withdrawals",
        sa.Column("withdrawal_id", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("held_until", sa.BigInteger(), nullable=True),
        sa.Column("into_wallet", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("withdrawal_id"),
    )
    op.create_index("ix_withdrawals_coupon", "withdrawals", ["campaign_id", "serial"], unique=False)
    op.create_index("ix_withdrawals_outlet_id", "withdrawals", ["outlet_id"], unique=False)


def _withdrawal_acks() -> None:
    op.create_table(
        "withdrawal_acks",
        sa.Column("withdrawal_id", sa.Text(), nullable=False),
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("withdrawal_id", "till_id"),
    )
