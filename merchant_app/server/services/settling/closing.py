"""Closing a campaign's period: for every outlet, what is owed for all days up to its end less what was settled before.

The outlets are taken some at a time, each time in one short transaction, so that tills go on being served. A closing
that was broken off goes on where it stopped, whoever closes next. Periods follow each other without a gap.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import periods as period_rows
from merchant_app.server.db import settling as statements
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.periods import KeptPeriod, Totals
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.operators.deeds import Deed, note_deed

OUTLETS_AT_A_TIME = 25
Progress = Callable[[int, int], None]
"""Called with how many outlets are done, and of how many."""


class NotClosed(StrEnum):
    """Why no period was closed."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OVER = "not_over"
    """The last day is not over yet where the campaign is."""
    ALREADY_CLOSED = "already_closed"
    """That day is in a period before."""


@dataclass(frozen=True, slots=True)
class Closed:
    period: KeptPeriod
    totals: Totals


@dataclass(frozen=True, slots=True)
class Preview:
    """What closing would give: (outlet_id, owed_fen, adjusted_fen, line_count) of each outlet that has lines."""

    first_day: date
    last_day: date
    outlets: tuple[tuple[int, int, int, int], ...]

    @property
    def owed_fen(self) -> int:
        return sum(owed for _, owed, _, _ in self.outlets)

    @property
    def adjusted_fen(self) -> int:
        return sum(adjusted for _, _, adjusted, _ in self.outlets)

    @property
    def lines(self) -> int:
        return sum(count for _, _, _, count in self.outlets)


def close(
    central: Central,
    campaign_id: int,
    last_day: date,
    *,
    by: str,
    operator: OperatorId | None = None,
    progress: Progress = lambda _done, _of: None,
) -> Closed | NotClosed:
    """Closes the period from where the last one ended up to `last_day`. `by` is the operator's name."""
    while True:
        period = _begin(central, campaign_id, last_day, by)
        if isinstance(period, NotClosed):
            return period
        while (period := _settle_some(central, period, progress, operator)).closed_at is None:
            pass
        if period.last_day >= last_day:
            break
    with central.database.reading() as connection:
        totals = period_rows.totals_of(connection, campaign_id)
    return Closed(period, totals.get(period.period_index, Totals()))


def preview(central: Central, campaign_id: int, last_day: date) -> Preview | NotClosed:
    """What closing now would give; nothing is written."""
    with central.database.reading() as connection:
        found = _next(connection, central, campaign_id, last_day, "")
        if isinstance(found, NotClosed):
            return found
        # One that was broken off is there already: its rest is looked at.
        outlets: list[tuple[int, int, int, int]] = []
        some = statements.next_outlets(connection, found.done_to, OUTLETS_AT_A_TIME)
        while some is not None:
            outlets += statements.preview(connection, found, some)
            some = statements.next_outlets(connection, some.last, OUTLETS_AT_A_TIME)
        return Preview(found.first_day, found.last_day, tuple(outlets))


def next_first_day(connection: Connection, campaign: Campaign) -> date:
    """The day with which the campaign's next period begins."""
    last = period_rows.last_period(connection, campaign.campaign_id)
    if last is None:
        return campaign.starts_at.astimezone(campaign.zone).date()
    return last.last_day + timedelta(days=1)


def _begin(central: Central, campaign_id: int, last_day: date, by: str) -> KeptPeriod | NotClosed:
    with central.database.writing() as connection:
        period = _next(connection, central, campaign_id, last_day, by)
        if isinstance(period, KeptPeriod) and period_rows.period_of(connection, *_name(period)) is None:
            period_rows.add_period(connection, period)
        return period


def _next(
    connection: Connection, central: Central, campaign_id: int, last_day: date, by: str
) -> KeptPeriod | NotClosed:
    """The period that is to be closed now: one that was broken off, else the one that follows."""
    kept = campaign_of(connection, campaign_id)
    if kept is None:
        return NotClosed.UNKNOWN_CAMPAIGN
    last = period_rows.last_period(connection, campaign_id)
    if last is not None and last.closed_at is None:
        return last
    campaign, now = parsed(kept.document), central.now()
    first_day = next_first_day(connection, campaign)
    if last_day >= now.astimezone(campaign.zone).date():
        return NotClosed.NOT_OVER
    if last_day < first_day:
        return NotClosed.ALREADY_CLOSED
    index = 0 if last is None else last.period_index + 1
    return KeptPeriod(campaign_id, index, first_day, last_day, now, by, 0, None)


def _settle_some(central: Central, period: KeptPeriod, progress: Progress, operator: OperatorId | None) -> KeptPeriod:
    """The next outlets, in a transaction of their own; where there are none any more the period is closed."""
    with central.database.writing() as connection:
        now_there = period_rows.period_of(connection, *_name(period))
        assert now_there is not None
        if now_there.closed_at is not None:
            return now_there
        some = statements.next_outlets(connection, now_there.done_to, OUTLETS_AT_A_TIME)
        if some is None:
            closed_at = central.now()
            period_rows.note_done(connection, now_there, now_there.done_to, closed_at)
            what = {"first_day": now_there.first_day, "last_day": now_there.last_day}
            note_deed(connection, operator, Deed.SETTLEMENT_CLOSED, period.campaign_id, at=closed_at, **what)
            return replace(now_there, closed_at=closed_at)
        statements.write_lines(connection, now_there, some)
        statements.write_settlements(connection, now_there, some)
        period_rows.note_done(connection, now_there, some.last)
        done, of = statements.count_outlets(connection, some.last), statements.count_outlets(connection)
    progress(done, of)
    return replace(now_there, done_to=some.last)


def _name(period: KeptPeriod) -> tuple[int, int]:
    return period.campaign_id, period.period_index
