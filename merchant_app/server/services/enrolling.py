"""Tills come and go: a one-time invitation, the enrolment that uses it, and revocation."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId, OutletId, TillId
from merchant_app.server.central import Central
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.chains import add_chain, chain_of, frozen_tills
from merchant_app.server.db.notes import put_setting, setting
from merchant_app.server.db.outlets import is_open
from merchant_app.server.db.tills import EnrolledTill, KeptInvitation
from merchant_app.server.services.guessing import INVITATIONS, note_wrong_guess, seconds_to_wait
from merchant_app.server.services.hashing import hashed_secret
from merchant_app.server.services.keeping_keys.list_of_keys import root_public_hex
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.wire.enrolment import EnrolRequest, Invitation, new_secret, root_fingerprint

INVITATION_LIVES = timedelta(days=7)
_URL = "url"


class NotEnrolledWhy(StrEnum):
    """Why an invitation enrols nobody."""

    UNKNOWN = "unknown_invitation"
    USED = "invitation_used"
    EXPIRED = "invitation_expired"
    CHAIN_TAKEN = "chain_taken"
    TOO_MANY_GUESSES = "too_many_guesses"


@dataclass(frozen=True, slots=True)
class Refusal:
    """No till was enrolled. `retry_after` seconds, where waiting helps."""

    why: NotEnrolledWhy
    retry_after: int | None = None


def invite(
    central: Central, outlet_id: OutletId, server: str | None, *, by: OperatorId | None = None
) -> tuple[Invitation, datetime] | None:
    """A one-time invitation for a till of this outlet, and its end; None: there is no such outlet, or it has closed."""
    now = central.now()
    secret, expires_at = new_secret(secrets.token_bytes(16)), now + INVITATION_LIVES
    with central.database.writing() as connection:
        if not is_open(connection, outlet_id):
            return None
        root_key = bytes.fromhex(root_public_hex(connection, central))
        till_rows.add_invitation(connection, hashed_secret(secret), outlet_id, now, expires_at)
        note_deed(connection, by, Deed.TILL_INVITED, outlet_id, at=now)
    return Invitation(secret, root_fingerprint(root_key), server), expires_at


def enrol(central: Central, request: EnrolRequest, address: str) -> TillId | Refusal:
    """Uses the invitation, once. The same till asking again (its answer was lost) gets the same answer again."""
    now, topic = central.now(), f"invitation from {address}"
    with central.database.writing() as connection:
        wait = seconds_to_wait(connection, topic, INVITATIONS, now)
        if wait:
            return Refusal(NotEnrolledWhy.TOO_MANY_GUESSES, wait)
        invitation = till_rows.invitation_of(connection, hashed_secret(request.secret))
        if invitation is None:
            note_wrong_guess(connection, topic, now)
            return Refusal(NotEnrolledWhy.UNKNOWN)
        return _use(connection, invitation, request, now)


def _use(connection: Connection, invitation: KeptInvitation, request: EnrolRequest, now: datetime) -> TillId | Refusal:
    public_key = bytes.fromhex(request.public_key)
    if invitation.till_id is not None:
        kept = till_rows.till_of(connection, invitation.till_id)
        is_the_same = kept is not None and kept.public_key == public_key
        return TillId(invitation.till_id) if is_the_same else Refusal(NotEnrolledWhy.USED)
    if now >= invitation.expires_at:
        return Refusal(NotEnrolledWhy.EXPIRED)
    if chain_of(connection, request.chain_id) is not None:
        return Refusal(NotEnrolledWhy.CHAIN_TAKEN)
    outlet_id = invitation.outlet_id
    till_id = TillId(f"{outlet_id}-{till_rows.count_of_outlet(connection, outlet_id) + 1:02d}")
    new = EnrolledTill(till_id, outlet_id, request.till_name, request.version, public_key, now, None, now)
    till_rows.add_till(connection, new)
    add_chain(connection, request.chain_id, till_id)
    till_rows.use_invitation(connection, hashed_secret(request.secret), till_id, now)
    return till_id


def revoke(central: Central, till_id: TillId, *, by: OperatorId | None = None) -> bool:
    """From now on this till's rows are only kept, and nothing else is answered; False: there is no such till."""
    with central.database.writing() as connection:
        if till_rows.till_of(connection, till_id) is None:
            return False
        till_rows.mark_revoked(connection, till_id, central.now())
        note_deed(connection, by, Deed.TILL_REVOKED, till_id, at=central.now())
    return True


def tills_known(central: Central) -> list[EnrolledTill]:
    """Every till that was ever enrolled, by outlet."""
    with central.database.reading() as connection:
        return till_rows.all_tills(connection)


def tills_frozen(central: Central) -> set[str]:
    """Those whose chain two ledgers have used."""
    with central.database.reading() as connection:
        return frozen_tills(connection)


def note_server_url(central: Central, url: str) -> None:
    """Where the server listens, so that invitations made by another process can say so."""
    if server_url(central) != url:
        with central.database.writing() as connection:
            put_setting(connection, _URL, url)


def server_url(central: Central) -> str | None:
    with central.database.reading() as connection:
        return setting(connection, _URL)
