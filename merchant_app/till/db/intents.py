"""Open intents: redemptions that the server was asked for and whose answer nobody has been shown. One per coupon."""

from collections.abc import Iterable, Iterator

from sqlite_utils import Database

from merchant_app.domain.coupon_code import Unreadable, unpack
from merchant_app.domain.kinds import CouponId, RedemptionId
from merchant_app.domain.redemption import FactKind, Intent, Reversal
from merchant_app.till.db import facts
from merchant_app.wire.facts import parse_row


def coupon_key(coupon: CouponId | str) -> str:
    """A coupon by its identity, or by its typed number while nobody knows whose it is."""
    return coupon if isinstance(coupon, str) else f"{coupon.campaign_id}/{coupon.serial}"


def of_coupon(db: Database, coupon: CouponId | str) -> Intent | None:
    """The one that is open for this coupon."""
    rows = db.conn.execute(
        "SELECT f.content FROM open_intent o JOIN fact f ON f.fact_id = o.redemption_id AND f.kind = ?"
        " WHERE o.coupon = ?",
        (FactKind.INTENT.value, coupon_key(coupon)),
    )
    return next(_intents(rows), None)


def waiting_about(db: Database, coupon: CouponId | str) -> list[RedemptionId]:
    """The ids of this coupon's intents, open or closed, that the server has not answered yet."""
    rows = ((row.content,) for row in facts.waiting_of_kind(db, FactKind.INTENT))
    return [intent.redemption_id for intent in _intents(rows) if _key_of(intent) == coupon_key(coupon)]


def open_one(db: Database, intent: Intent) -> None:
    """Raises `sqlite3.IntegrityError` where one is open already; look first, in the same transaction."""
    facts.append(db, intent.redemption_id, intent)
    follow(db, intent)


def follow(db: Database, intent: Intent) -> None:
    """What follows from an intent's fact: its coupon has one open."""
    db.conn.execute("INSERT INTO open_intent VALUES (?, ?)", (_key_of(intent), intent.redemption_id))


def reverse(db: Database, reversal: Reversal) -> None:
    """It did not take place: a late yes is taken back once this row is pushed."""
    facts.append(db, reversal.redemption_id, reversal)
    close(db, reversal.redemption_id)


def close(db: Database, redemption_id: RedemptionId) -> None:
    db.conn.execute("DELETE FROM open_intent WHERE redemption_id = ?", (redemption_id,))


def still_open(db: Database) -> list[Intent]:
    """Every open intent whose redemption is not written here, oldest first."""
    rows = db.conn.execute(
        "SELECT f.content FROM open_intent o JOIN fact f ON f.fact_id = o.redemption_id AND f.kind = ?"
        " WHERE NOT EXISTS (SELECT 1 FROM redemption WHERE redemption_id = o.redemption_id) ORDER BY f.seq",
        (FactKind.INTENT.value,),
    )
    return list(_intents(rows))


def _intents(rows: Iterable[tuple[bytes]]) -> Iterator[Intent]:
    for (content,) in rows:
        parsed = parse_row(content)
        if parsed is not None and isinstance(parsed.fact, Intent):
            yield parsed.fact


def _key_of(intent: Intent) -> str:
    code = unpack(intent.code or "")
    return coupon_key((intent.coupon_number or "") if isinstance(code, Unreadable) else code.coupon_id)
