"""The till without its screens: its parts, built and joined for a window or for a command."""

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import random

import requests
from uuid_utils import uuid7

from merchant_app.domain.kinds import TillId
from merchant_app.errors import NotEnrolledError
from merchant_app.till.db import catalogue, state
from merchant_app.till.db.check import Findings, check
from merchant_app.till.db.connection import LEDGER_FILE, Ledger, ReadOnlyLedger, open_reading
from merchant_app.till.network import new_session
from merchant_app.till.remote import Identity, Remote
from merchant_app.till.services.asking import Asking
from merchant_app.till.services.catalogue_keeping import trust_stored_keys
from merchant_app.till.services.clock import Clock
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.enrolling import Enrolling
from merchant_app.till.services.knowledge import Shelf, read_knowledge
from merchant_app.till.services.line import Line
from merchant_app.till.services.looking import Looking
from merchant_app.till.services.recovering import Recovering
from merchant_app.till.services.redeeming import Redeeming
from merchant_app.till.services.syncing import Syncing
from merchant_app.till.services.voiding import Voiding


@dataclass(frozen=True, slots=True)
class Outside:
    """What comes from outside of the program, given by whoever builds it: time, randomness, the way to the network."""

    wall: Callable[[], datetime] = lambda: datetime.now(UTC)
    monotonic: Callable[[], float] = time.monotonic
    new_id: Callable[[], str] = lambda: str(uuid7())
    new_nonce: Callable[[], str] = lambda: os.urandom(16).hex()
    jitter: Callable[[], float] = random
    session: requests.Session | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """One till, ready to be used. `close` it before another process may write its ledger."""

    ledger: Ledger
    clock: Clock
    line: Line
    asking: Asking
    redeeming: Redeeming
    recovering: Recovering
    voiding: Voiding
    syncing: Syncing
    looking: Looking

    def close(self) -> None:
        self.asking.close()
        self.looking.close()
        self.ledger.close()


def open_ledger(data_dir: Path) -> Ledger:
    return Ledger(data_dir / LEDGER_FILE)


def build_parts(ledger: Ledger, identity: Identity | None, outside: Outside, cashier: Callable[[], str]) -> Parts:
    """Joins the parts of an enrolled till over its open ledger. Raises `NotEnrolledError` without an identity."""
    if identity is None:
        raise NotEnrolledError
    clock, shelf = _clock(ledger, outside), _shelf(ledger)
    line = Line(clock.now)
    counter = Counter(TillId(identity.till_id), ledger, shelf, clock, line, outside.new_id, cashier)
    remote = Remote(
        identity,
        new_nonce=outside.new_nonce,
        heard=clock.hear_fresh,
        served=clock.served,
        session=outside.session or new_session(ledger.path.parent),
    )
    trust_stored_keys(counter, remote)
    asking = Asking(remote, line)
    return Parts(
        ledger=ledger,
        clock=clock,
        line=line,
        asking=asking,
        redeeming=Redeeming(counter, asking),
        recovering=Recovering(counter, asking),
        voiding=Voiding(counter),
        syncing=Syncing(counter, remote, refresh=shelf.refresh, jitter=outside.jitter),
        looking=Looking(ledger.path, shelf, clock.now),
    )


def open_parts(data_dir: Path, outside: Outside, cashier: Callable[[], str], *, only_looks: bool = False) -> Parts:
    """Opens the ledger of an enrolled till and joins its parts. Raises a `LedgerError` or `NotEnrolledError`.

    `only_looks`: beside the process that is the till; nothing can be written down then.
    """
    if only_looks and not (data_dir / LEDGER_FILE).exists():
        raise NotEnrolledError
    ledger = ReadOnlyLedger(data_dir / LEDGER_FILE) if only_looks else open_ledger(data_dir)
    try:
        identity = Enrolling(ledger, new_id=outside.new_id, session=outside.session).identity()
        return build_parts(ledger, identity, outside, cashier)
    except BaseException:
        ledger.close()
        raise


def _clock(ledger: Ledger, outside: Outside) -> Clock:
    with ledger.reading() as db:
        floor, reported = state.get_time(db, state.FLOOR), state.get_time(db, state.REPORTED_FLOOR)
        served = state.get_time(db, state.CATALOGUE_ISSUED_AT)
    return Clock(outside.wall, outside.monotonic, floor=floor, reported=reported, served=served)


def _shelf(ledger: Ledger) -> Shelf:
    def read() -> dict[str, catalogue.Part]:
        with ledger.reading() as db:
            return catalogue.parts(db)

    return Shelf(read)


def open_looking(data_dir: Path, outside: Outside) -> Looking:
    """Only looks at a till's ledger, which may be in use. Close it after use.

    Raises a `LedgerError` or `NotEnrolledError`.
    """
    path = data_dir / LEDGER_FILE
    if not path.exists():
        raise NotEnrolledError
    db = open_reading(path)
    try:
        knowledge = read_knowledge(catalogue.parts(db))
    finally:
        db.conn.close()
    return Looking(path, lambda: knowledge, outside.wall)


def check_ledger(data_dir: Path) -> Findings:
    """Checks the ledger of a till, which may be in use. Raises a `LedgerError`."""
    db = open_reading(data_dir / LEDGER_FILE)
    try:
        return check(db)
    finally:
        db.conn.close()
