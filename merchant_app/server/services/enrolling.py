"""Tills come and go: a one-time invitation, the enrolment that uses it, and revocation."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from ...domain.chain import FIRST_LINK
from ...domain.kinds import OutletId, TillId
from ...wire.enrolment import EnrolRequest, Invitation, new_secret, root_fingerprint
from ..central import Central
from ..db.tables import chains, invitations, outlets, settings, tills
from .guessing import INVITATIONS, note_wrong_guess, seconds_to_wait

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


def invite(central: Central, outlet_id: OutletId, server: str | None) -> tuple[Invitation, datetime] | None:
    """A one-time invitation for a till of this outlet, and when it expires; None: there is no such outlet."""
    now = central.now()
    secret = new_secret(secrets.token_bytes(16))
    with central.database.writing() as connection:
        if connection.scalar(select(outlets.c.outlet_id).where(outlets.c.outlet_id == outlet_id)) is None:
            return None
        row = {"outlet_id": outlet_id, "made_at": now, "expires_at": now + INVITATION_LIVES}
        connection.execute(insert(invitations).values(secret_hash=_hashed(secret), **row))
    fingerprint = root_fingerprint(central.keys.root.verify_key.encode())
    return Invitation(secret, fingerprint, server), now + INVITATION_LIVES


def enrol(central: Central, request: EnrolRequest, address: str) -> TillId | Refusal:
    """Uses the invitation, once. The same till asking again (its answer was lost) gets the same answer again."""
    now, topic = central.now(), f"invitation from {address}"
    with central.database.writing() as connection:
        wait = seconds_to_wait(connection, topic, INVITATIONS, now)
        if wait:
            return Refusal(NotEnrolledWhy.TOO_MANY_GUESSES, wait)
        invitation = connection.execute(
            select(invitations).where(invitations.c.secret_hash == _hashed(request.secret))
        ).one_or_none()
        if invitation is None:
            note_wrong_guess(connection, topic, now)
            return Refusal(NotEnrolledWhy.UNKNOWN)
        return _use(connection, invitation, request, now)


def _use(
    connection: Connection, invitation: Row[tuple[object, ...]], request: EnrolRequest, now: datetime
) -> TillId | Refusal:
    public_key = bytes.fromhex(request.public_key)
    if invitation.used_at is not None:
        kept = connection.scalar(select(tills.c.public_key).where(tills.c.till_id == invitation.till_id))
        return TillId(invitation.till_id) if kept == public_key else Refusal(NotEnrolledWhy.USED)
    if now >= invitation.expires_at:
        return Refusal(NotEnrolledWhy.EXPIRED)
    if connection.scalar(select(chains.c.chain_id).where(chains.c.chain_id == request.chain_id)) is not None:
        return Refusal(NotEnrolledWhy.CHAIN_TAKEN)
    count = connection.scalar(select(func.count()).where(tills.c.outlet_id == invitation.outlet_id)) or 0
    till_id = TillId(f"{invitation.outlet_id}-{count + 1:02d}")
    row = {"till_id": till_id, "outlet_id": invitation.outlet_id, "name": request.till_name}
    connection.execute(
        insert(tills).values(**row, version=request.version, public_key=public_key, enrolled_at=now, last_seen_at=now)
    )
    chain = {"chain_id": request.chain_id, "stored_to": 0, "head_hash": FIRST_LINK, "parked": 0}
    connection.execute(insert(chains).values(till_id=till_id, **chain))
    used = update(invitations).where(invitations.c.secret_hash == invitation.secret_hash)
    connection.execute(used.values(used_at=now, till_id=till_id))
    return till_id


def revoke(central: Central, till_id: TillId) -> bool:
    """From now on this till's rows are only kept, and nothing else is answered; False: there is no such till."""
    with central.database.writing() as connection:
        known = connection.scalar(select(tills.c.till_id).where(tills.c.till_id == till_id)) is not None
        still_good = (tills.c.till_id == till_id) & tills.c.revoked_at.is_(None)
        connection.execute(update(tills).where(still_good).values(revoked_at=central.now()))
    return known


def tills_known(central: Central) -> list[dict[str, str | int | None]]:
    """Every till that was ever enrolled, by outlet."""
    columns = (
        tills.c.till_id,
        tills.c.outlet_id,
        tills.c.name,
        tills.c.enrolled_at,
        tills.c.last_seen_at,
        tills.c.revoked_at,
    )
    with central.database.reading() as connection:
        rows = connection.execute(select(*columns).order_by(tills.c.outlet_id, tills.c.till_id)).all()
    return [
        {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row._asdict().items()}
        for row in rows
    ]


def note_server_url(central: Central, url: str) -> None:
    """Where the server listens, so that invitations made by another process can say so."""
    if server_url(central) == url:
        return
    with central.database.writing() as connection:
        connection.execute(delete(settings).where(settings.c.name == _URL))
        connection.execute(insert(settings).values(name=_URL, value=url))


def server_url(central: Central) -> str | None:
    with central.database.reading() as connection:
        return connection.scalar(select(settings.c.value).where(settings.c.name == _URL))


def _hashed(secret: str) -> str:
    """Secrets are looked up by their hash: how long that takes tells nothing about the secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
