"""What follows from the facts: redemptions, each in its use slot, with its standing. All of it can be rebuilt.

A use slot is (campaign_id, serial, use): a unique index lets no two redemptions that stand hold the same one.
Every function runs in the caller's transaction.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from merchant_app.domain.judging import Earlier, OnBill, Unanswered
from merchant_app.domain.kinds import CampaignId, CouponId, Fen, OutletId, RedemptionId, Serial
from merchant_app.domain.redemption import FactKind, Redemption, Standing
from merchant_app.till.db import facts
from merchant_app.wire.facts import RowAnswer, parse_row


@dataclass(frozen=True, slots=True)
class Stored:
    """A redemption with its standing, as this till knows it. `answered`: the server has said something of it."""

    redemption: Redemption
    standing: Standing
    answered: bool
    dispute_id: str | None
    reasons: tuple[dict[str, Any], ...]


def uses_taken(db: Database, coupon: CouponId) -> set[int]:
    """The uses of this coupon spent at this till."""
    rows = db.conn.execute(
        "SELECT use FROM redemption WHERE campaign_id = ? AND serial = ? AND standing != 'voided'",
        (coupon.campaign_id, coupon.serial),
    )
    return {use for (use,) in rows}


def uses_elsewhere(db: Database, coupon: CouponId) -> int:
    """How many uses others are known to have spent."""
    (count,) = db.conn.execute(
        "SELECT count(*) FROM other_redemption WHERE campaign_id = ? AND serial = ?",
        (coupon.campaign_id, coupon.serial),
    ).fetchone()
    return int(count)


def write(db: Database, redemption: Redemption, standing: Standing, *, use: int) -> None:
    """The fact and its place among the redemptions: what makes the use spent."""
    row = facts.append(db, redemption.redemption_id, redemption)
    follow(db, redemption, row.chain_id, row.seq, standing, use=use)


def follow(db: Database, redemption: Redemption, chain_id: str, seq: int, standing: Standing, *, use: int) -> None:
    """What follows from a redemption's fact. Raises `sqlite3.IntegrityError` where its use is taken."""
    bill = redemption.bill
    db.conn.execute(
        "INSERT INTO redemption (redemption_id, chain_id, seq, campaign_id, serial, use, offer_index, outlet_id,"
        " holder_tag, cashier, bill_id, bill_fen, amount_off_fen, payable_fen, redeemed_at, standing, answered)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            redemption.redemption_id, chain_id, seq, redemption.campaign_id, redemption.serial, use,
            redemption.offer_index, redemption.outlet_id, redemption.holder_tag, redemption.cashier, bill.bill_id,
            bill.bill_fen, redemption.amount_off_fen, redemption.payable_fen, redemption.moment.at.isoformat(),
            standing.value, int(standing is not Standing.PROVISIONAL),
        ),
    )  # fmt: skip


def lowest_free_use(db: Database, coupon: CouponId) -> int:
    """The first use of this coupon, counted from 1, that is not spent at this till."""
    taken = uses_taken(db, coupon)
    return next(use for use in range(1, len(taken) + 2) if use not in taken)


def take_word(db: Database, word: RowAnswer) -> None:
    """What the server says of a redemption, in answer to its row or as news later; voided here stays voided."""
    if word.redemption_id is None or word.standing is None:
        return
    db.conn.execute(
        "UPDATE redemption SET standing = ?, answered = 1, dispute_id = coalesce(?, dispute_id), reasons = ?"
        " WHERE redemption_id = ? AND standing != ?",
        (
            word.standing.value,
            word.dispute_id,
            json.dumps(word.reasons),
            word.redemption_id,
            Standing.VOIDED.value,
        ),
    )


def forget_words(db: Database, chain_id: str, stored_to: int) -> None:
    """What the server said of the redemptions in rows after this one is void: they stand as their facts alone say."""
    db.conn.execute(
        "UPDATE redemption SET standing = o.standing, answered = o.answered, dispute_id = NULL, reasons = '[]' FROM ("
        " SELECT seq, json_extract(CAST(content AS TEXT), '$.fact.network') = 'online' AS answered,"
        " iif(json_extract(CAST(content AS TEXT), '$.fact.network') = 'online', ?, ?) AS standing"
        " FROM fact WHERE chain_id = ? AND seq > ?) AS o"
        " WHERE redemption.chain_id = ? AND redemption.seq = o.seq AND redemption.standing != ?",
        (
            Standing.CONFIRMED.value, Standing.PROVISIONAL.value, chain_id, stored_to,
            chain_id, Standing.VOIDED.value,
        ),
    )  # fmt: skip


def free(db: Database, redemption_id: str) -> None:
    """A void: the use may be spent again here at once."""
    db.conn.execute(
        "UPDATE redemption SET standing = ? WHERE redemption_id = ?", (Standing.VOIDED.value, redemption_id)
    )
    db.conn.execute("DELETE FROM open_intent WHERE redemption_id = ?", (redemption_id,))


def find(db: Database, redemption_id: str) -> Stored | None:
    found = _stored(db, "WHERE r.redemption_id = ?", (redemption_id,))
    return found[0] if found else None


def between(db: Database, start: datetime, end: datetime) -> list[Stored]:
    """Redemptions of a half-open span, oldest first."""
    return _stored(
        db,
        "WHERE r.redeemed_at >= ? AND r.redeemed_at < ? ORDER BY r.redeemed_at, r.seq",
        (start.isoformat(), end.isoformat()),
    )


