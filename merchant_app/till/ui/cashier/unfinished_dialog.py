"""After a crash: a redemption was written down and never shown. "Was it given?" - only the cashier knows."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from merchant_app.till.services.answers import Unfinished
from merchant_app.till.ui.parts.dialog import Dialog
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words


class UnfinishedDialog(Dialog):
    """Says `settled` with the redemption's id and the cashier's word. Closing it leaves the question for later."""

    settled = Signal(str, bool)

    def __init__(
        self, over: QWidget | None, theme: Theme, words: Words, unfinished: Unfinished, zone: ZoneInfo
    ) -> None:
        super().__init__(over)
        self._id = unfinished.redemption_id
        self.setMinimumWidth(theme.sizes.body * 38)
        self.say_title(words._("Was this given?"))
        what, why = label("lead_strong", wraps=True), label("muted", wraps=True)
        what.setText(_what(words, unfinished, zone))
        why.setText(words._("The program ended before you could see the answer. Did the customer get the amount off?"))
        self.body.addWidget(what)
        self.body.addWidget(why)
        yes = KeyButton(theme, "check", kind="primary", size="large")
        no = KeyButton(theme, "undo-2", kind="danger", size="large")
        yes.say(words._("Yes, it was given"))
        no.say(words._("No, take it back"))
        yes.clicked.connect(lambda: self._on_settled(given=True))
        no.clicked.connect(lambda: self._on_settled(given=False))
        self.buttons.addStretch(1)
        self.buttons.addWidget(no)
        self.buttons.addWidget(yes)

    def _on_settled(self, *, given: bool) -> None:
        self.settled.emit(self._id, given)
        self.accept()


def _what(words: Words, unfinished: Unfinished, zone: ZoneInfo) -> str:
    title, at = words.of(unfinished.title), words.date_and_time(unfinished.asked_at, zone)
    off = words.money(unfinished.amount_off_fen)
    if unfinished.bill_fen is None:
        return words._("{title}: −{off}, {at}", title=title, off=off, at=at)
    bill = words.money(unfinished.bill_fen)
    return words._("{title}: −{off} on a bill of {bill}, {at}", title=title, off=off, bill=bill, at=at)
