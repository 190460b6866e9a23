"""Campaigns that pause and close, and every version of their documents."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.add_column("campaigns", sa.Column("paused_at", sa.BigInteger(), nullable=True))
    op.add_column("campaigns", sa.Column("closed_at", sa.BigInteger(), nullable=True))
    op.add_column("campaigns", sa.Column("version", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "campaign_versions",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "version"),
    )
    op.execute("UPDATE campaigns SET version = 1 WHERE opened_at IS NOT NULL")
    op.execute(
        "INSERT INTO campaign_versions (campaign_id, version, document, made_at, made_by, note)"
        " SELECT campaign_id, 1, document, opened_at, '', '' FROM campaigns WHERE opened_at IS NOT NULL"
    )
