"""Claim links, what each wallet has claimed, and how many were claimed where and when."""

import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from merchant_app.server.db.partitions import partitions_of, spread_by

revision = "0005"
down_revision = "0004"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    _claim_links()
    _claims()
    _claimed()
    _count_what_was_issued()


def _claim_links() -> None:
    op.create_table(
        "claim_links",
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("round_index", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("link_id"),
    )
    op.create_index("ix_claim_links_campaign_id", "claim_links", ["campaign_id"])


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("wallet_id", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Text(), nullable=False),
        sa.Column("round_index", sa.Integer(), nullable=False),
        sa.Column("offer_index", sa.Integer(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("link_id", sa.Text(), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "wallet_id", "claim_id"),
        postgresql_partition_by=spread_by("claims"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in partitions_of("claims"):
            op.execute(statement)


def _claimed() -> None:
    op.create_table(
        "claimed",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("round_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("offer_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("claimed_count", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "day", "round_index", "offer_index", "channel", "outlet_id"),
    )


def _count_what_was_issued() -> None:
    """A day is one in the campaign's own time zone."""
    bind = op.get_bind()
    documents = {row.campaign_id: row.document for row in bind.execute(sa.text("SELECT * FROM campaigns"))}
    zones = {each: ZoneInfo(json.loads(document)["time_zone"]) for each, document in documents.items()}
    counts: Counter[tuple[Any, ...]] = Counter()
    grouped = sa.text(
        "SELECT campaign_id, issued_at, round_index, offer_index, COALESCE(channel, '') AS channel, outlet_id,"
        " COUNT(*) AS issued FROM coupons GROUP BY 1, 2, 3, 4, 5, 6"
    )
    for row in bind.execute(grouped):
        day = _day(row.issued_at, zones.get(row.campaign_id, ZoneInfo("UTC")))
        counts[row.campaign_id, day, row.round_index, row.offer_index, row.channel, row.outlet_id] += row.issued
    names = ("campaign_id", "day", "round_index", "offer_index", "channel", "outlet_id", "claimed_count")
    claimed = sa.table("claimed", *(sa.column(name, sa.Date() if name == "day" else None) for name in names))
    if counts:
        bind.execute(
            claimed.insert(), [dict(zip(names, (*cell, count), strict=True)) for cell, count in counts.items()]
        )


def _day(issued_at: int, zone: ZoneInfo) -> date:
    return (_EPOCH + timedelta(microseconds=issued_at)).astimezone(zone).date()
