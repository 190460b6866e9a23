"""`note_deed`: whoever changes anything for an operator writes down who, what and when, in the same transaction."""

import json
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db.deeds import KeptDeed, add_deed, deeds_before


class Deed(StrEnum):
    """What an operator can do. Each has a sentence in `merchant_app.wording.deeds`."""

    CAMPAIGN_ADDED = "campaign_added"
    CAMPAIGN_REHEARSED = "campaign_rehearsed"
    CAMPAIGN_OPENED = "campaign_opened"
    CAMPAIGN_PAUSED = "campaign_paused"
    CAMPAIGN_RESUMED = "campaign_resumed"
    CAMPAIGN_CLOSED = "campaign_closed"
    CAMPAIGN_AMENDED = "campaign_amended"
    CAMPAIGN_DELETED = "campaign_deleted"
    CLAIM_LINK_MADE = "claim_link_made"
    CLAIM_LINK_CLOSED = "claim_link_closed"
    COUPONS_ISSUED = "coupons_issued"
    COUPON_WITHDRAWN = "coupon_withdrawn"
    COUPON_SET_FREE = "coupon_set_free"
    OUTLETS_IMPORTED = "outlets_imported"
    OUTLET_CHANGED = "outlet_changed"
    OUTLETS_OPTED_IN = "outlets_opted_in"
    OUTLETS_OPTED_OUT = "outlets_opted_out"
    STAFF_ADDED = "staff_added"
    TILL_INVITED = "till_invited"
    TILL_REVOKED = "till_revoked"
    DISPUTE_RESOLVED = "dispute_resolved"
    SETTLEMENT_CLOSED = "settlement_closed"
    SETTLEMENT_PAID = "settlement_paid"
    RESERVE_STATED = "reserve_stated"
    KEY_ROTATED = "key_rotated"
    KEY_REVOKED = "key_revoked"
    OPERATOR_INVITED = "operator_invited"
    OPERATOR_CAME = "operator_came"
    OPERATOR_DISABLED = "operator_disabled"
    OPERATOR_ENABLED = "operator_enabled"
    PASSWORD_CHANGED = "password_changed"
    TOKEN_MADE = "token_made"
    TOKEN_REVOKED = "token_revoked"


def note_deed(
    connection: Connection,
    operator_id: OperatorId | None,
    what: Deed,
    subject: object,
    *,
    at: datetime,
    **details: object,
) -> None:
    """`subject` is the id of what it was done to. `operator_id` None: at the server's own command line."""
    text = json.dumps(details, ensure_ascii=False, default=str)
    add_deed(connection, at, operator_id, what, str(subject), text)


def note_done(central: Central, operator_id: OperatorId | None, what: Deed, subject: object, **details: object) -> None:
    """As `note_deed`, of what another service has just done, in a transaction of its own."""
    with central.database.writing() as connection:
        note_deed(connection, operator_id, what, subject, at=central.now(), **details)


def deeds_done(
    central: Central, *, before: int | None, count: int, operator_id: str | None = None, what: str | None = None
) -> list[KeptDeed]:
    """The newest `count` that are older than deed `before`, of one operator or kind or of all."""
    with central.database.reading() as connection:
        return deeds_before(connection, before=before, count=count, operator_id=operator_id, what=what)
