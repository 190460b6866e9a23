"""The waiting line: claims of this process wait their turn and are served in groups, first come, first served.

    asked -> waiting -> being served -> answered
               |  \\
               |   `-> gone: the asker gave up before its turn; it is passed over
               `-----> refused: the line was full, or closed

One thread serves. A group is whoever waits when its turn comes, at most `GROUP`; so under a small load a claim waits
for nobody, and under a rush each commit is shared by many. Several processes each have a line of their own, and the
database lets one group at a time write.

What happens to a claim whose answer was lost, because the caller, the network or this process went away: it was stored
or it was not, and asking again under the same claim_id gives the answer either way.
"""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from merchant_app.errors import DatabaseError
from merchant_app.server.services.claiming.asking import WantedClaim
from merchant_app.server.services.claiming.serving import Answer

GROUP = 100
"""Claims served in one transaction: enough to share a commit, and over in some 20 ms, for which a cashier may wait."""
LONGEST = 5000
"""Claims that may wait: about two seconds' work, as long as somebody looks at a button that was pressed."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    wanted: WantedClaim
    answer: "Future[Answer]" = field(default_factory=Future)


class ClaimLine:
    """`serve` answers a group. `join` is called from any thread; `start` and `close` once each."""

    def __init__(
        self, serve: Callable[[Sequence[WantedClaim]], list[Answer]], *, group: int = GROUP, longest: int = LONGEST
    ) -> None:
        self._serve = serve
        self._group = group
        self._longest = longest
        self._waiting: deque[_Waiting] = deque()
        self._changed = threading.Condition()
        self._is_closed = False
        self.is_serving = False
        self._thread = threading.Thread(target=self._run, name="claims", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def join(self, wanted: WantedClaim) -> "Future[Answer] | None":
        """The answer to come; cancelling it leaves the line. None: so many wait that it would come too late."""
        waiting = _Waiting(wanted)
        with self._changed:
            if self._is_closed or len(self._waiting) >= self._longest:
                return None
            self._waiting.append(waiting)
            self._changed.notify()
        return waiting.answer

    @property
    def waiting(self) -> int:
        """How many wait for their turn now, without those who have gone."""
        with self._changed:
            return sum(not each.answer.cancelled() for each in self._waiting)

    def close(self) -> None:
        """Takes nobody else; returns when everybody who waits has an answer."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while group := self._next_group():
            self.is_serving = True
            self._answer(group)
            self.is_serving = False

    def _next_group(self) -> list[_Waiting]:
        """Those whose turn it is, without those who have gone; empty when the line is closed and nobody waits."""
        with self._changed:
            while True:
                self._changed.wait_for(lambda: self._waiting or self._is_closed)
                group: list[_Waiting] = []
                while self._waiting and len(group) < self._group:
                    first = self._waiting.popleft()
                    if first.answer.set_running_or_notify_cancel():
                        group.append(first)
                if group or (self._is_closed and not self._waiting):
                    return group

    def _answer(self, group: list[_Waiting]) -> None:
        """A group that fails is served one by one, so that none is refused for what is wrong with another."""
        try:
            answers = self._serve([each.wanted for each in group])
        except DatabaseError as error:
            for each in group:
                each.answer.set_exception(error)
        except Exception as error:
            if len(group) == 1:
                group[0].answer.set_exception(error)
                return
            for each in group:
                self._answer([each])
        else:
            for each, answer in zip(group, answers, strict=True):
                each.answer.set_result(answer)
