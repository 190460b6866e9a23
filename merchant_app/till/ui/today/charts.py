"""The day by hour and by offer. pyqtgraph is loaded with this file: only a day that is looked at pays for it."""

from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

LONGEST_NAME = 16


class BarChart(Part):
    """Bars with a name under, or beside, each; amounts in fen. `lying` bars run from left to right."""

    def __init__(self, theme: Theme, words: Words, *, lying: bool) -> None:
        super().__init__(theme, words, role="card")
        self._lying = lying
        self._title_text = ""
        self._bars: tuple[tuple[str, int], ...] = ()
        self._title = label("strong")
        self._plot: Any = pg.PlotWidget()
        self._plot.setMouseEnabled(x=False, y=False)
        self._plot.setMenuEnabled(False)
        self._plot.hideButtons()
        self._plot.setFrameShape(self.Shape.NoFrame)
        self._plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._plot.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_4, SPACES.space_2)
        column.addWidget(self._title)
        column.addWidget(self._plot, 1)

    def show_bars(self, title: str, bars: Sequence[tuple[str, int]]) -> None:
        """`bars` are (name, fen)."""
        self._title_text, self._bars = title, tuple(bars)
        self.refresh()

    def refresh(self) -> None:
        palette = self.theme.palette
        self._title.setText(self._title_text)
        self._plot.clear()
        self._plot.setBackground(palette.surface)
        places = list(range(len(self._bars)))
        yuan = [fen / 100 for _, fen in self._bars]
        brush, pen = pg.mkBrush(palette.accent_solid), pg.mkPen(None)
        if self._lying:
            bars = pg.BarGraphItem(x0=0, y=places, height=0.55, width=yuan, brush=brush, pen=pen)
        else:
            bars = pg.BarGraphItem(x=places, height=yuan, width=0.6, brush=brush, pen=pen)
        self._plot.addItem(bars)
        self._dress_axes(places)
        self._write_amounts(places, yuan)
        highest = max(yuan, default=0.0) or 1.0
        room, along = (-0.7, max(len(places), 1) - 0.3), (0, highest * 1.22)
        x, y = (along, room) if self._lying else (room, along)
        self._plot.setXRange(*x, padding=0.01)
        self._plot.setYRange(*y, padding=0.01)
        self._plot.getViewBox().invertY(self._lying)
        self.setAccessibleName(self._title_text)
        self.setAccessibleDescription(", ".join(f"{name}: {self.words.money(fen)}" for name, fen in self._bars))

    def _dress_axes(self, places: Sequence[int]) -> None:
        palette, names, amounts = self.theme.palette, *self._axes()
        font = QFont(self.font())
        font.setPixelSize(self.theme.sizes.keycap + 1)
        for axis in (names, amounts):
            axis.setTextPen(pg.mkPen(palette.muted))
            axis.setPen(pg.mkPen(palette.line))
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=8)
        names.setTicks([[(place, _short(self._bars[place][0])) for place in places]])
        amounts.setTicks([])
        amounts.setStyle(showValues=False)
        if self._lying:
            widths = [self.fontMetrics().horizontalAdvance(_short(name)) for name, _ in self._bars]
            names.setWidth(max(widths, default=40) + 16)

    def _axes(self) -> tuple[Any, Any]:
        left, bottom = self._plot.getAxis("left"), self._plot.getAxis("bottom")
        return (left, bottom) if self._lying else (bottom, left)

    def _write_amounts(self, places: Sequence[int], yuan: Sequence[float]) -> None:
        """The amount at the end of each bar: nobody has to read an axis."""
        font = QFont(self.font())
        font.setPixelSize(self.theme.sizes.keycap + 1)
        for place, amount in zip(places, yuan, strict=True):
            if not amount:
                continue
            text = pg.TextItem(
                self.words.short_money(self._bars[place][1]),
                color=self.theme.palette.text,
                anchor=(0, 0.5) if self._lying else (0.5, 1),
            )
            text.setFont(font)
            text.setPos(*((amount, place) if self._lying else (place, amount)))
            self._plot.addItem(text)


def _short(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
