"""The coupon code: digits on a screen or on paper, and the coupon they stand for.

A code is bytes with an Ed25519 signature, written as one big-endian integer in decimal and padded with zeros to a
fixed length, so that each coupon has exactly one spelling:

    form 1 | key_index 2 | campaign_id 4 | round_index 1 | offer_index 1 | serial 8 | issued_at 4 | outlet_id 4
    hold only:  holder_tag 4 | held_at 4 | hold_minutes 2
    signature 64, over a prefix and all bytes before it

Decoding is a row of steps (length, form, key, signature); the first that fails is named in `Unreadable`.
"""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from merchant_app.domain.kinds import CampaignId, CouponId, OutletId, Serial

SIGNED_PREFIX = b"merchant-app coupon v1\x00"
HOLD_GRACE = timedelta(minutes=2)
LONGEST_TEXT = 512

_BODY = struct.Struct(">BHIBBQII")
_HOLD = struct.Struct(">IIH")
_SIGNATURE = 64
_BEARER_BYTES = _BODY.size + _SIGNATURE
_HOLD_BYTES = _BODY.size + _HOLD.size + _SIGNATURE
_BYTES_BY_DIGITS = {215: _BEARER_BYTES, 239: _HOLD_BYTES}
_DIGITS_BY_BYTES = {size: digits for digits, size in _BYTES_BY_DIGITS.items()}
_FORM_BEARER, _FORM_HOLD = 0x11, 0x12
_SCANNER_SUFFIX = "\r\n\t"


class Form(StrEnum):
    """How the right to redeem is carried: by whoever shows it, or by one holder for a few minutes at one outlet."""

    BEARER = "bearer"
    HOLD = "hold"


class Step(StrEnum):
    """The steps of decoding, in order."""

    LENGTH = "length"
    FORM = "form"
    KEY = "key"
    SIGNATURE = "signature"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Digits that are no genuine coupon code, and the step at which that showed."""

    step: Step
    text: str


@dataclass(frozen=True, slots=True)
class Hold:
    """The short exclusive right of one holder to redeem at one outlet."""

    holder_tag: int
    held_at: datetime
    hold_minutes: int

    @property
    def ends_at(self) -> datetime:
        """The first instant at which a till refuses it: it has run out, grace included."""
        return self.held_at + timedelta(minutes=self.hold_minutes) + HOLD_GRACE


@dataclass(frozen=True, slots=True)
class CouponCode:
    """A decoded coupon. Times are aware UTC; `outlet_id` 0 means any outlet of the campaign."""

    key_index: int
    campaign_id: CampaignId
    round_index: int
    offer_index: int
    serial: Serial
    issued_at: datetime
    outlet_id: OutletId
    hold: Hold | None = None
    signature: bytes = field(default=b"", repr=False)

    @property
    def form(self) -> Form:
        return Form.BEARER if self.hold is None else Form.HOLD

    @property
    def coupon_id(self) -> CouponId:
        return CouponId(self.campaign_id, self.serial)

    @property
    def signed_at(self) -> datetime:
        """When the issuing key was used: a hold is signed when it is shown, long after the coupon was issued."""
        return self.issued_at if self.hold is None else self.hold.held_at


@dataclass(frozen=True, slots=True)
class IssuingKey:
    """A public key that signs codes of one campaign between two instants (half-open; None: no end)."""

    key_index: int
    campaign_id: CampaignId
    verify_key: VerifyKey
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    revoked_at: datetime | None = None

    def covers(self, code: CouponCode) -> bool:
        if code.campaign_id != self.campaign_id:
            return False
        signed_at = code.signed_at
        return (self.valid_from is None or self.valid_from <= signed_at) and (
            self.valid_until is None or signed_at < self.valid_until
        )


KeyRing = Mapping[int, IssuingKey]
"""The issuing keys a till knows, by key_index."""


def decode(text: str, keys: KeyRing) -> CouponCode | Unreadable:
    """Digits to a genuine coupon, through every step.

    `text` is what a scanner or camera gave, a scanner's trailing CR, LF or TAB included.
    """
    unpacked = unpack(text)
    if isinstance(unpacked, Unreadable):
        return unpacked
    return verify(unpacked, keys, text)


def unpack(text: str) -> CouponCode | Unreadable:
    """Digits to fields, by length and form alone: nothing is known yet of who signed it."""
    if len(text) > LONGEST_TEXT:
        return Unreadable(Step.LENGTH, text[:LONGEST_TEXT])
    digits = text.rstrip(_SCANNER_SUFFIX)
    size = _BYTES_BY_DIGITS.get(len(digits))
    if size is None or not (digits.isascii() and digits.isdecimal()):
        return Unreadable(Step.LENGTH, digits)
    try:
        raw = int(digits).to_bytes(size, "big")
    except OverflowError:
        return Unreadable(Step.FORM, digits)
    code = from_bytes(raw)
    return Unreadable(Step.FORM, digits) if code is None else code


def from_bytes(raw: bytes) -> CouponCode | None:
    """The stored bytes of a code to its fields; None where form, length or serial are not a coupon's."""
    form = raw[0] if raw else 0
    if (form, len(raw)) not in ((_FORM_BEARER, _BEARER_BYTES), (_FORM_HOLD, _HOLD_BYTES)):
        return None
    _, key_index, campaign_id, round_index, offer_index, serial, issued_at, outlet_id = _BODY.unpack_from(raw)
    if serial >= 1 << 63 or (form == _FORM_HOLD and outlet_id == 0):
        return None
    hold = None
    if form == _FORM_HOLD:
        holder_tag, held_at, minutes = _HOLD.unpack_from(raw, _BODY.size)
        hold = Hold(holder_tag, _instant(held_at), minutes)
    return CouponCode(
        key_index=key_index,
        campaign_id=CampaignId(campaign_id),
        round_index=round_index,
        offer_index=offer_index,
        serial=Serial(serial),
        issued_at=_instant(issued_at),
        outlet_id=OutletId(outlet_id),
        hold=hold,
        signature=raw[-_SIGNATURE:],
    )


