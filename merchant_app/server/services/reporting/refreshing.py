"""Brings the report's kept summaries up to date with the rows, and leaves half of the writer's time to cashiers.

Every write of redemptions marks what it makes stale, in its own transaction. What is stale is added up anew in short
transactions, with a rest as long after each; readers that ask meanwhile wait for the one refresh that covers them all.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from merchant_app.errors import DatabaseBusyError
from merchant_app.server.db.adding_up import add_up_day, add_up_outlets, by_day, sharing_a_bill
from merchant_app.server.db.database import Database
from merchant_app.server.db.stale import WHOLE_DAY, Cell, mark_day_stale, mark_fresh, stale_cells

OUTLETS_AT_ONCE = 40
"""Few enough that whoever wants to write waits no longer than for another till's push."""


class Refreshing:
    """One for each process. `clock` and `rest` count in seconds."""

    def __init__(
        self,
        *,
        clock: Callable[[], float] = time.monotonic,
        rest: Callable[[float], None] = time.sleep,
        outlets_at_once: int = OUTLETS_AT_ONCE,
    ) -> None:
        self._clock, self._rest, self._at_once = clock, rest, outlets_at_once
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
        for turn in _turns(cells, self._at_once):
            if until is not None and self._clock() > until:
                break
            self._rest(max(0.0, self._not_before - self._clock()))
            try:
                self._take(database, turn)
            except DatabaseBusyError:
                break  # a report that says what it lacks is better than none
            left -= turn.cells
        return left

    def _take(self, database: Database, turn: "_Turn") -> None:
        with database.writing() as connection:
            started = self._clock()
            turn.take(connection)
        ended = self._clock()
        self.longest_turn = max(self.longest_turn, ended - started)
        self._not_before = ended + (ended - started)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Some outlets of one day in one transaction; with the last of them the day itself."""

    campaign_id: int
    day: date
    outlet_ids: Sequence[int]
    is_last: bool
    cells: int

    def take(self, connection: Connection) -> None:
        of_day = (self.campaign_id, self.day)
        add_up_outlets(connection, *of_day, self.outlet_ids)
        for other_day, others in by_day(sharing_a_bill(connection, *of_day, self.outlet_ids)).items():
            add_up_outlets(connection, *other_day, others)
            add_up_day(connection, *other_day)
        mark_fresh(connection, *of_day, [*self.outlet_ids, *([WHOLE_DAY] if self.is_last else [])])
        if self.is_last:
            add_up_day(connection, *of_day)
        else:
            mark_day_stale(connection, *of_day)


def _turns(cells: Sequence[Cell], at_once: int) -> Iterator[_Turn]:
    for (campaign_id, day), outlet_ids in by_day(cells).items():
        named = [outlet_id for outlet_id in outlet_ids if outlet_id != WHOLE_DAY]
        starts = range(0, max(1, len(named)), at_once)
        for start in starts:
            some, is_last = named[start : start + at_once], start == starts[-1]
            beside = len(outlet_ids) - len(named) if is_last else 0
            yield _Turn(campaign_id, day, some, is_last, len(some) + beside)
