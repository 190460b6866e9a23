"""The day so far: the till is enrolled, and customers have come since this morning, so that there is a day to look at.

Server and till are the real ones and speak over loopback; only the clocks of both are set to when it happened.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from merchant_app.demo.customers import HERE, Kind, Queue
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
OPENED = timedelta(hours=8)
"""How long ago the till was enrolled."""


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
    """A customer who came so many minutes ago, and what was rung up."""

    minutes_ago: int
    kind: Kind
    cashier: str
    bill_fen: Fen


VISITS = (
    Visit(466, Kind.GOOD, COLLEAGUE, Fen(11_800)),
    Visit(441, Kind.ANY_OUTLET, COLLEAGUE, Fen(1_800)),
    Visit(402, Kind.SHARED, COLLEAGUE, Fen(31_200)),
    Visit(377, Kind.GOOD, COLLEAGUE, Fen(14_650)),
    Visit(371, Kind.NEEDS_BILL, COLLEAGUE, Fen(18_800)),
    Visit(330, Kind.GOOD, COLLEAGUE, Fen(12_300)),
    Visit(318, Kind.SHARED, COLLEAGUE, Fen(24_600)),
    Visit(311, Kind.NEEDS_BILL, COLLEAGUE, Fen(26_900)),
    Visit(275, Kind.GOOD, COLLEAGUE, Fen(10_200)),
    Visit(214, Kind.ANY_OUTLET, CASHIER, Fen(1_600)),
    Visit(163, Kind.SHARED, CASHIER, Fen(42_000)),
    Visit(148, Kind.SHORT, CASHIER, Fen(9_400)),
    Visit(121, Kind.GOOD, CASHIER, Fen(15_900)),
    Visit(88, Kind.SHARED, CASHIER, Fen(28_750)),
    Visit(54, Kind.NEEDS_BILL, CASHIER, Fen(14_400)),
    Visit(33, Kind.GOOD, CASHIER, Fen(11_100)),
    Visit(6, Kind.USED, CASHIER, Fen(12_800)),
)


def pass_morning(server_dir: Path, till_dir: Path, queue: Queue, then: Then, now: datetime) -> str:
    """Everybody of `VISITS` comes. The address at which the till knows its server."""
    then.at = now - OPENED
    with RunningServer(create_app(Settings(server_dir), now=then)) as running:
        outside = Outside(wall=then, monotonic=then.monotonic)
        _enrol(running, till_dir, outside)
        wallet, at_the_till = Wallet(running.app.central, lambda: True), [CASHIER]
        parts = open_parts(till_dir, outside, lambda: at_the_till[0])
        try:
            parts.syncing.sync()
            for visit in VISITS:
                then.at, at_the_till[0] = now - timedelta(minutes=visit.minutes_ago), visit.cashier
                _serve(parts, queue, wallet, visit, outside.new_id)
            parts.syncing.sync()
        finally:
            parts.close()
    return running.url


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
