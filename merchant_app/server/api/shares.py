"""One till's share of this process: however much it asks for, the others are answered as before.

A till that works as it should meets none of these limits: it asks for a bill at a time, and after weeks without a
network it sends one batch of five hundred rows after the other. What meets them is one that is broken or was taken
over. Counted once its signature was checked, so that nobody can use up another's share; in each process by itself.

so many a second   counted over all its requests; beyond, 429 with the seconds to wait
so many under way  at most four, and of those one batch: the next is told to come again in a second
batches of all     two are worked on, some wait in the order in which they came, so that each till has its turn; where
                   more wait than would be answered in time, 503. Cashiers' questions do not wait in this line.
"""

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from starlette.types import ASGIApp, Receive, Scope, Send

from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.services.claiming.pacing import Pace, Pacing

OF_A_TILL = Pace(burst=100, per_second=20)
UNDER_WAY = 4
BATCHES_AT_WORK = 2
BATCHES_WAITING = 30
_COME_BACK_SECONDS = 5
_ENTERED = "merchant_app.entered"


def _own_clock() -> datetime:
    """One that nobody sets: it is only compared with itself."""
    return datetime.fromtimestamp(time.monotonic(), UTC)


class Shares:
    """What every till has taken of this process. `enter` may be called from any thread."""

    def __init__(self, pace: Pace = OF_A_TILL, clock: Callable[[], datetime] = _own_clock) -> None:
        self._pacing, self._clock = Pacing(pace), clock
        self._under_way: Counter[str] = Counter()
        self._guard = threading.Lock()
        self._at_work = asyncio.Semaphore(BATCHES_AT_WORK)
        self._waiting = 0

    def enter(self, scope: Scope, till_id: str) -> None:
        """The till's request is under way until `leave`. Raises `RefusalError` 429 beyond its share."""
        seconds = self._pacing.seconds_to_wait(till_id, self._clock())
        if seconds:
            raise RefusalError(429, "too_fast", "this till asks too often", retry_after=seconds)
        batch = f"{till_id} batch"
        names = [till_id, batch] if scope["path"] == "/api/facts" else [till_id]
        with self._guard:
            if self._under_way[till_id] >= UNDER_WAY or (len(names) > 1 and self._under_way[batch]):
                raise RefusalError(429, "too_fast", "this till's last one is under way", retry_after=1)
            self._under_way.update(names)
        scope[_ENTERED] = names

    def leave(self, scope: Scope) -> None:
        with self._guard:
            for name in scope.get(_ENTERED, ()):
                self._under_way[name] -= 1
                if not self._under_way[name]:
                    del self._under_way[name]

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[None]:
        """A batch's turn to be worked on. Raises `RefusalError` 503 where the line is too long."""
        if self._waiting >= BATCHES_WAITING:
            raise RefusalError(503, "busy", "many tills have come back at once", retry_after=_COME_BACK_SECONDS)
        self._waiting += 1
        try:
            await self._at_work.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._at_work.release()


class SharesTaken:
    """Gives back what a request has taken, however it ends."""

    def __init__(self, app: ASGIApp, shares: Shares) -> None:
        self._app, self._shares = app, shares

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await self._app(scope, receive, send)
        finally:
            self._shares.leave(scope)
