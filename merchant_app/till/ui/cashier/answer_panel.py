"""The big answer: one face at a time, the panel in its colour."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedLayout

from merchant_app.domain.redemption import Redemption
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Recent, Redeemed, Usable
from merchant_app.till.ui.cashier.accepted_face import AcceptedFace
from merchant_app.till.ui.cashier.choice_face import Choice, ChoiceFace
from merchant_app.till.ui.cashier.idle_faces import Invitation, Working
from merchant_app.till.ui.cashier.needs_face import NeedsFace
from merchant_app.till.ui.cashier.reasons import ReasonWords
from merchant_app.till.ui.cashier.refused_face import RefusedFace
from merchant_app.till.ui.cashier.undone_face import UndoneFace
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import Theme, dress
from merchant_app.wording import Words
from merchant_app.wording.said import Said

AnyFace = Invitation | Working | AcceptedFace | RefusedFace | NeedsFace | ChoiceFace | UndoneFace


class AnswerPanel(Part):
    """`painted` follows the first painting of an answer: only then has the cashier seen it."""

    chosen = Signal(str)
    painted = Signal()

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures, reason_words: ReasonWords) -> None:
        super().__init__(theme, words, role="verdict")
        self._is_new = False
        self._invitation = Invitation(theme, words)
        self._working = Working(theme, words)
        self._accepted = AcceptedFace(theme, words, pictures)
        self._refused = RefusedFace(theme, words, pictures, reason_words)
        self._needs = NeedsFace(theme, words, pictures)
        self._choice = ChoiceFace(theme, words, reason_words)
        self._undone = UndoneFace(theme, words)
        self._choice.chosen.connect(self.chosen)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(self._invitation)
        for face in (self._working, self._accepted, self._refused, self._needs, self._choice, self._undone):
            self._faces.addWidget(face)

    @property
    def state(self) -> str:
        """accepted, refused, needs, or nothing."""
        face = self._faces.currentWidget()
        return face.state if isinstance(face, AnyFace) else ""

    def note_standings(self, recents: Sequence[Recent]) -> None:
        """The last redemptions as they stand now."""
        self._accepted.note_standings(recents)
        if self._faces.currentWidget() is self._accepted:
            self.setAccessibleName(self._accepted.spoken())

    def invite(self) -> None:
        self._turn_to(self._invitation)

    def show_working(self) -> None:
        self._turn_to(self._working)

    def show_answer(self, answer: Answer) -> None:
        match answer:
            case Redeemed():
                self._accepted.show_redeemed(answer)
                self._turn_to(self._accepted)
            case NotRedeemed():
                self._refused.show_refused(answer)
                self._turn_to(self._refused)
            case BillWanted() | Usable():
                self._needs.show_needs(answer)
                self._turn_to(self._needs)

    def show_trouble(self, trouble: Said) -> None:
        self._refused.show_trouble(trouble)
        self._turn_to(self._refused)

    def show_undone(self, redemption: Redemption) -> None:
        self._undone.show_undone(redemption)
        self._turn_to(self._undone)

    def show_choices(self, choices: Sequence[Choice]) -> None:
        self._choice.show_choices(choices)
        self._turn_to(self._choice)

    @property
    def is_choosing(self) -> bool:
        return self._faces.currentWidget() is self._choice

    def choose(self, number: int) -> bool:
        return self.is_choosing and self._choice.choose(number)

    def retranslate(self, words: Words) -> None:
        super().retranslate(words)
        face = self._faces.currentWidget()
        if isinstance(face, AnyFace):
            face.retranslate(words)
            self.setAccessibleName(face.spoken())

    def paintEvent(self, event: object) -> None:
        super().paintEvent(event)  # type: ignore[arg-type]
        if self._is_new:
            self._is_new = False
            self.painted.emit()

    def _turn_to(self, face: AnyFace) -> None:
        self._faces.setCurrentWidget(face)
        dress(self, state=face.state)
        self.setAccessibleName(face.spoken())
        self._is_new = True
        self.update()
