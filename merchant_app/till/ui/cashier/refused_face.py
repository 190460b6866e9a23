"""Refused: a cross, each reason in one line, and under it what puts it right."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from merchant_app.till.services.answers import NotRedeemed
from merchant_app.till.ui.cashier.face import Face
from merchant_app.till.ui.cashier.offer_card import OfferCard
from merchant_app.till.ui.cashier.reasons import ReasonWords
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import clear_layout
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme, dress
from merchant_app.wording import Words
from merchant_app.wording.said import Said

ROOMY = 2
ROOM_FOR = 1
LARGE_TEXT = 125
"""Up to so many reasons stand wide apart; up to so many leave room for the offer's picture."""


class RefusedFace(Face):
    """Shows a `NotRedeemed`, or a breakdown: both say what is the matter and what to do."""

    state = "refused"

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures, reason_words: ReasonWords) -> None:
        super().__init__(theme, words)
        self._reason_words = reason_words
        self._refused: NotRedeemed | None = None
        self._trouble: Said | None = None
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACES.space_2)
        self._offer = OfferCard(theme, words, pictures)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._rows)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(inside)
        self.body.addWidget(scroll, 1)
        self.body.addWidget(self._offer)

    def show_refused(self, refused: NotRedeemed) -> None:
        self._refused, self._trouble = refused, None
        self.refresh()

    def show_trouble(self, trouble: Said) -> None:
        """A breakdown: nothing was decided, and what was acknowledged before is safe."""
        self._refused, self._trouble = None, trouble
        self.refresh()

    def refresh(self) -> None:
        palette = self.theme.palette
        self.sign.show_sign("x", palette.refused, palette.on_refused)
        if self._refused is not None:
            self.headline.setText(self.words._("Not accepted"))
            self._show_refused(self._refused)
        elif self._trouble is not None:
            self.headline.setText(self.words._("That did not work"))
            self._show_lines([self._trouble])
            self.aside.setText("")
            self._offer.show_offer(None, None)

    def _show_refused(self, refused: NotRedeemed) -> None:
        """Several reasons need the room; then the offer is named beside the headline only."""
        lines = self._reason_words.said(self.words, refused)
        self._show_lines(lines)
        has_room = len(lines) <= ROOM_FOR
        self._offer.show_offer(refused.campaign, refused.offer if has_room else None)
        named = "" if has_room or refused.offer is None else self.words.of(refused.offer.title)
        self.aside.setText(named)

    def spoken(self) -> str:
        lines = self._reason_words.said(self.words, self._refused) if self._refused else [self._trouble or Said("")]
        return f"{self.headline.text()}. " + " ".join(line.sentence for line in lines)

    def _show_lines(self, lines: Sequence[Said]) -> None:
        clear_layout(self._rows)
        is_large = len(lines) <= (ROOMY if self.theme.text_percent < LARGE_TEXT else ROOM_FOR)
        for line in lines:
            self._rows.addWidget(_reason_row(line, is_large=is_large))
        dress(self)


def _reason_row(said: Said, *, is_large: bool) -> QFrame:
    row = QFrame()
    row.setProperty("role", "inset")
    air = SPACES.space_3 if is_large else SPACES.space_2
    column = QVBoxLayout(row)
    column.setContentsMargins(SPACES.space_4, air, SPACES.space_4, air)
    column.setSpacing(SPACES.space_1 if is_large else 0)
    title = label("headline" if is_large else "lead_strong", wraps=True)
    title.setText(said.title)
    column.addWidget(title)
    if said.remedy:
        remedy = label("lead" if is_large else "", wraps=True)
        remedy.setText(said.remedy)
        column.addWidget(remedy)
    return row
