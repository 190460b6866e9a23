"""The catalogue as it was last accepted: its parts, the withdrawals they name, and what others redeemed."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from merchant_app.domain.coupon_code import CouponCode, Form
from merchant_app.domain.judging import Withdrawn
from merchant_app.domain.kinds import CouponId
from merchant_app.wire.catalogue import Withdrawal, WithdrawalsPart
from merchant_app.wire.events import Event, EventKind

KEYS, SNAPSHOT = "keys", "snapshot"
"""Kept beside the snapshot's parts, by the same shape."""


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    version: int
    sha256: str
    content: bytes


def parts(db: Database) -> dict[str, Part]:
    rows = db.conn.execute("SELECT name, version, sha256, content FROM catalogue_part")
    return {name: Part(name, version, sha256, content) for name, version, sha256, content in rows}


def versions(db: Database) -> dict[str, tuple[int, str]]:
    """(version, sha256) of every part here."""
    rows = db.conn.execute("SELECT name, version, sha256 FROM catalogue_part")
    return {name: (version, sha256) for name, version, sha256 in rows}


def put_parts(db: Database, changed: list[Part]) -> None:
    """Takes over parts that were checked together."""
    db.conn.executemany(
        "INSERT INTO catalogue_part (name, version, sha256, content) VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
        " SET version = excluded.version, sha256 = excluded.sha256, content = excluded.content",
        [(part.name, part.version, part.sha256, part.content) for part in changed],
    )


def forget(db: Database) -> None:
    """What another till, or this one at another server, was told; what it acknowledged stays."""
    for table in ("catalogue_part", "other_redemption", "revoked_coupon"):
        db.conn.execute(f"DELETE FROM {table}")


def put_revoked(db: Database, part: WithdrawalsPart) -> None:
    db.table("revoked_coupon").upsert_all(
        [
            {"campaign_id": each.campaign_id, "serial": int(each.serial), "since": each.since.isoformat()}
            for each in part.revoked
        ],
        pk=("campaign_id", "serial"),
    )


def revoked_at(db: Database, coupon: CouponId) -> datetime | None:
    row = db.conn.execute(
        "SELECT since FROM revoked_coupon WHERE campaign_id = ? AND serial = ?", (coupon.campaign_id, coupon.serial)
    ).fetchone()
    return None if row is None else datetime.fromisoformat(row[0])


def withdrawn(db: Database, code: CouponCode) -> Withdrawn | None:
    """The withdrawal that this till has acknowledged for this very code."""
    rows = db.conn.execute(
        "SELECT held_until, into_wallet FROM withdrawal WHERE campaign_id = ? AND serial = ? AND form = ?",
        (code.campaign_id, code.serial, code.form.value),
    )
    for held_until, into_wallet in rows:
        if code.form is Form.BEARER or held_until is None or code.signed_at <= datetime.fromisoformat(held_until):
            return Withdrawn(into_wallet=bool(into_wallet))
    return None


def has_withdrawal(db: Database, withdrawal_id: str) -> bool:
    found = db.conn.execute("SELECT 1 FROM withdrawal WHERE withdrawal_id = ?", (withdrawal_id,)).fetchone()
    return found is not None


def put_withdrawal(db: Database, withdrawal: Withdrawal) -> None:
    db.table("withdrawal").insert(
        {
            "withdrawal_id": withdrawal.withdrawal_id,
            "campaign_id": withdrawal.campaign_id,
            "serial": int(withdrawal.serial),
            "form": withdrawal.form.value,
            "held_until": None if withdrawal.held_until is None else withdrawal.held_until.isoformat(),
            "into_wallet": int(withdrawal.into_wallet),
        }
    )


def take_event(db: Database, event: Event) -> None:
    """What another till redeemed, or gave free again; what this ledger's earlier chains redeemed is known here, and
    what they only asked for is found by its open intent."""
    if event.kind is EventKind.FREED:
        db.conn.execute("DELETE FROM other_redemption WHERE redemption_id = ?", (event.redemption_id,))
    elif event.kind is EventKind.REDEEMED:
        db.conn.execute(
            "INSERT OR REPLACE INTO other_redemption SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
            " WHERE NOT EXISTS (SELECT 1 FROM redemption WHERE redemption_id = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM open_intent WHERE redemption_id = ?1)",
            (
                event.redemption_id,
                event.campaign_id,
                int(event.serial),
                event.outlet_id,
                event.holder_tag,
                event.offer_index,
                None if event.redeemed_at is None else event.redeemed_at.isoformat(),
            ),
        )
