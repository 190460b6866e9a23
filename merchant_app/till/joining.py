"""Joins the parts of an open till to its screens: workers between them, and which signal goes where."""

from collections.abc import Callable

from merchant_app.domain.kinds import Bilingual, OutletId
from merchant_app.till.parts import Parts
from merchant_app.till.services.answers import SyncReport
from merchant_app.till.ui.cashier.choosing import Choosing
from merchant_app.till.ui.cashier.serving import Serving
from merchant_app.till.ui.shell.asking import UnfinishedQuestions
from merchant_app.till.ui.shell.pages import make_offers_page, make_sync_page, make_today_page
from merchant_app.till.ui.shell.screens import Screens
from merchant_app.till.workers.errands import Errands
from merchant_app.till.workers.looking import Glance, LookingWorker, Offers
from merchant_app.till.workers.redeeming import RedeemingWorker
from merchant_app.till.workers.scanning import Scanning
from merchant_app.till.workers.syncing import SyncingWorker


class OpenTill:
    """An open till's workers, each on a thread of its own: redeeming never waits for the network or a long list."""

    def __init__(
        self, parts: Parts, screens: Screens, scanning: Scanning, redeeming_errands: Errands, new_id: Callable[[], str]
    ) -> None:
        self._parts, self._screens = parts, screens
        self._redeeming_errands = redeeming_errands
        self._syncing_errands, self._looking_errands = Errands("syncing"), Errands("looking")
        self.redeeming = RedeemingWorker(redeeming_errands, parts.redeeming, parts.voiding, parts.recovering)
        self.syncing = SyncingWorker(self._syncing_errands, parts.syncing, parts.clock.now)
        self.looking = LookingWorker(self._looking_errands, parts.looking, parts.syncing)
        self.serving = Serving(screens.cashier, self.redeeming, new_id)
        self._choosing = Choosing(screens.cashier, self.serving, self.redeeming, scanning)
        self.questions = UnfinishedQuestions(screens)
        self._was_online = False
        self._join()
        make_offers_page(screens, self.looking)
        make_sync_page(screens, self.looking, self.syncing)
        make_today_page(screens, self.looking)

    def start(self) -> None:
        """From here on coupons are redeemed, and the server is spoken with."""
        self._screens.reason_words.known_outlet = self._known_outlet
        self._screens.reason_words.outlet_distance = self._parts.looking.outlet_distance
        self.looking.start()
        self.syncing.start()
        self.redeeming.find_unfinished()

    def close(self) -> bool:
        """Stops the workers and closes the ledger; False if one of them did not end in time."""
        self.looking.stop()
        self.syncing.stop()
        self._parts.line.changed = lambda: None
        ended = [self._syncing_errands.close(), self._looking_errands.close()]
        return self._redeeming_errands.close(last=self._parts.close) and all(ended)

    def _join(self) -> None:
        screens, looking, syncing, redeeming = self._screens, self.looking, self.syncing, self.redeeming
        self._parts.line.changed = syncing.note_line
        looking.glanced.connect(self._on_glanced)
        looking.offers_read.connect(self._on_offers_read)
        screens.window.page_opened.connect(looking.watch)
        redeeming.changed.connect(looking.look_soon)
        redeeming.changed.connect(self._on_written)
        redeeming.unfinished_found.connect(self.questions.ask)
        self.questions.settled.connect(redeeming.settle)
        syncing.line_changed.connect(looking.look_soon)
        syncing.synced.connect(self._on_synced)

    def _on_written(self) -> None:
        if self._parts.line.online:
            self.syncing.sync_soon()

    def _on_glanced(self, glance: Glance) -> None:
        self._screens.strip.show_strip(glance.strip)
        self._screens.cashier.recents.show_recents(glance.recents)
        self._screens.cashier.answer.note_standings(glance.recents)
        if glance.strip.online and not self._was_online:
            self.redeeming.find_unfinished()
        self._was_online = glance.strip.online

    def _on_offers_read(self, read: Offers) -> None:
        self._screens.pictures.know(
            {(here.campaign.campaign_id, here.offer.offer_index): here.picture for here in read.offers if here.picture}
        )
        if read.outlet is not None:
            self._screens.show_place(Bilingual(read.outlet.name_zh, read.outlet.name_en))

    def _on_synced(self, report: SyncReport) -> None:
        self.looking.look_soon()
        if report.catalogue_changed:
            self.looking.read_offers()

    def _known_outlet(self, outlet_id: OutletId) -> Bilingual | None:
        return self._parts.looking.outlet_name(outlet_id)
