"""Offers here: what this outlet takes today, so that a cashier can answer without a coupon in hand."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from merchant_app.till.services.answers import OfferHere
from merchant_app.till.ui.offers.tile import OfferTile
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.page import Page
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

TILE_WIDTH = 560


class OffersPage(Page):
    """Tiles in as many columns as there is room for, with a search by words."""

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures, zone: ZoneInfo) -> None:
        super().__init__(theme, words)
        self._pictures, self._zone = pictures, zone
        self._offers: tuple[OfferHere, ...] = ()
        self._tiles: list[OfferTile] = []
        self._columns = 0
        self._search = QLineEdit()
        self._search.setClearButtonEnabled(True)
        self._search.setMinimumWidth(280)
        self._search.textChanged.connect(lambda _: self._arrange_tiles())
        self.beside.addWidget(self._search)
        self._empty = label("lead", wraps=True, align=Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACES.space_4)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, SPACES.space_2, 0)
        column.addLayout(self._grid)
        column.addWidget(self._empty)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        self.body.addWidget(scroll)
        self.refresh()

    def show_offers(self, offers: Sequence[OfferHere]) -> None:
        if tuple(offers) == self._offers:
            return
        self._offers = tuple(offers)
        for tile in self._tiles:
            tile.setParent(None)
            tile.deleteLater()
        self._tiles = [OfferTile(self.theme, self.words, self._pictures, here, self._zone) for here in self._offers]
        self.refresh()

    def refresh(self) -> None:
        words = self.words
        running = sum(here.running for here in self._offers)
        line = words.n_("{count} offer is running here", "{count} offers are running here", running)
        self.say(words._("Offers here"), line if self._offers else "")
        self._search.setPlaceholderText(words._("Search offers"))
        self._search.setAccessibleName(words._("Search offers"))
        self._empty.setText(words._("No offers yet. They come with the first sync."))
        self._arrange_tiles()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._columns != self._columns_that_fit():
            self._arrange_tiles()

    def _columns_that_fit(self) -> int:
        return max(1, self.width() // round(TILE_WIDTH * max(1.0, self.theme.text_percent / 115)))

    def _arrange_tiles(self) -> None:
        while self._grid.takeAt(0):
            pass
        self._columns = self._columns_that_fit()
        wanted = self._search.text().strip().casefold()
        shown = [tile for tile in self._tiles if wanted in tile.accessibleName().casefold()]
        for number, tile in enumerate(shown):
            self._grid.addWidget(tile, number // self._columns, number % self._columns)
        for tile in self._tiles:
            # One that has no place yet would be shown as a window of its own.
            if tile.parent() is not None:
                tile.setVisible(tile in shown)
        for column in range(self._grid.columnCount()):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        self._empty.setVisible(not self._tiles)
