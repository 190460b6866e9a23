"""The bill: its amount, its number at the cash register, the keypad, and what is already on it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QVBoxLayout

from merchant_app.domain.kinds import Fen
from merchant_app.till.ui.cashier.keypad import Keypad
from merchant_app.till.ui.cashier.money_field import MoneyField
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

LARGE_TEXT = 125
"""From this text size on the number's label moves into its field."""


class BillPanel(Part):
    """Says `entered` on Enter, `next_bill_wanted` on F8, `edited` when somebody changes the amount or the number."""

    entered = Signal()
    edited = Signal()
    next_bill_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="card")
        self._on_bill: tuple[int, Fen, Fen | None] | None = None
        self._amount_label = label("label")
        self.amount = MoneyField()
        self._number_label = label("label")
        self.number = QLineEdit()
        self.number.setMaxLength(40)
        self._state = label("caption", wraps=True)
        self._next = KeyButton(theme, "receipt-text", key="F8")
        self._keypad = Keypad(theme, words)
        self._arrange()
        self._connect()
        self.refresh()

    @property
    def amount_fen(self) -> Fen | None:
        return self.amount.fen

    @property
    def bill_number(self) -> str | None:
        return self.number.text().strip() or None

    @property
    def state_line(self) -> str:
        """What is said of the coupons on this bill; nothing while there is at most one."""
        return self._state.text()

    def ask_amount(self) -> None:
        """Put the cursor into the amount, with what is there selected."""
        self.amount.setFocus()
        self.amount.selectAll()

    def clear(self) -> None:
        """A new bill."""
        self.amount.clear()
        self.number.clear()
        self.show_on_bill(0, Fen(0), None)

    def show_on_bill(self, coupons: int, off_fen: Fen, left_fen: Fen | None) -> None:
        """What the coupons on this bill take off together, and what is left to pay."""
        # Of a single coupon the answer says all there is to say.
        self._on_bill = (coupons, off_fen, left_fen) if coupons > 1 else None
        self.refresh()

    def refresh(self) -> None:
        words = self.words
        self._amount_label.setText(words._("Bill (yuan)") + "   F5")
        self.amount.setAccessibleName(words._("Amount of the bill in yuan"))
        self._number_label.setText(words._("Bill number (if you like)"))
        self.number.setAccessibleName(words._("Bill number (if you like)"))
        is_tight = self.theme.text_percent >= LARGE_TEXT
        self._number_label.setVisible(not is_tight)
        self.number.setPlaceholderText(words._("Bill number (if you like)") if is_tight else "")
        self._next.say(words._("Next bill"))
        self._state.setText(self._said_of_coupons())
        self._state.setVisible(self._on_bill is not None)

    def _said_of_coupons(self) -> str:
        if self._on_bill is None:
            return ""
        count, off, left = self._on_bill
        line = self.words.n_("{count} coupon on this bill", "{count} coupons on this bill", count)
        line += f": −{self.words.money(off)}"
        return line if left is None else line + " · " + self.words._("left {amount}", amount=self.words.money(left))

    def _arrange(self) -> None:
        fields = QVBoxLayout()
        fields.setSpacing(SPACES.space_1)
        fields.addWidget(self._amount_label)
        fields.addWidget(self.amount)
        fields.addSpacing(SPACES.space_2)
        fields.addWidget(self._number_label)
        fields.addWidget(self.number)
        fields.addStretch(1)
        fields.addWidget(self._state)
        fields.addWidget(self._next)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_4, SPACES.space_3, SPACES.space_4, SPACES.space_4)
        row.setSpacing(SPACES.space_4)
        row.addLayout(fields, 1)
        row.addWidget(self._keypad, 1)

    def _connect(self) -> None:
        self.amount.returnPressed.connect(self.entered)
        self.number.returnPressed.connect(self.entered)
        self.amount.textEdited.connect(lambda _: self.edited.emit())
        self.number.textEdited.connect(lambda _: self.edited.emit())
        self._keypad.typed.connect(self._on_typed)
        self._keypad.erased.connect(self._on_erased)
        self._keypad.cleared.connect(self._on_cleared)
        self._keypad.entered.connect(self.entered)
        self._next.clicked.connect(self.next_bill_wanted)

    def _field(self) -> QLineEdit:
        """Where the keypad types: the field with the cursor, else the amount."""
        if QApplication.focusWidget() is self.number:
            return self.number
        if QApplication.focusWidget() is not self.amount:
            self.amount.setFocus()
        return self.amount

    def _on_typed(self, text: str) -> None:
        self._field().insert(text)
        self.edited.emit()

    def _on_erased(self) -> None:
        self._field().backspace()
        self.edited.emit()

    def _on_cleared(self) -> None:
        self._field().clear()
        self.edited.emit()
