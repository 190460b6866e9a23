"""Brings the report's kept summaries up to date with the rows, and leaves half of the writer's time to cashiers.

Every write of redemptions marks what it makes stale, in its own transaction. What is stale is added up anew in short
transactions, with a rest as long after each; readers that ask meanwhile wait for the one refresh that covers them all.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from merchant_app.errors import DatabaseBusyError
from merchant_app.server.db.adding_up import add_up, by_day, sharing_a_bill
from merchant_app.server.db.database import Database
from merchant_app.server.db.stale import Cell, mark_fresh, stale_cells

OUTLETS_AT_ONCE = 40
"""Few enough that whoever wants to write waits no longer than for another till's push."""


class Refreshing:
    """One for each process. `clock` and `rest` count in seconds."""

    def __init__(
        self, *, clock: Callable[[], float] = time.monotonic, rest: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock, self._rest = clock, rest
        self._one_at_a_time = threading.Lock()
        self._began = self._not_before = float("-inf")
        self._left = 0
        self.longest_turn = 0.0
        """For how many seconds at most cashiers were kept waiting at once."""

    def refresh(self, database: Database, *, within: float | None = None) -> int:
        """Everything that was stale when this was called is fresh when it returns.

        `within`: begin nothing more after so many seconds. Returns how many outlets' days were left stale by that, or
        because the database was busy.
        """
        asked = self._clock()
        with self._one_at_a_time:
            if self._began <= asked:
                self._began = self._clock()
                self._left = self._refresh(database, None if within is None else asked + within)
            return self._left

    def _refresh(self, database: Database, until: float | None) -> int:
        with database.reading() as connection:
            cells = stale_cells(connection)
        left = len(cells)
        for campaign_id, day, outlet_ids in _portions(cells):
            if until is not None and self._clock() > until:
                break
            self._rest(max(0.0, self._not_before - self._clock()))
            try:
                left -= self._add_up(database, campaign_id, day, outlet_ids)
            except DatabaseBusyError:
                break  # a report that says what it lacks is better than none
        return left

    def _add_up(self, database: Database, campaign_id: int, day: date, outlet_ids: Sequence[int]) -> int:
        with database.writing() as connection:
            started = self._clock()
            add_up(connection, campaign_id, day, outlet_ids)
            for (_, other_day), others in by_day(sharing_a_bill(connection, campaign_id, day, outlet_ids)).items():
                add_up(connection, campaign_id, other_day, others)
            mark_fresh(connection, campaign_id, day, outlet_ids)
        ended = self._clock()
        self.longest_turn = max(self.longest_turn, ended - started)
        self._not_before = ended + (ended - started)
        return len(outlet_ids)


def _portions(cells: Sequence[Cell]) -> Iterator[tuple[int, date, list[int]]]:
    for (campaign_id, day), outlet_ids in by_day(cells).items():
        for start in range(0, len(outlet_ids), OUTLETS_AT_ONCE):
            yield campaign_id, day, outlet_ids[start : start + OUTLETS_AT_ONCE]
