"""One-time sign-in links: the first operator comes by one, so does every other, and whoever forgot a password."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import operators as operator_rows
from merchant_app.server.db.operators import KeptLink, KeptOperator
from merchant_app.server.db.sessions import end_sessions_of
from merchant_app.server.services.hashing import hashed_secret
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.server.services.operators.passwords import Unfit, hashed, name_key, unfit_name, unfit_password
from merchant_app.server.services.operators.sessions import open_session

LINK_LIVES = timedelta(hours=24)


class DeadLink(StrEnum):
    """Why a link opens nothing."""

    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Welcome:
    """A link that is good: for this operator's password, or for a new operator."""

    operator_id: OperatorId | None
    name: str | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What whoever came by a link typed; the name counts where the link makes a new operator."""

    name: str
    password: str
    repeated: str


def first_link(central: Central) -> str | None:
    """The secret of a link that makes the first operator; None: there is one already. Earlier ones are good no more."""
    now = central.now()
    with central.database.writing() as connection:
        if operator_rows.all_operators(connection):
            return None
        operator_rows.use_links_of(connection, None, now)
        return _add(connection, None, now)


def make_link(central: Central, name: str | None, by: OperatorId | None) -> str | None:
    """The secret of a new link: for the operator of this name, or for somebody new. None: nobody has this name."""
    now = central.now()
    with central.database.writing() as connection:
        kept = None if name is None else operator_rows.operator_named(connection, name_key(name))
        if name is not None and kept is None:
            return None
        note_deed(connection, by, Deed.OPERATOR_INVITED, "" if kept is None else kept.operator_id, at=now, name=name)
        return _add(connection, None if kept is None else kept.operator_id, now)


def link_url(server: str, secret: str) -> str:
    """The address that is opened in a browser."""
    return f"{server.rstrip('/')}/console/welcome/{secret}"


def opened(central: Central, secret: str) -> Welcome | DeadLink:
    """What this link is good for."""
    with central.database.reading() as connection:
        return _opened(connection, secret, central.now())


def use(central: Central, secret: str, chosen: Chosen) -> str | DeadLink | Unfit:
    """Uses the link, once, and signs in: what the new session's cookie holds."""
    now = central.now()
    with central.database.reading() as connection:
        welcome = _opened(connection, secret, now)
    if isinstance(welcome, DeadLink):
        return welcome
    name = (chosen.name if welcome.name is None else welcome.name).strip()
    unfit = unfit_name(name) or unfit_password(chosen.password, chosen.repeated, name)
    if unfit is not None:
        return unfit
    password_hash = hashed(chosen.password)
    with central.database.writing() as connection:
        welcome = _opened(connection, secret, now)
        if isinstance(welcome, DeadLink):
            return welcome
        if welcome.operator_id is None and operator_rows.operator_named(connection, name_key(name)) is not None:
            return Unfit.NAME_TAKEN
        operator_id = welcome.operator_id or OperatorId(central.new_id())
        operator_rows.use_link(connection, hashed_secret(secret), now)
        _let_in(connection, welcome, operator_id, name, password_hash, now)
        return open_session(connection, operator_id, now)


def _let_in(
    connection: Connection, welcome: Welcome, operator_id: OperatorId, name: str, password_hash: str, now: datetime
) -> None:
    if welcome.operator_id is None:
        new = KeptOperator(operator_id, name, name_key(name), password_hash, now, None)
        operator_rows.add_operator(connection, new)
        note_deed(connection, operator_id, Deed.OPERATOR_CAME, operator_id, at=now, name=name)
        return
    operator_rows.put_password(connection, operator_id, password_hash)
    operator_rows.use_links_of(connection, operator_id, now)
    end_sessions_of(connection, operator_id)
    note_deed(connection, operator_id, Deed.PASSWORD_CHANGED, operator_id, at=now, name=name)


def _add(connection: Connection, operator_id: OperatorId | None, now: datetime) -> str:
    secret = secrets.token_urlsafe(24)
    operator_rows.add_link(connection, hashed_secret(secret), operator_id, now, now + LINK_LIVES)
    return secret


def _opened(connection: Connection, secret: str, now: datetime) -> Welcome | DeadLink:
    link = operator_rows.link_of(connection, hashed_secret(secret))
    dead = _dead(link, now)
    if link is None or dead is not None:
        return dead or DeadLink.UNKNOWN
    if link.operator_id is None:
        return Welcome(None, None)
    kept = operator_rows.operator_of(connection, link.operator_id)
    if kept is None or kept.disabled_at is not None:
        return DeadLink.UNKNOWN
    return Welcome(kept.operator_id, kept.name)


def _dead(link: KeptLink | None, now: datetime) -> DeadLink | None:
    if link is None:
        return DeadLink.UNKNOWN
    if link.used_at is not None:
        return DeadLink.USED
    return DeadLink.EXPIRED if now >= link.expires_at else None
