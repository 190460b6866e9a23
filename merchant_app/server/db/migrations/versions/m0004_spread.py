"""Coupons, holds and redemptions keyed and partitioned by campaign and serial, with look-up tables for their numbers.

A redemption is given the day it counts for, and the channel in which its coupon was claimed.
"""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

from merchant_app.server.db.partitions import partitions_of, spread_by

revision = "0004"
down_revision = "0003"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def upgrade() -> None:
    _look_ups()
    _coupons()
    _holds()
    _redemptions()


def _spread(table: str, *parts: sa.Column[Any] | sa.PrimaryKeyConstraint, name: str | None = None) -> None:
    """A table that is partitioned on PostgreSQL, under another `name` while the old one is still there."""
    op.create_table(name or table, *parts, postgresql_partition_by=spread_by(table))
    if op.get_bind().dialect.name == "postgresql":
        for statement in partitions_of(table, name):
            op.execute(statement)


def _instead(table: str, copied: str, **filled: str) -> None:
    """Puts the new table in the place of the old one, with its rows."""
    into, given = ", ".join([copied, *filled]), ", ".join([copied, *filled.values()])
    op.execute(f"INSERT INTO new_{table} ({into}) SELECT {given} FROM {table}")
    op.drop_table(table)
    op.rename_table(f"new_{table}", table)


def _look_ups() -> None:
    _spread(
        "coupon_numbers",
        sa.Column("coupon_number", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("coupon_number"),
    )
    op.execute("INSERT INTO coupon_numbers SELECT coupon_number, campaign_id, serial FROM coupons")
    _spread(
        "redemption_ids",
        sa.Column("redemption_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("redemption_id"),
    )
    op.execute("INSERT INTO redemption_ids SELECT redemption_id, campaign_id, serial FROM redemptions")


def _coupons() -> None:
    _spread(
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
        name="new_coupons",
    )
    _instead(
        "coupons",
        "campaign_id, serial, round_index, offer_index, issued_at, ends_at, on_paper, outlet_id, channel,"
        " coupon_number, revoked_at, paper_freed_at",
    )


def _holds() -> None:
    _spread(
        "holds",
        sa.Column("hold_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("holder_tag", sa.BigInteger(), nullable=False),
        sa.Column("held_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.Column("freed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "serial", "hold_id"),
        name="new_holds",
    )
    op.drop_index("ix_holds_coupon", "holds")
    _instead("holds", "hold_id, campaign_id, serial, outlet_id, holder_tag, held_at, ends_at, freed_at")


def _redemptions() -> None:
    _spread(
        "redemptions",
        *_of_a_redemption(),
        sa.PrimaryKeyConstraint("campaign_id", "serial", "redemption_id"),
        name="new_redemptions",
    )
    for index in ("ix_redemptions_bill", "ix_redemptions_holder", "ix_redemptions_use"):
        op.drop_index(index, "redemptions")
    _instead(
        "redemptions",
        "redemption_id, stored_order, till_id, outlet_id, campaign_id, serial, use, round_index, offer_index,"
        " scope_outlet_id, holder_tag, cashier, bill_id, bill_fen, amount_off_fen, payable_fen, redeemed_at,"
        " stored_at, standing, freed_by, waits_for_use, reasons, dispute_id",
        day="'1970-01-01'",
    )
    _days_and_channels()
    op.create_index("ix_redemptions_bill", "redemptions", ["till_id", "bill_id"])
    op.create_index("ix_redemptions_holder", "redemptions", ["campaign_id", "holder_tag", "redeemed_at"])
    op.create_index("ix_redemptions_use", "redemptions", ["campaign_id", "serial", "use"], unique=True)
    op.create_index("ix_redemptions_order", "redemptions", ["stored_order"])
    op.create_index("ix_redemptions_day", "redemptions", ["campaign_id", "outlet_id", "day"])


def _of_a_redemption() -> list[sa.Column[Any]]:
    return [
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
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("payer", sa.Text(), nullable=True),
    ]


def _days_and_channels() -> None:
    """A day is one in the campaign's own time zone."""
    bind = op.get_bind()
    bind.execute(
        sa.text(
            "UPDATE redemptions SET channel = (SELECT coupons.channel FROM coupons WHERE"
            " coupons.campaign_id = redemptions.campaign_id AND coupons.serial = redemptions.serial)"
        )
    )
    documents = {row.campaign_id: row.document for row in bind.execute(sa.text("SELECT * FROM campaigns"))}
    zones = {each: ZoneInfo(json.loads(document)["time_zone"]) for each, document in documents.items()}
    days = [
        {
            "of_redemption": row.redemption_id,
            "day": (_EPOCH + timedelta(microseconds=row.redeemed_at))
            .astimezone(zones.get(row.campaign_id, ZoneInfo("UTC")))
            .date(),
        }
        for row in bind.execute(sa.text("SELECT redemption_id, campaign_id, redeemed_at FROM redemptions"))
    ]
    if days:
        change = sa.text("UPDATE redemptions SET day = :day WHERE redemption_id = :of_redemption")
        bind.execute(change.bindparams(sa.bindparam("day", type_=sa.Date())), days)
