"""Merchants, outlets that opt in and out and that close, what each till says of itself, and chains that are adopted."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    _merchants()
    _participants()
    _outlets()
    _tills()
    _chains()
    _finding_coupons()


def _merchants() -> None:
    op.create_table(
        "merchants",
        sa.Column("merchant_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name_zh", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("merchant_id"),
    )


def _participants() -> None:
    op.create_table(
        "by_opt_in",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id"),
    )
    op.create_table(
        "participants",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("opted_in_at", sa.BigInteger(), nullable=False),
        sa.Column("opted_out_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "outlet_id"),
    )
    op.create_index("ix_participants_outlet", "participants", ["outlet_id"])


def _outlets() -> None:
    op.add_column("outlets", sa.Column("merchant_id", sa.BigInteger(), nullable=True))
    op.add_column("outlets", sa.Column("closed_at", sa.BigInteger(), nullable=True))
    op.create_index("ix_outlets_merchant_id", "outlets", ["merchant_id"])


def _tills() -> None:
    """What a till last said of itself, and who answers for one that was enrolled anew."""
    for name in ("reported_at", "waiting", "clock_ahead_ms", "catalogue_version", "catalogue_at", "retired_at"):
        op.add_column("tills", sa.Column(name, sa.BigInteger(), nullable=True))
    for name in ("adopted_by", "answered_by"):
        op.add_column("tills", sa.Column(name, sa.Text(), nullable=True))
    op.create_index("ix_tills_adopted_by", "tills", ["adopted_by"])


def _chains() -> None:
    """Where the ledger of an adopted chain ends."""
    op.add_column("chains", sa.Column("sealed_to", sa.BigInteger(), nullable=True))
    op.add_column("chains", sa.Column("sealed_hash", sa.LargeBinary(), nullable=True))


def _finding_coupons() -> None:
    """The few that name an outlet, and the few that were revoked, among millions that are neither."""
    for name, columns, rows in (
        ("ix_coupons_outlet", ["campaign_id", "outlet_id"], sa.text("outlet_id <> 0")),
        ("ix_coupons_revoked", ["campaign_id", "outlet_id"], sa.text("revoked_at IS NOT NULL")),
    ):
        op.create_index(name, "coupons", columns, postgresql_where=rows, sqlite_where=rows)
