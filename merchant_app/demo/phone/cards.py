"""The phone's list: a card for each coupon, with its picture, its title and what is the matter with it."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QVBoxLayout, QWidget

from merchant_app.demo.customers import Customer, Kind
from merchant_app.demo.phone.pictures import picture_of
from merchant_app.demo.phone.sayings import TROUBLED, one_line, title
from merchant_app.till.ui.fonts import till_font
from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words

_HEIGHT = 62
_THUMB = QSize(44, 44)


class CouponCard(QAbstractButton):
    """One coupon. It paints itself, for a list of a phone has neither buttons nor borders."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._title = self._remark = ""
        self._is_pale = False
        self._picture = QPixmap()
        self.setFixedHeight(_HEIGHT)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_customer(self, words: Words, customer: Customer, *, is_spent: bool) -> None:
        self._title = title(words, customer)
        self._remark = words._("Redeemed") if is_spent else one_line(words, customer)
        self._is_pale = is_spent or customer.kind in TROUBLED
        self._picture = picture_of(customer, _THUMB, 9, self.devicePixelRatioF())
        self.setAccessibleName(f"{self._title}. {self._remark}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = QRectF(self.rect()).adjusted(1, 2, -1, -3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.line))
        painter.drawRoundedRect(face.translated(0, 1.5), 13, 13)
        painter.setBrush(QColor(palette.hover if self.isDown() or self.underMouse() else palette.raised))
        painter.drawRoundedRect(face, 13, 13)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(palette.accent))
            painter.drawRoundedRect(face, 13, 13)
        painter.setOpacity(0.55 if self._is_pale else 1.0)
        painter.drawPixmap(9, (_HEIGHT - 1 - _THUMB.height()) // 2, self._picture)
        painter.setOpacity(1.0)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        palette = self._theme.palette
        left, width = 63.0, self.width() - 74.0
        rows = (
            (self._title, 13, QFont.Weight.DemiBold, palette.muted if self._is_pale else palette.text, 9.0),
            (self._remark, 11, QFont.Weight.Medium, palette.muted, 31.0),
        )
        for text, size, weight, colour, top in rows:
            font = till_font(size)
            font.setWeight(weight)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(width))
            painter.drawText(QRectF(left, top, width, 20), Qt.AlignmentFlag.AlignVCenter, shown)


class CouponList(Part):
    """All that is in the phone; says `opened` with the kind that was tapped."""

    opened = Signal(object)

    def __init__(self, theme: Theme, words: Words, customers: dict[Kind, Customer]) -> None:
        super().__init__(theme, words)
        self._customers = customers
        self._spent: set[Kind] = set()
        self._heading = label("title")
        self._cards = {kind: CouponCard(theme) for kind in customers}
        for kind, card in self._cards.items():
            card.clicked.connect(lambda _=False, which=kind: self.opened.emit(which))
        self._arrange()
        self.refresh()

    def show_customer(self, customer: Customer, *, is_spent: bool) -> None:
        """A coupon has changed: it was redeemed, or the next customer's has taken its place."""
        self._customers[customer.kind] = customer
        (self._spent.add if is_spent else self._spent.discard)(customer.kind)
        self.refresh()

    def refresh(self) -> None:
        self._heading.setText(self.words._("My coupons"))
        for kind, card in self._cards.items():
            card.show_customer(self.words, self._customers[kind], is_spent=kind in self._spent)

    def _arrange(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(11, 0, 11, 8)
        rows.setSpacing(0)
        for card in self._cards.values():
            rows.addWidget(card)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        self._heading.setContentsMargins(18, 4, 0, 2)
        column.addWidget(self._heading)
        column.addWidget(scroll, 1)
