"""All screens of the till in their window, and which of them is to be seen before anything is behind them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from merchant_app.domain.kinds import Bilingual
from merchant_app.till.ui.cashier.camera_view import CameraView
from merchant_app.till.ui.cashier.page import CashierPage
from merchant_app.till.ui.cashier.reasons import ReasonWords
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.shell.strip import StripBar
from merchant_app.till.ui.shell.window import TillWindow
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words
from merchant_app.wording.breakdowns import breakdown

if TYPE_CHECKING:  # pages that most starts never show
    from merchant_app.till.ui.setup.closed_page import ClosedPage
    from merchant_app.till.ui.setup.page import SetupPage


class Screens(QObject):
    """`zone` is the one that times are shown in. Pages but the cashier's come when they are opened."""

    enrolment_wanted = Signal(str, str, str, bool)
    again_wanted = Signal()

    def __init__(self, theme: Theme, window: TillWindow, zone: ZoneInfo) -> None:
        super().__init__(window)
        words = window.words
        self.theme, self.zone = theme, zone
        self._clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self._outlet: Bilingual | None = None
        self.pictures = OfferPictures()
        self.reason_words = ReasonWords(self.now, zone)
        self.strip = StripBar(theme, words, self.now, zone)
        self.window = window
        self.cashier = CashierPage(theme, words, self.pictures, self.reason_words, self.now, zone)
        self.window.add_page("cashier", self.cashier)
        self.window.add_strip(self.strip)
        self.window.make_page_when_opened("setup", self._make_setup)
        self.window.make_page_when_opened("closed", self._make_closed)
        self.window.words_changed.connect(self._on_words_changed)
        self.window.open_page("cashier")

    def now(self) -> datetime:
        """The till's own clock, once it is open."""
        return self._clock()

    def use_clock(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    def show_place(self, outlet: Bilingual) -> None:
        self._outlet = outlet
        self._on_words_changed(self.window.words)

    @property
    def setup(self) -> SetupPage:
        return cast("SetupPage", self.window.page("setup"))

    def cameras(self, *, seen_only: bool = True) -> list[CameraView]:
        """Where the camera's picture is shown."""
        pages: list[CashierPage | SetupPage] = [self.cashier]
        if self.window.has_page("setup"):
            pages.append(self.setup)
        return [page.camera for page in pages if not seen_only or page.isVisible()]

    def show_setup(self) -> None:
        self.window.header.offer_pages(offered=False)
        self.window.open_page("setup")

    def show_not_enrolled(self, error: Exception) -> None:
        self.setup.show_trouble(breakdown(self.window.words, error))

    def show_closed(self, error: Exception) -> None:
        self.window.header.offer_pages(offered=False)
        page = cast("ClosedPage", self.window.page("closed"))
        page.show_error(error)
        self.window.open_page("closed")

    def show_counter(self) -> None:
        """The till is open."""
        self.window.header.offer_pages(offered=True)
        self.window.open_page("cashier")

    def _make_setup(self) -> Part:
        from merchant_app.till.ui.setup.page import SetupPage

        page = SetupPage(self.theme, self.window.words)
        page.enrolment_wanted.connect(self.enrolment_wanted)
        return page

    def _make_closed(self) -> Part:
        from merchant_app.till.ui.setup.closed_page import ClosedPage

        page = ClosedPage(self.theme, self.window.words)
        page.again_wanted.connect(self.again_wanted)
        return page

    def _on_words_changed(self, words: Words) -> None:
        if self._outlet is not None:
            self.window.header.show_place(words.of(self._outlet), words._("Till"))
