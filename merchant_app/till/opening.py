"""Opening a till beside the window that is already painted: an enrolled one, or one that is still to be enrolled."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from merchant_app.till.db import facts, state
from merchant_app.till.db.connection import Ledger
from merchant_app.till.parts import Outside, Parts, build_parts, open_ledger
from merchant_app.till.services.enrolling import Enrolling


@dataclass(frozen=True, slots=True)
class Unenrolled:
    """A till that belongs to no server yet. Its ledger is open and ours."""

    ledger: Ledger


def open_till(data_dir: Path, outside: Outside, cashier: Callable[[], str]) -> Parts | Unenrolled:
    """Raises a `LedgerError` that says what is wrong with the till's file."""
    ledger = open_ledger(data_dir)
    try:
        identity = Enrolling(ledger, new_id=outside.new_id, session=outside.session).identity()
        if identity is None or _is_done_with(ledger):
            return Unenrolled(ledger)
        return build_parts(ledger, identity, outside, cashier)
    except BaseException:
        ledger.close()
        raise


def _is_done_with(ledger: Ledger) -> bool:
    """A revoked till whose rows have all gone up can only become another one: by a new invitation."""
    with ledger.reading() as db:
        return state.get(db, state.REVOKED) is not None and facts.count_waiting(db) == 0


def enrol_till(
    unenrolled: Unenrolled,
    outside: Outside,
    cashier: Callable[[], str],
    server: str,
    invitation: str,
    name: str,
    *,
    plain_http: bool = False,
) -> Parts:
    """Uses up the invitation. Raises `EnrolmentRefusedError` or a `RemoteError`; the till is then as it was."""
    enrolling = Enrolling(unenrolled.ledger, new_id=outside.new_id, session=outside.session)
    identity = enrolling.enrol(server or None, invitation, name, plain_http=plain_http)
    return build_parts(unenrolled.ledger, identity, outside, cashier)
