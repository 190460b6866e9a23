"""What an operator looks at: every key, which of them sign now, what is missing, when they were backed up."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from merchant_app.errors import KeysError
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaigns import KeptKey
from merchant_app.server.services.keeping_keys.backing_up import last_backup_at
from merchant_app.server.services.keeping_keys.list_of_keys import root_changes, root_public_hex
from merchant_app.server.services.keeping_keys.serving_keys import RENEW_BEFORE


@dataclass(frozen=True, slots=True)
class ShownServing:
    """`ends_soon`: none that follows it is listed yet, and it nears its end."""

    public_hex: str
    valid_from: datetime
    valid_until: datetime
    signs_now: bool
    ends_soon: bool


@dataclass(frozen=True, slots=True)
class ShownIssuing:
    """`is_here`: its private half lies in the folder and is the one that the list names."""

    key: KeptKey
    signs_now: bool
    is_here: bool


@dataclass(frozen=True, slots=True)
class Overview:
    root_hex: str
    root_is_here: bool
    root_changes: int
    serving: list[ShownServing]
    issuing: list[ShownIssuing]
    backed_up_at: datetime | None


def overview(central: Central) -> Overview:
    """Raises `KeyMissingError` where there are no serving keys at all."""
    with central.database.reading() as connection:
        root_hex, changes = root_public_hex(connection, central), len(root_changes(connection))
        kept = campaign_rows.all_keys(connection)
    newest = {key.campaign_id: key.key_index for key in kept if key.revoked_at is None}
    return Overview(
        root_hex=root_hex,
        root_is_here=_is_root_here(central, root_hex),
        root_changes=changes,
        serving=_serving(central),
        issuing=[
            ShownIssuing(key, newest.get(key.campaign_id) == key.key_index, _is_here(central, key)) for key in kept
        ],
        backed_up_at=last_backup_at(central),
    )


def _serving(central: Central) -> list[ShownServing]:
    now, pairs = central.now(), central.keys.serving()
    signing = central.keys.signing_at(now)
    last = max(pair.valid_until for pair in pairs)
    return [
        ShownServing(
            pair.public_hex,
            pair.valid_from,
            pair.valid_until,
            pair == signing,
            pair.valid_until == last and last - now <= RENEW_BEFORE,
        )
        for pair in pairs
        if pair.valid_until > now - timedelta(days=1) or pair == signing
    ]


def _is_root_here(central: Central, root_hex: str) -> bool:
    try:
        return bool(central.keys.root(root_hex))
    except KeysError:
        return False


def _is_here(central: Central, key: KeptKey) -> bool:
    try:
        return central.keys.issuing(key.key_index).verify_key.encode() == key.public_key
    except KeysError:
        return False
