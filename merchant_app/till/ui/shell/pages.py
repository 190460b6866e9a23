"""The pages beside the cashier's, each made and joined to what it shows when it is first opened."""

from PySide6.QtCore import QObject

from merchant_app.till.services.answers import SyncReport
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.shell.screens import Screens
from merchant_app.till.workers.looking import Glance, LookingWorker, Offers, SyncView
from merchant_app.till.workers.syncing import SyncingWorker


def make_offers_page(screens: Screens, looking: LookingWorker) -> None:
    def make() -> Part:
        from merchant_app.till.ui.offers.page import OffersPage

        page = OffersPage(screens.theme, screens.window.words, screens.pictures, screens.zone)

        def on_offers(read: Offers) -> None:
            page.show_offers(read.offers)

        looking.offers_read.connect(on_offers)
        looking.read_offers()
        return page

    screens.window.make_page_when_opened("offers", make)


class SyncScreen(QObject):
    """Joins the sync page to the workers; it knows the last report even while nobody has opened the page."""

    def __init__(self, screens: Screens, looking: LookingWorker, syncing: SyncingWorker) -> None:
        super().__init__(screens.window)
        self._screens, self._looking, self._syncing = screens, looking, syncing
        self._report: SyncReport | None = None
        syncing.synced.connect(self._on_report)

    def make(self) -> Part:
        from merchant_app.till.ui.sync.page import SyncPage

        screens, looking, syncing = self._screens, self._looking, self._syncing
        page = SyncPage(screens.theme, screens.window.words, screens.now, screens.zone)

        def on_glance(glance: Glance) -> None:
            page.show_strip(glance.strip)

        def on_rows(view: SyncView) -> None:
            page.show_rows(view.parked, view.answers)

        def on_ended(report: SyncReport) -> None:
            page.show_running(running=syncing.is_running)
            page.show_report(report)

        looking.glanced.connect(on_glance)
        looking.sync_read.connect(on_rows)
        syncing.started.connect(lambda: page.show_running(running=True))
        syncing.synced.connect(on_ended)
        page.sync_wanted.connect(syncing.sync_now)
        if self._report is not None:
            page.show_report(self._report)
        return page

    def _on_report(self, report: SyncReport) -> None:
        self._report = report


def make_sync_page(screens: Screens, looking: LookingWorker, syncing: SyncingWorker) -> None:
    screens.window.make_page_when_opened("sync", SyncScreen(screens, looking, syncing).make)


def make_today_page(screens: Screens, looking: LookingWorker) -> None:
    def make() -> Part:
        from merchant_app.till.ui.today.page import TodayPage

        page = TodayPage(screens.theme, screens.window.words, screens.zone)
        looking.day_read.connect(page.show_day)
        return page

    screens.window.make_page_when_opened("today", make)
