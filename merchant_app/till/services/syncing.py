"""Syncing: push, take over the catalogue, pull what others did; and when to do it again.

Called from a worker of its own: while the network is waited for, the ledger is free for redeeming. What is due when
is kept in the ledger, so that a restart does not forget how patient the till was asked to be.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from merchant_app.domain.backoff import wait_after
from merchant_app.errors import (
    CatalogueRejectedError,
    LedgerError,
    NotEnrolledError,
    RemoteError,
    RequestRefusedError,
    ServerBusyError,
)
from merchant_app.till.db import facts, redemptions, state
from merchant_app.till.remote import Remote
from merchant_app.till.services.adopting import push_old_chains
from merchant_app.till.services.answers import Strip, SyncReport
from merchant_app.till.services.catalogue_keeping import update_catalogue
from merchant_app.till.services.counter import Counter
from merchant_app.till.services.pictures import fetch_pictures
from merchant_app.till.services.pushing import pull_events, push_all
from merchant_app.till.services.scene import catalogue_age, has_expired
from merchant_app.wire.enrolment import is_plain_address
from merchant_app.wire.refusal import REVOKED

log = logging.getLogger(__name__)


class Syncing:
    """`refresh` is called after a new catalogue; `jitter` gives a number in [0, 1)."""

    def __init__(
        self, counter: Counter, remote: Remote | None, *, refresh: Callable[[], None], jitter: Callable[[], float]
    ) -> None:
        self._counter, self._remote = counter, remote
        self._refresh, self._jitter = refresh, jitter

    def sync(self) -> SyncReport:
        """One sync, up and down. Troubles are in the report, not raised; what was done before them is kept."""
        if self._remote is None:
            return SyncReport(0, 0, catalogue_changed=False, trouble=NotEnrolledError())
        report = SyncReport(0, 0, catalogue_changed=False)
        try:
            report = self._take_catalogue(self._remote, report)
            pushed = push_old_chains(self._counter, self._remote)
            report = replace(report, pushed=pushed + push_all(self._counter, self._remote))
            report = replace(report, pulled=pull_events(self._counter, self._remote))
            fetch_pictures(self._counter, self._remote)
            self._counter.line.up()
        except (RemoteError, LedgerError) as error:
            self._note_trouble(error)
            report = replace(report, trouble=error)
        self._plan_next(report.trouble)
        return report

    def next_due(self) -> datetime:
        """When the next sync is due, by the till's own clock; a time long past where one is wanted at once."""
        with self._counter.ledger.reading() as db:
            return state.get_time(db, state.NEXT_SYNC_AT) or datetime.min.replace(tzinfo=UTC)

    def wake(self) -> None:
        """Sync as soon as possible: the cashier asked for it, or the network is back."""
        with self._counter.ledger.transaction() as db:
            state.put(db, state.NEXT_SYNC_AT, None)

    def strip(self) -> Strip:
        """The truth about this till at this moment."""
        line, now = self._counter.line, self._counter.clock.now()
        with self._counter.ledger.reading() as db:
            return Strip(
                online=line.online,
                since=line.since,
                waiting=facts.count_waiting(db),
                oldest_waiting_at=facts.oldest_waiting_at(db),
                last_sync_at=state.get_time(db, state.LAST_SYNC_AT),
                parked=facts.count_set_aside(db),
                contested=redemptions.count_contested(db),
                catalogue_age=catalogue_age(db, now),
                catalogue_expired=has_expired(db, now),
                readable=is_plain_address(state.get(db, state.SERVER) or ""),
                clock=self._counter.clock.state(),
                revoked=state.get(db, state.REVOKED) is not None,
            )

    def _take_catalogue(self, remote: Remote, report: SyncReport) -> SyncReport:
        """A catalogue that must be rejected, and a revoked till's, keep nothing that was written from going up."""
        try:
            changed = update_catalogue(self._counter, remote)
        except CatalogueRejectedError as error:
            log.warning("the server's catalogue is not taken over: %s", error)
            return replace(report, trouble=error)
        except RequestRefusedError as error:
            if error.code != REVOKED:
                raise
            self._mark_revoked()
            return report
        if changed:
            self._refresh()
        return replace(report, catalogue_changed=changed)

    def _note_trouble(self, error: RemoteError | LedgerError) -> None:
        log.info("sync broke off: %s: %s", type(error).__name__, error)
        if isinstance(error, RequestRefusedError) and error.code == REVOKED:
            self._mark_revoked()
        elif isinstance(error, RemoteError) and not isinstance(error, RequestRefusedError):
            self._counter.line.down()

    def _mark_revoked(self) -> None:
        with self._counter.ledger.transaction() as db:
            state.put(db, state.REVOKED, "yes")

    def _plan_next(self, trouble: Exception | None) -> None:
        now = self._counter.clock.now()
        with self._counter.ledger.transaction() as db:
            failures = 0 if trouble is None else state.get_number(db, state.FAILURES) + 1
            asked = trouble.retry_after if isinstance(trouble, ServerBusyError) else None
            patience = None if asked is None else timedelta(seconds=asked)
            state.put(db, state.FAILURES, str(failures))
            state.put_time(db, state.NEXT_SYNC_AT, now + wait_after(failures, self._jitter(), patience))
            if trouble is None:
                state.put_time(db, state.LAST_SYNC_AT, now)
        self._counter.ledger.checkpoint()