def verify(code: CouponCode, keys: KeyRing, text: str = "") -> CouponCode | Unreadable:
    """The last two steps: the key is this campaign's and was in use, and the signature is its own."""
    key = keys.get(code.key_index)
    if key is None or not key.covers(code):
        return Unreadable(Step.KEY, text)
    try:
        key.verify_key.verify(SIGNED_PREFIX + signed_part(code), code.signature)
    except (BadSignatureError, ValueError):
        return Unreadable(Step.SIGNATURE, text)
    return code


def sign(code: CouponCode, key: SigningKey) -> CouponCode:
    """The same coupon with the issuing key's signature."""
    signature = key.sign(SIGNED_PREFIX + signed_part(code)).signature
    return CouponCode(
        code.key_index, code.campaign_id, code.round_index, code.offer_index,
        code.serial, code.issued_at, code.outlet_id, code.hold, signature,
    )  # fmt: skip


def encode(code: CouponCode) -> str:
    """A signed coupon to its digits; the inverse of `decode`."""
    raw = to_bytes(code)
    return str(int.from_bytes(raw, "big")).zfill(_DIGITS_BY_BYTES[len(raw)])


def to_bytes(code: CouponCode) -> bytes:
    """A signed coupon to the bytes that are kept as evidence; the inverse of `from_bytes`."""
    return signed_part(code) + code.signature


def signed_part(code: CouponCode) -> bytes:
    """All bytes before the signature."""
    form = _FORM_BEARER if code.hold is None else _FORM_HOLD
    body = _BODY.pack(
        form, code.key_index, code.campaign_id, code.round_index, code.offer_index,
        code.serial, _seconds(code.issued_at), code.outlet_id,
    )  # fmt: skip
    if code.hold is None:
        return body
    return body + _HOLD.pack(code.hold.holder_tag, _seconds(code.hold.held_at), code.hold.hold_minutes)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())
