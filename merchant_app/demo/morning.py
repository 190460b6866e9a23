"""The day so far: the till is enrolled, and customers have come since this morning, so that there is a day to look at.

Server and till are the real ones and speak over loopback; only the clocks of both are set to when it happened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

from merchant_app.demo.customers import HERE, Kind, Queue
from merchant_app.demo.samples import ZONE
from merchant_app.demo.wallet import Wallet
from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Bill
from merchant_app.server.app import create_app
from merchant_app.server.running import RunningServer
from merchant_app.server.services.enrolling import invite
from merchant_app.server.settings import Settings
from merchant_app.till.parts import Outside, Parts, open_ledger, open_parts
from merchant_app.till.services.answers import Redeemed
from merchant_app.till.services.enrolling import Enrolling

CASHIER = "02"
COLLEAGUE = "01"
TILL_NAME = "1"
OPENS_AT = time(10, 0)
LONGEST, SHORTEST = timedelta(hours=8), timedelta(hours=1)
"""How much of a day may be told, and how much is told however early it is."""
LAST_VISIT = timedelta(minutes=3)
"""So long ago that nobody can undo it any more without a manager."""


class Then:
    """A clock that says what it was set to; the same time for everybody who is told what has happened."""

    def __init__(self, at: datetime) -> None:
        self._first = self.at = at

    def __call__(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return (self.at - self._first).total_seconds()


@dataclass(frozen=True, slots=True)
class Visit:
    """A customer, and what was rung up. `part` of the day so far has passed, in thousandths."""

    part: int
    kind: Kind
    cashier: str
    bill_fen: Fen


VISITS = (
    Visit(30, Kind.GOOD, COLLEAGUE, Fen(11_800)),
    Visit(82, Kind.ANY_OUTLET, COLLEAGUE, Fen(1_800)),
    Visit(165, Kind.SHARED, COLLEAGUE, Fen(31_200)),
    Visit(217, Kind.GOOD, COLLEAGUE, Fen(14_650)),
    Visit(230, Kind.NEEDS_BILL, COLLEAGUE, Fen(18_800)),
    Visit(316, Kind.GOOD, COLLEAGUE, Fen(12_300)),
    Visit(342, Kind.SHARED, COLLEAGUE, Fen(24_600)),
    Visit(357, Kind.NEEDS_BILL, COLLEAGUE, Fen(26_900)),
    Visit(432, Kind.GOOD, COLLEAGUE, Fen(10_200)),
    Visit(561, Kind.ANY_OUTLET, CASHIER, Fen(1_600)),
    Visit(669, Kind.SHARED, CASHIER, Fen(42_000)),
    Visit(700, Kind.SHORT, CASHIER, Fen(9_400)),
    Visit(757, Kind.GOOD, CASHIER, Fen(15_900)),
    Visit(827, Kind.SHARED, CASHIER, Fen(28_750)),
    Visit(899, Kind.NEEDS_BILL, CASHIER, Fen(14_400)),
    Visit(943, Kind.GOOD, CASHIER, Fen(11_100)),
    Visit(1000, Kind.USED, CASHIER, Fen(12_800)),
)


def pass_morning(server_dir: Path, till_dir: Path, queue: Queue, then: Then, now: datetime) -> str:
    """Everybody of `VISITS` comes. The address at which the till knows its server."""
    opened = now - told(now)
    then.at = opened
    with RunningServer(create_app(Settings(server_dir), now=then)) as running:
        outside = Outside(wall=then, monotonic=then.monotonic)
        _enrol(running, till_dir, outside)
        wallet, at_the_till = Wallet(running.app.central, lambda: True), [CASHIER]
        parts = open_parts(till_dir, outside, lambda: at_the_till[0])
        try:
            parts.syncing.sync()
            for visit in VISITS:
                then.at = opened + (now - LAST_VISIT - opened) * visit.part / 1000
                at_the_till[0] = visit.cashier
                _serve(parts, queue, wallet, visit, outside.new_id)
            parts.syncing.sync()
        finally:
            parts.close()
    return running.url


def told(now: datetime) -> timedelta:
    """How long ago the told part of the day began: where it can be when the shop opened, in Chongqing."""
    here = now.astimezone(ZONE)
    today = datetime.combine(here.date(), OPENS_AT, ZONE)
    opened = today if today <= here else today - timedelta(days=1)
    return max(SHORTEST, min(LONGEST, here - opened))


def _enrol(running: RunningServer, till_dir: Path, outside: Outside) -> None:
    made = invite(running.app.central, HERE, running.url)
    assert made is not None, "the till's outlet is one of the samples"
    ledger = open_ledger(till_dir)
    try:
        Enrolling(ledger, new_id=outside.new_id).enrol(running.url, made[0].as_code(), TILL_NAME)
    finally:
        ledger.close()


def _serve(parts: Parts, queue: Queue, wallet: Wallet, visit: Visit, new_id: Callable[[], str]) -> None:
    """Whoever has redeemed is gone; who was short of the threshold comes again later."""
    shown = wallet.shown(queue.first(visit.kind))
    assert shown is not None, "the server gives holds"
    answer = parts.redeeming.present(shown.text, Bill(new_id(), visit.bill_fen))
    if isinstance(answer, Redeemed):
        parts.redeeming.shown(answer.redemption.redemption_id)
        queue.next(visit.kind)
    elif visit.kind is not Kind.SHORT:
        raise RuntimeError(f"{visit} was not redeemed: {answer}")
