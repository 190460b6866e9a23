"""A coupon number typed by hand: 16 digits in groups of four, checked by their last digit as they are typed."""

import re

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from merchant_app.domain.coupon_number import is_coupon_number
from merchant_app.till.ui.parts.dialog import Dialog
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.theme import Theme, dress
from merchant_app.wording import Words

DIGITS = 16


class NumberDialog(Dialog):
    """Says `number_typed` with the digits."""

    number_typed = Signal(str)

    def __init__(self, over: QWidget | None, theme: Theme, words: Words) -> None:
        super().__init__(over)
        self._words = words
        self.field = QLineEdit()
        self.field.setProperty("kind", "money")
        self.field.setMinimumWidth(round(theme.sizes.headline * 15))
        self.field.setValidator(QRegularExpressionValidator(QRegularExpression(r"[0-9 ]{0,19}"), self))
        self.field.setPlaceholderText("0000 0000 0000 0000")
        self._hint = label("muted", wraps=True)
        self._cancel = KeyButton(theme, key="Esc", size="large")
        self._go = KeyButton(theme, "corner-down-left", kind="primary", size="large")
        self.body.addWidget(self.field)
        self.body.addWidget(self._hint)
        self.buttons.addStretch(1)
        self.buttons.addWidget(self._cancel)
        self.buttons.addWidget(self._go)
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self._on_go)
        self._go.clicked.connect(self._on_go)
        self._cancel.clicked.connect(self.reject)
        self._say()
        self._on_edited(self.field.text())

    def _say(self) -> None:
        words = self._words
        self.say_title(words._("Type the coupon number"))
        self.field.setAccessibleName(words._("Coupon number of 16 digits"))
        self._cancel.say(words._("Cancel"))
        self._go.say(words._("Go on"))

    @property
    def _digits(self) -> str:
        return re.sub(r"\D", "", self.field.text())

    def _on_edited(self, _: str) -> None:
        """Group the digits by four as the coupon prints them, and say what is missing."""
        digits = self._digits[:DIGITS]
        grouped = " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
        if grouped != self.field.text().strip():
            self.field.setText(grouped)
        left = DIGITS - len(digits)
        is_good = is_coupon_number(digits)
        self._go.setEnabled(is_good)
        if left:
            hint = self._words.n_("{count} more digit", "{count} more digits", left)
        else:
            hint = "" if is_good else self._words._("One of the digits is wrong: compare them with the coupon.")
        self._hint.setText(hint)
        dress(self.field, state="" if left or is_good else "wrong")

    def _on_go(self) -> None:
        if self._go.isEnabled():
            self.number_typed.emit(self._digits)
            self.accept()
