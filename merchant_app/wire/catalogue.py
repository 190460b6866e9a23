"""The catalogue that a till judges by: signed keys, a signed snapshot, and the parts that the snapshot names.

`GET /api/keys` gives the list of keys, signed by the root key. `GET /api/catalogue` gives the snapshot, signed by a
serving key, with an ETag; it names every part with its version and hash, so that old and new cannot be mixed.
`GET /api/catalogue/{part}` gives a part's bytes, `GET /api/pictures/{sha256}` an offer's picture.
"""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from merchant_app.domain.coupon_code import Form
from merchant_app.wire.root_chain import SignedRootChange
from merchant_app.wire.shape import Wire

PartName = Literal["campaigns", "outlet", "staff", "withdrawals"]
PART_NAMES: tuple[PartName, ...] = ("campaigns", "outlet", "staff", "withdrawals")
LARGEST_PART = 8 * 1024 * 1024
"""Bytes. A till stops reading there: an endless download is refused."""


class SignedDocument(Wire):
    """`content` is JSON text; `signature` (hex) is over `signing.document_message(content)` by `key` (hex)."""

    content: str
    key: str
    signature: str


class KeysDocument(SignedDocument):
    """The list of keys, signed by the root key; `root_changes` lead to it from every root before it."""

    root_changes: list[SignedRootChange] = Field(default_factory=list)


class ServingKey(Wire):
    """A key the server signs answers and snapshots with, between two instants."""

    public_key: str
    valid_from: AwareDatetime
    valid_until: AwareDatetime


class IssuingKeyPart(Wire):
    """A key that signs coupon codes of one campaign."""

    key_index: int
    campaign_id: int
    public_key: str
    valid_from: AwareDatetime | None = None
    valid_until: AwareDatetime | None = None
    revoked_at: AwareDatetime | None = None


class Keys(Wire):
    """The content of the list of keys; `version` only grows."""

    version: int
    serving_keys: list[ServingKey]
    issuing_keys: list[IssuingKeyPart]


class PartRef(Wire):
    version: int
    sha256: str


class Snapshot(Wire):
    """The content of the snapshot; `version` only grows."""

    version: int
    outlet_id: int
    issued_at: AwareDatetime
    expires_at: AwareDatetime
    keys_version: int
    parts: dict[str, PartRef]


class CampaignsPart(Wire):
    """`campaigns` are campaign documents; `pictures` maps a document's picture names to the files' sha256."""

    campaigns: list[dict[str, Any]]
    pictures: dict[str, str] = Field(default_factory=dict)


class OutletPart(Wire):
    """An outlet as it is shown to people; `category` is "primary/sub"."""

    outlet_id: int
    name_zh: str
    name_en: str
    district: str
    category: str
    address_zh: str = ""
    address_en: str = ""
    hours: str = ""
    latitude: float | None = None
    longitude: float | None = None
    distance_m: int = 0


class OutletAndNeighbours(Wire):
    outlet: OutletPart
    neighbours: list[OutletPart]


class StaffMember(Wire):
    """`pin_hash` is argon2's; None where no PIN was set yet."""

    staff_id: str
    name: str
    role: Literal["cashier", "manager"]
    pin_hash: str | None = None


class StaffPart(Wire):
    staff: list[StaffMember]


class RevokedCoupon(Wire):
    campaign_id: int
    serial: str
    since: AwareDatetime


class Withdrawal(Wire):
    """A right taken back, to be acknowledged by every till of the outlet. For holds: every one up to `held_until`."""

    withdrawal_id: str
    campaign_id: int
    serial: str
    form: Form
    held_until: AwareDatetime | None = None
    into_wallet: bool = False


class WithdrawalsPart(Wire):
    revoked: list[RevokedCoupon]
    withdrawals: list[Withdrawal]
