"""What the use cases at the counter share: ledger, knowledge, clock, the line to the server, who is at the till."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlite_utils import Database

from merchant_app.domain.judging import Network
from merchant_app.domain.kinds import RedemptionId, TillId
from merchant_app.till.db import state
from merchant_app.till.db.connection import Ledger
from merchant_app.till.services.clock import Clock
from merchant_app.till.services.knowledge import Knowledge
from merchant_app.till.services.line import Line


@dataclass(frozen=True, slots=True)
class Counter:
    """`new_id` gives a UUIDv7 in its usual spelling; `cashier` the name of who is at the till now."""

    till_id: TillId
    ledger: Ledger
    knowledge: Callable[[], Knowledge]
    clock: Clock
    line: Line
    new_id: Callable[[], str]
    cashier: Callable[[], str]

    @contextmanager
    def writing(self) -> Iterator[Database]:
        """All or nothing, durable when it ends; the floor is written with it, so that a restart keeps the time."""
        with self.ledger.transaction() as db:
            yield db
            floor = self.clock.floor()
            if floor is not None:
                state.put_time(db, state.FLOOR, floor)

    def new_redemption_id(self) -> RedemptionId:
        return RedemptionId(self.new_id())

    def network(self) -> Network:
        return Network.ONLINE if self.line.online else Network.OFFLINE
