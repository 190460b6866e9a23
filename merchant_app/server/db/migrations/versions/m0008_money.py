"""Disputes that can be resolved, with what each is about and who is proposed to pay; reserves, periods, settlements."""

import json
from datetime import date
from typing import Any

import sqlalchemy as sa
from alembic import op

from merchant_app.server.db.partitions import partitions_of, spread_by

revision = "0008"
down_revision = "0007"

_UNHEARD = {"already_redeemed", "uses_spent", "held_elsewhere", "daily_limit"}


def upgrade() -> None:
    _disputes()
    op.add_column("events", sa.Column("dispute_outcome", sa.Text(), nullable=True))
    _reserves_and_periods()
    _settlements()
    _catalogue_versions()


def _disputes() -> None:
    before = _disputes_so_far()
    op.drop_table("disputes")
    made = op.create_table(
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
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("till_id", sa.Text(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("amount_off_fen", sa.BigInteger(), nullable=False),
        sa.Column("proposed_payer", sa.Text(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.Column("outlet_note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("dispute_id"),
    )
    if before:
        op.bulk_insert(made, before)
    op.create_index("ix_disputes_open", "disputes", ["closed_at", "opened_at"])
    op.create_index("ix_disputes_row", "disputes", ["chain_id", "seq"])
    op.create_index("ix_disputes_campaign", "disputes", ["campaign_id", "outlet_id", "day"])
    op.create_index("ix_disputes_coupon", "disputes", ["campaign_id", "serial"])


def _disputes_so_far() -> list[dict[str, Any]]:
    found = op.get_bind().execute(
        sa.text(
            "SELECT d.dispute_id, d.chain_id, d.seq, d.redemption_id, d.campaign_id, d.serial, d.reasons,"
            " d.first_redemption_id, d.opened_at, d.closed_at, d.outcome, c.till_id, t.outlet_id, w.content,"
            " r.redemption_id AS own, r.day, r.amount_off_fen, k.campaign_id AS of_campaign, k.serial AS of_serial"
            " FROM disputes d JOIN chains c ON c.chain_id = d.chain_id JOIN tills t ON t.till_id = c.till_id"
            " LEFT JOIN rows w ON w.chain_id = d.chain_id AND w.seq = d.seq"
            " LEFT JOIN redemptions r ON r.dispute_id = d.dispute_id"
            " LEFT JOIN redemption_ids k ON k.redemption_id = d.redemption_id"
        )
    )
    return [_with_what_it_is_about(dict(row._mapping)) for row in found]


def _with_what_it_is_about(row: dict[str, Any]) -> dict[str, Any]:
    fact = json.loads(bytes(row.pop("content") or b"{}")).get("fact", {})
    own, day, amount = row.pop("own"), row.pop("day"), row.pop("amount_off_fen")
    known = {"campaign_id": row.pop("of_campaign"), "serial": row.pop("of_serial")}
    coupon = fact if own is None and "amount_off_fen" in fact else known
    for name in ("campaign_id", "serial"):
        row[name] = None if coupon[name] is None else int(coupon[name])
    codes = {each["code"] for each in json.loads(row["reasons"])}
    unheard = own is not None and codes <= _UNHEARD and fact.get("override_id") is None
    about = "void" if own is None and "amount_off_fen" not in fact else "redemption" if own is not None else "row"
    when = day if day is not None else fact.get("moment", {}).get("at", "1970-01-01")[:10]
    return {
        **row,
        "about": about,
        "day": date.fromisoformat(when) if isinstance(when, str) else when,
        "amount_off_fen": amount if amount is not None else int(fact.get("amount_off_fen", 0)),
        "proposed_payer": "campaign" if unheard else "outlet",
        "owed_fen": 0,
        "note": None,
        "resolved_by": None,
        "outlet_note": None,
    }


def _reserves_and_periods() -> None:
    op.create_table(
        "reserves",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("reserve_fen", sa.BigInteger(), nullable=False),
        sa.Column("stated_at", sa.BigInteger(), nullable=False),
        sa.Column("stated_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id"),
    )
    op.create_table(
        "settlement_periods",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("period_index", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("done_to", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "period_index"),
    )


def _catalogue_versions() -> None:
    op.create_table(
        "catalogue_versions",
        sa.Column("outlet_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("outlet_id", "version"),
    )


def _settlements() -> None:
    op.create_table(
        "settlements",
        sa.Column("campaign_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period_index", sa.Integer(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("adjusted_fen", sa.BigInteger(), nullable=False),
        sa.Column("line_count", sa.BigInteger(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("paid_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("campaign_id", "number"),
    )
    op.create_index("ix_settlements_outlet", "settlements", ["campaign_id", "outlet_id", "period_index"], unique=True)
    op.create_index("ix_settlements_period", "settlements", ["campaign_id", "period_index", "number"])
    op.create_table(
        "settlement_lines",
        sa.Column("campaign_id", sa.BigInteger(), nullable=False),
        sa.Column("outlet_id", sa.BigInteger(), nullable=False),
        sa.Column("item_id", sa.Text(), nullable=False),
        sa.Column("period_index", sa.Integer(), nullable=False),
        sa.Column("redemption_id", sa.Text(), nullable=False),
        sa.Column("serial", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "outlet_id", "item_id", "period_index"),
        postgresql_partition_by=spread_by("settlement_lines"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for statement in partitions_of("settlement_lines"):
            op.execute(statement)
