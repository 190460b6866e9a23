"""Two codes in view: both are listed, and neither is redeemed until one is chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Redeemed, Usable
from merchant_app.till.ui.cashier.face import Face
from merchant_app.till.ui.cashier.reasons import ReasonWords
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import clear_layout
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """A code in view with what it would be answered; None while that is not known yet."""

    text: str
    answer: Answer | None = None


class ChoiceFace(Face):
    """Says `chosen` with the code's text, by a press of its button or of its number."""

    state = "needs"
    chosen = Signal(str)

    def __init__(self, theme: Theme, words: Words, reason_words: ReasonWords) -> None:
        super().__init__(theme, words)
        self._reason_words = reason_words
        self._choices: tuple[Choice, ...] = ()
        self._what = label("lead", wraps=True)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(SPACES.space_3)
        self.body.addWidget(self._what)
        self.body.addLayout(self._rows)
        self.body.addStretch(1)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self._choices = tuple(choices)[:SHOWN]
        self.refresh()

    def choose(self, number: int) -> bool:
        """Take the choice of that number, counted from 1; False if there is none."""
        if not 0 < number <= len(self._choices):
            return False
        self.chosen.emit(self._choices[number - 1].text)
        return True

    def refresh(self) -> None:
        palette = self.theme.palette
        self.sign.show_sign("hand", palette.amber, palette.on_amber)
        self.headline.setText(self.words._("Which of these coupons?"))
        self._what.setText(self.words._("More than one code is in view. None is redeemed until you choose one."))
        clear_layout(self._rows)
        for number, choice in enumerate(self._choices, start=1):
            button = KeyButton(self.theme, key=f"Ctrl+{number}", kind="on_verdict", size="large")
            button.say(self._line(choice))
            button.clicked.connect(lambda _=False, text=choice.text: self.chosen.emit(text))
            self._rows.addWidget(button)

    def spoken(self) -> str:
        return f"{self.headline.text()} {self._what.text()}"

    def _line(self, choice: Choice) -> str:
        short = f"…{choice.text[-8:]}"
        match choice.answer:
            case Usable() as usable:
                return f"{self.words.of(usable.accepted.offer.title)}   {short}"
            case BillWanted(offer=offer) if offer is not None:
                return f"{self.words.of(offer.title)}   {short}"
            case NotRedeemed() as refused:
                return f"{self._reason_words.said(self.words, refused)[0].title}   {short}"
            case Redeemed() as redeemed:
                return f"{self.words.of(redeemed.offer.title)}   {short}"
            case _:
                return self.words._("Code {ending}", ending=short)
