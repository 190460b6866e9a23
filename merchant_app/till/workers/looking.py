"""What the screens show of the till, read beside them: soon after something changed, and now and then by itself."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from merchant_app.domain.business_day import DayReport
from merchant_app.till.services.answers import OfferHere, ParkedRow, Recent, Strip
from merchant_app.till.services.looking import Looking
from merchant_app.till.services.syncing import Syncing
from merchant_app.till.workers.errands import Done, Errands, Outcome
from merchant_app.wire.catalogue import OutletPart
from merchant_app.wire.facts import RowAnswer

EVERY_MS = 5000
SOON_MS = 30
RECENT = 5
ANSWERS = 30


@dataclass(frozen=True, slots=True)
class Glance:
    """What is always seen: the strip and the last redemptions."""

    strip: Strip
    recents: list[Recent]


@dataclass(frozen=True, slots=True)
class Offers:
    """What this outlet takes, and which outlet it is; None before the first catalogue."""

    outlet: OutletPart | None
    offers: list[OfferHere]


@dataclass(frozen=True, slots=True)
class SyncView:
    """What is set aside, and what the server answered last."""

    parked: list[ParkedRow]
    answers: list[RowAnswer]


class LookingWorker(QObject):
    """Reads are asked for by what they show; several requests in the same moment are one read."""

    glanced = Signal(object)
    offers_read = Signal(object)
    sync_read = Signal(object)
    day_read = Signal(object)
    failed = Signal(object)

    def __init__(self, errands: Errands, looking: Looking, syncing: Syncing) -> None:
        super().__init__()
        self._errands, self._looking, self._syncing = errands, looking, syncing
        self._page = ""
        self._waits = 0
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._read)
        self._every = QTimer(self)
        self._every.timeout.connect(self.look_soon)

    def start(self) -> None:
        self._every.start(EVERY_MS)
        self.look_soon()
        self.read_offers()

    def stop(self) -> None:
        self._every.stop()
        self._soon.stop()

    def watch(self, page: str) -> None:
        """Which page is in front: what it shows is read along from now on."""
        self._page = page
        self.look_soon()

    def look_soon(self) -> None:
        if not self._soon.isActive():
            self._soon.start(SOON_MS)

    def read_offers(self) -> None:
        """After a new catalogue."""
        self._run(lambda: Offers(self._looking.outlet(), self._looking.offers_here()), self._on_offers)

    def _read(self) -> None:
        if self._waits:  # the thread is behind: what it reads next is new enough
            return
        self._run(lambda: Glance(self._syncing.strip(), self._looking.recent(RECENT)), self._on_glance)
        if self._page == "sync":
            self._run(lambda: SyncView(self._looking.parked(), self._looking.last_answers(ANSWERS)), self._on_sync)
        elif self._page == "today":
            self._run(self._looking.today, self._on_day)

    def _run(self, task: Callable[[], object], then: Callable[..., None]) -> None:
        self._waits += 1
        self._errands.run(task, then)

    def _on_glance(self, outcome: Outcome[Glance]) -> None:
        self._say(outcome, self.glanced.emit)

    def _on_offers(self, outcome: Outcome[Offers]) -> None:
        self._say(outcome, self.offers_read.emit)

    def _on_sync(self, outcome: Outcome[SyncView]) -> None:
        self._say(outcome, self.sync_read.emit)

    def _on_day(self, outcome: Outcome[DayReport]) -> None:
        self._say(outcome, self.day_read.emit)

    def _say(self, outcome: Outcome[object], emit: Callable[[object], object]) -> None:
        self._waits -= 1
        if isinstance(outcome, Done):
            emit(outcome.value)
        else:
            self.failed.emit(outcome.error)
