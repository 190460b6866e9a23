"""The till's clock: the wall clock defended by the floor of signed times, carried forward while the program runs."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from merchant_app.domain import clock
from merchant_app.domain.redemption import Moment
from merchant_app.till.services.answers import ClockState

log = logging.getLogger(__name__)


class Clock:
    """Thread-safe. `wall` gives the computer's time, aware UTC; `monotonic` seconds that nobody can set.

    `served` is a time that the server has signed before the program started.
    """

    def __init__(
        self,
        wall: Callable[[], datetime],
        monotonic: Callable[[], float],
        *,
        floor: datetime | None,
        reported: datetime | None,
        served: datetime | None = None,
    ) -> None:
        self._wall, self._monotonic = wall, monotonic
        self._lock = threading.Lock()
        self._floor, self._floor_since = floor, monotonic()
        self._reported = reported
        self._served, self._served_since = served, self._floor_since

    def moment(self) -> Moment:
        """Now, as a fact records it."""
        with self._lock:
            return clock.defend(self._wall().astimezone(UTC), self._carried()).moment

    def wall(self) -> datetime:
        """The computer's own clock, right or wrong: for telling how far it is off."""
        return self._wall().astimezone(UTC)

    def now(self) -> datetime:
        return self.moment().at

    def floor(self) -> datetime | None:
        with self._lock:
            return self._carried()

    def state(self) -> ClockState:
        with self._lock:
            floor = self._carried()
            off_by = clock.defend(self._wall().astimezone(UTC), floor).off_by
            return ClockState(defended=off_by is not None, off_by=off_by, known=floor is not None)

    def hear(self, signed_at: datetime) -> None:
        """A time that somebody trusted signed, whenever that was."""
        with self._lock:
            self._set(clock.heard(self._carried(), signed_at))

    def hear_fresh(self, server_time: datetime) -> None:
        """A time that the server signed for this till's own request, just now."""
        with self._lock:
            before = self._carried()
            self._set(clock.heard_fresh(before, server_time, self._reported))
            self._served, self._served_since = server_time, self._monotonic()
            after = self._floor
        if before is not None and after is not None and after < before - clock.TOLERANCE:
            log.warning("the floor of the clock was wrong and is lowered from %s to %s", before, after)

    def served(self) -> datetime | None:
        """The latest time that the server itself has signed, carried forward: by it keys and catalogues expire.

        Not the floor: that is raised by every genuine code, and whoever has a campaign's key can sign any time.
        """
        with self._lock:
            if self._served is None:
                return None
            return self._served + timedelta(seconds=self._monotonic() - self._served_since)

    def report(self, floor: datetime) -> None:
        """From now on the server counts on this floor: it is never lowered below."""
        with self._lock:
            self._reported = floor if self._reported is None else max(self._reported, floor)

    def _carried(self) -> datetime | None:
        if self._floor is None:
            return None
        return self._floor + timedelta(seconds=self._monotonic() - self._floor_since)

    def _set(self, floor: datetime) -> None:
        self._floor, self._floor_since = floor, self._monotonic()
