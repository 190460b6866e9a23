"""The database's own breakdowns by name: "later", or what a person has to put right."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import URL
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionLeftError

from merchant_app.errors import DatabaseBusyError, DatabaseError, DatabaseUnusableError, DatabaseWhy

_LATER = {
    "55P03",  # somebody else has been writing for too long
    "57014",  # a statement took too long
    "40001",
    "40P01",
    "53300",  # all its connections are taken
    "57P03",  # it is starting
}
_MAY_NOT = "42501"
_READ_ONLY = "25006"
"""A standby that follows another server."""
_SAID_AT_THE_DOOR = {
    DatabaseWhy.NOT_LET_IN: ("pg_hba.conf", "password", "authentication", 'role "'),
    DatabaseWhy.NO_SUCH_DATABASE: ("does not exist",),
    DatabaseWhy.NO_ANSWER: (
        "refused", "no such file", "timeout", "timed out", "resolve", "could not", "unreachable", "starting up",
        "shutting down", "recovery mode", "closed the connection", "reset by",
    ),
}  # fmt: skip
"""Whoever is not let in is told why in words alone, and not in English everywhere: then they are shown as they are."""


def shown(url: URL) -> str:
    """The file, or the address as people may see it: without its password."""
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


@contextmanager
def known_troubles(url: URL) -> Iterator[None]:
    """Raises `DatabaseBusyError` or `DatabaseUnusableError`; a mistake of this program stays what it is."""
    try:
        yield
    except NoConnectionLeftError as error:
        raise DatabaseBusyError(shown(url), "no connection left") from error
    except DBAPIError as error:
        named = _of_sqlite(error, url) if url.get_backend_name() == "sqlite" else _of_postgresql(error, url)
        if named is None:
            raise
        raise named from error


def _of_sqlite(error: DBAPIError, url: URL) -> DatabaseError | None:
    reason = str(error.orig)
    if isinstance(error, OperationalError) and "locked" in reason:
        return DatabaseBusyError(shown(url), reason)
    is_damaged = "malformed" in reason or "not a database" in reason
    return DatabaseUnusableError(shown(url), reason) if is_damaged or isinstance(error, OperationalError) else None


def _of_postgresql(error: DBAPIError, url: URL) -> DatabaseError | None:
    reason, state = " ".join(str(error.orig).split()), getattr(error.orig, "sqlstate", None)
    if state in _LATER:
        return DatabaseBusyError(shown(url), reason)
    if state == _MAY_NOT:
        return DatabaseUnusableError(url.database or "", reason, DatabaseWhy.MAY_NOT)
    if error.connection_invalidated:
        return DatabaseUnusableError(shown(url), reason, DatabaseWhy.LOST)
    if not isinstance(error, OperationalError) and state != _READ_ONLY:
        return None
    if state is None:
        return _at_the_door(reason, url)
    return DatabaseUnusableError(shown(url), reason)


def _at_the_door(reason: str, url: URL) -> DatabaseUnusableError:
    said = reason.lower()
    why = next(
        (why for why, some in _SAID_AT_THE_DOOR.items() if any(each in said for each in some)), DatabaseWhy.OTHER
    )
    named = url.database if why is DatabaseWhy.NO_SUCH_DATABASE else shown(url)
    return DatabaseUnusableError(named or "", reason, why)