def standing_since(db: Database, start: datetime, end: datetime) -> dict[str, datetime]:
    """Since when the redemptions of a half-open span have their standing: their void's time, or their answer's."""
    rows = db.conn.execute(
        "SELECT r.redemption_id,"
        " coalesce(json_extract(CAST(v.content AS TEXT), '$.fact.moment.at'), a.answered_at) AS since"
        " FROM redemption r LEFT JOIN answer a ON a.chain_id = r.chain_id AND a.seq = r.seq"
        " LEFT JOIN fact v ON v.fact_id = r.redemption_id AND v.kind = 'void'"
        " WHERE r.redeemed_at >= ? AND r.redeemed_at < ? AND since IS NOT NULL",
        (start.isoformat(), end.isoformat()),
    )
    return {redemption_id: datetime.fromisoformat(since) for redemption_id, since in rows}


def latest(db: Database, limit: int) -> list[Stored]:
    return _stored(db, "ORDER BY r.redeemed_at DESC, r.seq DESC LIMIT ?", (limit,))


def not_shown(db: Database) -> list[Stored]:
    """Committed, and never painted on the screen."""
    return _stored(
        db,
        "WHERE r.standing != 'voided' AND NOT EXISTS (SELECT 1 FROM shown WHERE redemption_id = r.redemption_id)"
        " ORDER BY r.seq",
        (),
    )


def mark_shown(db: Database, redemption_id: str, shown_at: datetime) -> None:
    db.conn.execute("INSERT OR IGNORE INTO shown VALUES (?, ?)", (redemption_id, shown_at.isoformat()))
    db.conn.execute("DELETE FROM open_intent WHERE redemption_id = ?", (redemption_id,))


def was_shown(db: Database, redemption_id: str) -> bool:
    return db.conn.execute("SELECT 1 FROM shown WHERE redemption_id = ?", (redemption_id,)).fetchone() is not None


def history(db: Database, coupon: CouponId, holder_tag: int | None) -> tuple[Earlier, ...]:
    """What is known of this coupon and of this holder in the campaign: here, and elsewhere as far as told."""
    values = (coupon.campaign_id, coupon.serial, coupon.campaign_id, holder_tag)
    here = db.conn.execute(
        "SELECT serial, redeemed_at, outlet_id, holder_tag, offer_index, cashier FROM redemption"
        " WHERE standing != 'voided' AND ((campaign_id = ? AND serial = ?) OR (campaign_id = ? AND holder_tag = ?))",
        values,
    ).fetchall()
    elsewhere = db.conn.execute(
        "SELECT serial, redeemed_at, outlet_id, holder_tag, offer_index, NULL FROM other_redemption"
        " WHERE (campaign_id = ? AND serial = ?) OR (campaign_id = ? AND holder_tag = ?)",
        values,
    ).fetchall()
    return tuple(
        Earlier(Serial(serial), datetime.fromisoformat(at), OutletId(outlet or 0), holder, offer, cashier)
        for serial, at, outlet, holder, offer, cashier in here + elsewhere
    )


def on_bill(db: Database, bill_id: str, campaign_id: CampaignId) -> tuple[OnBill, ...]:
    """Coupons of this campaign already redeemed on this bill, in scan order."""
    rows = db.conn.execute(
        "SELECT offer_index, serial, amount_off_fen FROM redemption"
        " WHERE bill_id = ? AND campaign_id = ? AND standing != 'voided' ORDER BY seq",
        (bill_id, campaign_id),
    )
    return tuple(OnBill(offer, Serial(serial), Fen(off), in_history=True) for offer, serial, off in rows)


def unanswered(db: Database) -> Unanswered:
    count, off = db.conn.execute(
        "SELECT count(*), coalesce(sum(amount_off_fen), 0) FROM redemption"
        " WHERE answered = 0 AND standing = 'provisional'"
    ).fetchone()
    return Unanswered(count, Fen(off))


def count_contested(db: Database) -> int:
    (count,) = db.conn.execute("SELECT count(*) FROM redemption WHERE standing = 'contested'").fetchone()
    return int(count)


def of_coupon(db: Database, coupon: CouponId) -> list[RedemptionId]:
    rows = db.conn.execute(
        "SELECT redemption_id FROM redemption WHERE campaign_id = ? AND serial = ? ORDER BY seq",
        (coupon.campaign_id, coupon.serial),
    )
    return [RedemptionId(found) for (found,) in rows]


def _stored(db: Database, where: str, values: tuple[object, ...]) -> list[Stored]:
    rows = db.conn.execute(
        "SELECT f.content, r.standing, r.answered, r.dispute_id, r.reasons FROM redemption r"
        f" JOIN fact f ON f.fact_id = r.redemption_id AND f.kind = '{FactKind.REDEMPTION.value}' {where}",
        values,
    )
    return [
        Stored(_redemption(content), Standing(standing), bool(answered), dispute, tuple(json.loads(reasons)))
        for content, standing, answered, dispute, reasons in rows
    ]


def _redemption(content: bytes) -> Redemption:
    parsed = parse_row(content)
    if parsed is None or not isinstance(parsed.fact, Redemption):
        raise LookupError("a redemption's fact is not a redemption")
    return parsed.fact
