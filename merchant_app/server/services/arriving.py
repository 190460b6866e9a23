"""Rows as they arrive: read, and their codes verified, before the database is written to and others have to wait.

What cannot be read as a fact is kept all the same, byte for byte, and parked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from merchant_app.domain.coupon_code import CouponCode, KeyRing, Unreadable, decode
from merchant_app.domain.redemption import Intent, Override, Redemption, RefusedAttempt, Reversal, Void, WithdrawalAck
from merchant_app.wire.facts import ParsedRow, PushedRow, parse_row

_EARLIEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_LARGEST = 1 << 63


@dataclass(frozen=True, slots=True)
class Arrived:
    """A row as it came. `parsed` None: this version cannot read it. `code`: what a redemption's digits say."""

    seq: int
    content: bytes
    hash: bytes
    parsed: ParsedRow | None
    code: CouponCode | Unreadable | None = None

    @property
    def redemption_id(self) -> str | None:
        """The redemption that the fact is about."""
        fact = None if self.parsed is None else self.parsed.fact
        if isinstance(fact, Redemption | Intent | Reversal | Void | Override):
            return fact.redemption_id
        return None


def arrived(rows: Iterable[PushedRow], chain_id: str, keys: KeyRing) -> list[Arrived]:
    """The rows in the order of their numbers."""
    return sorted(
        (read(chain_id, row.seq, row.content.encode(), bytes.fromhex(row.hash), keys) for row in rows),
        key=lambda row: row.seq,
    )


def read(chain_id: str, seq: int, content: bytes, hashed: bytes, keys: KeyRing) -> Arrived:
    parsed = parse_row(content)
    if parsed is None or (parsed.chain_id, parsed.seq) != (chain_id, seq) or not _is_sound(parsed):
        return Arrived(seq, content, hashed, None)
    fact = parsed.fact
    code = decode(fact.code, keys) if isinstance(fact, Redemption) and fact.code is not None else None
    return Arrived(seq, content, hashed, parsed, code)


def _is_sound(parsed: ParsedRow) -> bool:
    """Whether the fact can be worked with: times are instants, numbers and texts such as a database keeps."""
    fact = parsed.fact
    if not _is_text(parsed.fact_id) or not _is_instant(fact.moment.at) or not _is_instant(fact.moment.floor):
        return False
    match fact:
        case Redemption():
            return _is_sound_redemption(fact)
        case Intent() | Reversal() | Void() | Override():
            return _is_text(fact.redemption_id)
        case WithdrawalAck():
            return _is_text(fact.withdrawal_id) and _is_instant(fact.held_until)
        case RefusedAttempt():
            return True


def _is_sound_redemption(fact: Redemption) -> bool:
    numbers = (
        fact.outlet_id, fact.campaign_id, fact.serial, fact.round_index, fact.offer_index,
        fact.holder_tag or 0, fact.bill.bill_fen or 0, fact.amount_off_fen, fact.payable_fen or 0,
    )  # fmt: skip
    texts = (fact.redemption_id, fact.cashier, fact.bill.bill_id, fact.override_id or "")
    return min(numbers) >= 0 and max(numbers) < _LARGEST and all(map(_is_text, texts))


def _is_instant(at: datetime | None) -> bool:
    return at is None or (at.tzinfo is not None and _EARLIEST <= at < _LATEST)


def _is_text(text: str) -> bool:
    """No NUL, which a database cannot keep, nor half a character."""
    return len(text) <= 500 and "\x00" not in text and (text.isascii() or _is_whole(text))


def _is_whole(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
