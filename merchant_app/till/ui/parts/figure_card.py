"""A card with one figure and what it counts."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from merchant_app.till.ui.parts.labels import ElidedLabel, FittingLabel, show_icon
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


class FigureCard(Part):
    """`colour` is the name of a palette colour for the icon; muted where nothing is the matter."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="card")
        self._icon_name, self._colour = "info", "accent_text"
        self._icon = QLabel()
        self._figure = FittingLabel("headline")
        self._caption = ElidedLabel("caption")
        text = QVBoxLayout()
        text.setSpacing(0)
        text.addWidget(self._figure)
        text.addWidget(self._caption)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_4, SPACES.space_3)
        row.setSpacing(SPACES.space_4)
        row.addWidget(self._icon)
        row.addLayout(text, 1)

    def show_figure(self, icon_name: str, figure: str, caption: str, *, colour: str = "accent_text") -> None:
        self._icon_name, self._colour = icon_name, colour
        self._figure.setText(figure)
        self._caption.setText(caption)
        self.setAccessibleName(f"{caption}: {figure}")
        self.refresh()

    def refresh(self) -> None:
        show_icon(self._icon, self._icon_name, getattr(self.theme.palette, self._colour), 28)
