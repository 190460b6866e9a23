"""The strip at the bottom: the truth about this till at one moment."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from merchant_app.till.services.answers import Strip
from merchant_app.till.ui.parts.chips import chip, show_chip
from merchant_app.till.ui.parts.labels import label, show_icon
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words, sync_state

WARN_AGE = timedelta(hours=24)
TICK_MS = 1000


class Item(QFrame):
    """An icon and a few words."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = QLabel()
        self.text = label()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self.text)

    def show_item(self, icon_name: str, text: str, colour: str) -> None:
        self.setVisible(bool(text))
        show_icon(self._icon, icon_name, colour, 18)
        self.text.setText(text)


class StripBar(Part):
    """Shows a `Strip`; between two of them it keeps the ages and the clock going."""

    def __init__(self, theme: Theme, words: Words, now: Callable[[], datetime], zone: ZoneInfo) -> None:
        super().__init__(theme, words, role="strip")
        self._now, self._zone = now, zone
        self._strip: Strip | None = None
        self._cashier_name = ""
        self._connection = chip()
        self._waiting, self._synced, self._catalogue = Item(), Item(), Item()
        self._trouble, self._cashier, self._clock = Item(), Item(), Item()
        self._arrange()
        self.startTimer(TICK_MS)
        self.refresh()

    def show_strip(self, strip: Strip) -> None:
        self._strip = strip
        self.refresh()

    def show_cashier(self, name: str) -> None:
        self._cashier_name = name
        self.refresh()

    def timerEvent(self, event: object) -> None:
        self.refresh()

    def refresh(self) -> None:
        palette, now = self.theme.palette, self._now()
        self._cashier.show_item("user-round", self._cashier_name, palette.muted)
        self._clock.show_item("clock", self.words.time(now, self._zone), palette.muted)
        self._connection.setVisible(self._strip is not None)
        if self._strip is None:
            for item in (self._waiting, self._synced, self._catalogue, self._trouble):
                item.setVisible(False)
            return
        self._show_server(self._strip, now)
        self._show_trouble(self._strip)
        self.setAccessibleName(
            ". ".join(one.text() for one in (self._connection, *(item.text for item in self._items())) if one.text())
        )

    def _items(self) -> tuple[Item, ...]:
        return self._waiting, self._synced, self._catalogue, self._trouble

    def _show_server(self, strip: Strip, now: datetime) -> None:
        palette, words = self.theme.palette, self.words
        said = sync_state.connection(words, online=strip.online, since=strip.since, zone=self._zone)
        if self._connection.text() != said:
            show_chip(self._connection, said, "online" if strip.online else "offline")
        icon_name = "cloud-upload" if strip.waiting else "cloud-check"
        colour = palette.amber_text if strip.waiting and not strip.online else palette.muted
        waiting = sync_state.waiting(words, strip.waiting, strip.oldest_waiting_at, now=now)
        self._waiting.show_item(icon_name, waiting, colour)
        synced = sync_state.last_sync(words, strip.last_sync_at, now=now, zone=self._zone)
        self._synced.show_item("refresh-cw", synced, palette.muted)
        is_old = strip.catalogue_age is None or strip.catalogue_age >= WARN_AGE
        catalogue = sync_state.catalogue_age(words, strip.catalogue_age, expired=strip.catalogue_expired)
        self._catalogue.show_item("database", catalogue, palette.amber_text if is_old else palette.muted)

    def _show_trouble(self, strip: Strip) -> None:
        """What must not be missed: a wrong clock, a revoked till, disputes, parked rows; the worst of them."""
        palette, words, clock = self.theme.palette, self.words, strip.clock
        lines = [
            sync_state.revoked(words) if strip.revoked else "",
            sync_state.clock(words, known=clock.known, defended=clock.defended, off_by=clock.off_by),
            sync_state.contested(words, strip.contested),
            sync_state.parked(words, strip.parked),
            sync_state.readable(words) if strip.readable else "",
        ]
        self._trouble.show_item("triangle-alert", " · ".join(line for line in lines if line), palette.refused_text)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_4, SPACES.space_1, SPACES.space_4, SPACES.space_1)
        row.setSpacing(SPACES.space_5)
        row.addWidget(self._connection, 0, Qt.AlignmentFlag.AlignVCenter)
        for item in (self._waiting, self._synced, self._catalogue, self._trouble):
            row.addWidget(item)
        row.addStretch(1)
        row.addWidget(self._cashier)
        row.addWidget(self._clock)
