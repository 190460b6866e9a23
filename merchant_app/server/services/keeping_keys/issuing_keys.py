"""Issuing keys: each campaign has its own, so that one that leaks is withdrawn without touching another campaign."""

from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaigns import KeptKey
from merchant_app.server.services.keeping_keys.list_of_keys import publish_keys, root_for_signing
from merchant_app.server.services.operators.deeds import Deed, note_deed

SIGNS_ON = timedelta(hours=1)
"""So long after another took its place a key's signatures still count: what is under way is finished."""


class KeyUnchanged(StrEnum):
    """Why no issuing key was changed."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OPEN = "not_open"
    UNKNOWN_KEY = "unknown_key"
    ALREADY_REVOKED = "already_revoked"


def add_issuing_key(connection: Connection, central: Central, campaign_id: int) -> int:
    """A new key that signs this campaign's codes from now on. Raises `RootKeyAwayError`: the root vouches for it."""
    root_for_signing(connection, central)
    key_index = campaign_rows.next_key_index(connection)
    campaign_rows.add_key(connection, KeptKey(key_index, campaign_id, central.keys.make_issuing(key_index)))
    publish_keys(connection, central)
    return key_index


def rotate_issuing(central: Central, campaign_id: int, by: OperatorId | None = None) -> int | KeyUnchanged:
    """A new key for a campaign, its index. Codes that the one before has signed stay good."""
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is None:
            return KeyUnchanged.UNKNOWN_CAMPAIGN
        if kept.opened_at is None:
            return KeyUnchanged.NOT_OPEN
        root_for_signing(connection, central)
        campaign_rows.end_keys(connection, campaign_id, central.now() + SIGNS_ON)
        key_index = add_issuing_key(connection, central, campaign_id)
        note_deed(connection, by, Deed.KEY_ROTATED, f"issuing {key_index}", at=central.now(), campaign_id=campaign_id)
        return key_index


def revoke_issuing(central: Central, key_index: int, by: OperatorId | None = None) -> int | KeyUnchanged:
    """From now on no code that this key signed is good, whenever it was signed; the index of the key in its place.

    Whoever has a key that leaked can write any date into a code. The coupons are not lost: a phone shows a code by the
    new key, and the number under a printed code is redeemed with the server's answer.
    """
    with central.database.writing() as connection:
        kept = next((key for key in campaign_rows.all_keys(connection) if key.key_index == key_index), None)
        if kept is None:
            return KeyUnchanged.UNKNOWN_KEY
        if kept.revoked_at is not None:
            return KeyUnchanged.ALREADY_REVOKED
        root_for_signing(connection, central)
        campaign_rows.revoke_key(connection, key_index, central.now())
        note_deed(
            connection, by, Deed.KEY_REVOKED, f"issuing {key_index}", at=central.now(), campaign_id=kept.campaign_id
        )
        return add_issuing_key(connection, central, kept.campaign_id)


def issuing_keys(central: Central) -> list[KeptKey]:
    """The public half of every issuing key, by index."""
    with central.database.reading() as connection:
        return campaign_rows.all_keys(connection)
