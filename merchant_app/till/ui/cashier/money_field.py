"""The field for the amount of a bill: yuan with two decimals at most, typed on any keyboard."""

import re

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QValidator
from PySide6.QtWidgets import QLineEdit

from merchant_app.domain.kinds import Fen

_AMOUNT = re.compile(r"\d{0,7}(?:\.\d{0,2})?")
_AS_TYPED = str.maketrans({"。": ".", "．": ".", "，": ".", ",": ".", **{chr(0xFF10 + n): str(n) for n in range(10)}})
"""What a Chinese input method or a decimal comma makes of the keys."""


class _Amounts(QValidator):
    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        text = text.translate(_AS_TYPED)
        fits = _AMOUNT.fullmatch(text) is not None
        return QValidator.State.Acceptable if fits else QValidator.State.Invalid, text, at


class MoneyField(QLineEdit):
    """`fen` is the amount, None while there is none. `amount_changed` follows each change."""

    amount_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "money")
        self.setPlaceholderText("0.00")
        self.setMaxLength(10)
        self.setValidator(_Amounts(self))
        self.textChanged.connect(lambda _: self.amount_changed.emit())

    def event(self, event: QEvent) -> bool:
        # A coupon code that is pasted while the cursor is here is for the till, not for this field.
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.ShortcutOverride:
            pasted = QGuiApplication.clipboard().text().strip().translate(_AS_TYPED)
            if event.matches(QKeySequence.StandardKey.Paste) and not (pasted and _AMOUNT.fullmatch(pasted)):
                event.ignore()
                return False
        return super().event(event)

    @property
    def fen(self) -> Fen | None:
        yuan, _, rest = self.text().partition(".")
        if not (yuan or rest):
            return None
        return Fen(int(yuan or "0") * 100 + int(rest.ljust(2, "0")))

    def show_fen(self, fen: Fen | None) -> None:
        self.setText("" if fen is None else f"{fen // 100}.{fen % 100:02d}")
