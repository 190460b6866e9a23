"""One coupon, full-screen on the phone: picture, title, code, number, and how long the till may take it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from merchant_app.demo.customers import HERE, Customer
from merchant_app.demo.phone.code_view import CodeView
from merchant_app.demo.phone.pictures import picture_of
from merchant_app.demo.phone.sayings import countdown, one_line, title
from merchant_app.demo.samples import outlet_names
from merchant_app.demo.wallet import Shown
from merchant_app.domain.coupon_number import grouped
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import ElidedLabel, label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words

_PICTURE = QSize(244, 62)
_CODE = 244
_TWO_LINES = 36
_TICK_MS = 1000


class _Remaining(QWidget):
    """A thin bar that runs out with the hold."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._share = theme, 0.0
        self.setFixedHeight(4)

    def show_share(self, share: float) -> None:
        self._share = min(1.0, max(0.0, share))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, share in ((self._theme.palette.line, 1.0), (self._theme.palette.accent_solid, self._share)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(QRectF(0, 0, self.width() * share, 4), 2, 2)
        painter.end()


class CouponPage(Part):
    """Says `left` when the customer goes back to the list, `ran_out` when the hold on the screen is over."""

    left = Signal()
    ran_out = Signal()

    def __init__(self, theme: Theme, words: Words, now: Callable[[], datetime]) -> None:
        super().__init__(theme, words)
        self._now = now
        self._customer: Customer | None = None
        self._shown: Shown | None = None
        self._is_spent = self._is_refused = False
        self._back = KeyButton(theme, "chevron-left", kind="quiet")
        self._back.clicked.connect(self.left)
        self._heading = label("strong", align=Qt.AlignmentFlag.AlignCenter)
        self._picture = QLabel()
        self._title = ElidedLabel("strong", lines=1)
        self._code = CodeView(_CODE)
        self._number = label("caption", align=Qt.AlignmentFlag.AlignCenter)
        self._remaining = _Remaining(theme)
        self._until = label("caption", wraps=True, align=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._until.setFixedHeight(_TWO_LINES)
        self._arrange()
        self.startTimer(_TICK_MS)

    @property
    def shown_text(self) -> str | None:
        """What a camera would read; None while there is no code to be seen."""
        return None if self._is_spent else self._code.text

    def show_customer(self, customer: Customer, *, is_spent: bool = False) -> None:
        """Another coupon; its code comes by `show_code`."""
        if customer is not self._customer:
            self._shown = None
        self._customer, self._is_spent, self._is_refused = customer, is_spent, False
        self.refresh()

    def show_code(self, shown: Shown | None) -> None:
        """The code to show; None where the server gave no hold."""
        self._shown, self._is_refused = shown, shown is None
        self.refresh()

    def refresh(self) -> None:
        words, customer = self.words, self._customer
        self._heading.setText(words._("Show at the till"))
        self._back.say("", words._("Back to my coupons"))
        if customer is None:
            return
        self._picture.setPixmap(picture_of(customer, _PICTURE, 12, self.devicePixelRatioF()))
        self._title.setText(title(words, customer))
        self._number.setText("" if customer.issued is None else grouped(customer.issued.coupon_number))
        self._show_code(customer)
        self._show_time(customer)

    def timerEvent(self, event: object) -> None:
        if self._customer is None or not self.isVisible():
            return
        over = self._shown is not None and self._shown.ends_at is not None and self._now() >= self._shown.ends_at
        if over and not self._is_spent:
            self.ran_out.emit()
        self._show_time(self._customer)

    def _show_code(self, customer: Customer) -> None:
        text = None if self._shown is None else self._shown.text
        stamp = self.words._("Redeemed") if self._is_spent else ""
        notice = self.words._("One moment…")
        if self._is_refused:
            notice = self.words._("The phone has no answer from the server. A code that it has already stays good.")
        self._code.show_code(text, stamp=stamp, notice=notice)

    def _show_time(self, customer: Customer) -> None:
        shown, words = self._shown, self.words
        is_held = shown is not None and shown.ends_at is not None and shown.held_at is not None and not self._is_spent
        self._remaining.setVisible(is_held)
        if self._is_spent:
            self._until.setText("")
        elif shown is not None and shown.ends_at is not None and shown.held_at is not None:
            left = max(timedelta(0), shown.ends_at - self._now())
            self._remaining.show_share(left / (shown.ends_at - shown.held_at))
            place = words.of(outlet_names()[HERE])
            self._until.setText(words._("{left} left at {outlet}", left=countdown(left), outlet=place))
        else:
            self._until.setText(one_line(words, customer))

    def _arrange(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(4, 0, 48, 0)
        top.addWidget(self._back)
        top.addWidget(self._heading, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2)
        column.setSpacing(0)
        column.addLayout(top)
        inside = QVBoxLayout()
        inside.setContentsMargins(14, 0, 14, 0)
        inside.setSpacing(7)
        for widget in (self._picture, self._title, self._code, self._number, self._remaining, self._until):
            inside.addWidget(widget)
        column.addLayout(inside)
        column.addStretch(1)
