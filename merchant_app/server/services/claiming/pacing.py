"""How fast one address, and one wallet, may claim: a burst, and so many a second after it.

Thousands of honest people may stand behind one address: a campus, a hall with one network, a mobile carrier. Each of
them needs a claim or two in the first seconds of a round, so an address may bring 3,000 at once: a full hall. From then
on it may bring 60 a second; whoever is beyond that is told when to ask again, and loses nothing but the moment, since
asking again under the same id is the same claim. What this stops is one program that would fill the line for as long
as it likes.

A wallet is one person's phone: 20 presses at once, and one a second. This is counted in each process by itself.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True)
class Pace:
    """So many at once, and so many a second in the long run."""

    burst: int
    per_second: float


OF_AN_ADDRESS = Pace(burst=3000, per_second=60)
OF_A_WALLET = Pace(burst=20, per_second=1)


class Pacing:
    """Remembers for each who when it would have been level with its pace; who was level long ago is forgotten."""

    def __init__(self, pace: Pace) -> None:
        self._between = timedelta(seconds=1 / pace.per_second)
        self._ahead = self._between * (pace.burst - 1)
        self._level_at: OrderedDict[str, datetime] = OrderedDict()
        self._guard = threading.Lock()

    def seconds_to_wait(self, who: str, now: datetime) -> int:
        """0, and it is counted; or in how many whole seconds to ask again, and it is not."""
        with self._guard:
            level_at = max(self._level_at.get(who, now), now)
            if level_at - now > self._ahead:
                return max(1, ceil((level_at - now - self._ahead).total_seconds()))
            self._level_at[who] = level_at + self._between
            self._level_at.move_to_end(who)
            if len(self._level_at) > _REMEMBERED:
                self._level_at.popitem(last=False)
            return 0
