"""Beside the till: the customer's phone, and under it what can be done to it and to the till's surroundings."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from merchant_app.demo.customers import Customer, Kind
from merchant_app.demo.phone.cards import CouponList
from merchant_app.demo.phone.coupon_page import CouponPage
from merchant_app.demo.phone.frame import PhoneFrame, PhoneScreen
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import ElidedLabel
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

WIDTH = 344


class CustomerPanel(Part):
    """It shows and says what was wanted: `opened` a coupon, `show_wanted`, `next_wanted`, and the three switches."""

    opened = Signal(object)
    left = Signal()
    show_wanted = Signal()
    next_wanted = Signal()
    plug_wanted = Signal(bool)
    server_wanted = Signal(bool)
    camera_wanted = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        customers: dict[Kind, Customer],
        now: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        super().__init__(theme, words, role="page")
        self.screen_of_phone = PhoneScreen(theme, words, now, zone)
        self.coupons = CouponList(theme, words, dict(customers))
        self.page = CouponPage(theme, words, now)
        self.screen_of_phone.pages.addWidget(self.coupons)
        self.screen_of_phone.pages.addWidget(self.page)
        self._heading = ElidedLabel("strong", lines=2)
        self._heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._show = KeyButton(theme, "scan-qr-code", kind="primary")
        self._next = KeyButton(theme, "user-round")
        self.plug, self.server = KeyButton(theme, "plug"), KeyButton(theme, "server")
        self.camera = KeyButton(theme, "webcam", kind="quiet")
        self._is_spent = False
        self.trouble = ""
        self._connect()
        self._arrange()
        self.refresh()

    @property
    def is_open(self) -> bool:
        """Whether one coupon is in front, not the list."""
        return self.screen_of_phone.pages.currentWidget() is self.page

    def open_coupon(self, customer: Customer, *, is_spent: bool) -> None:
        self._is_spent = is_spent
        self.page.show_customer(customer, is_spent=is_spent)
        self.screen_of_phone.pages.setCurrentWidget(self.page)
        self.refresh()

    def show_trouble(self, sentence: str) -> None:
        """What beside the till went wrong, until it is all right again (an empty sentence)."""
        self.trouble = sentence
        self.refresh()

    def close_coupon(self) -> None:
        self.screen_of_phone.pages.setCurrentWidget(self.coupons)
        self.refresh()

    def refresh(self) -> None:
        words = self.words
        self._heading.setText(self.trouble or words._("The customer's phone"))
        self._heading.setToolTip(self.trouble)
        self._show.say(words._("Show to the camera") if self.is_open else words._("Choose a coupon"))
        self._next.say(words._("Next customer"))
        self._show.setVisible(not (self.is_open and self._is_spent))
        self._next.setVisible(self.is_open and self._is_spent)
        self._show.setEnabled(self.is_open and not self.camera.isChecked())
        pulled, stopped = self.plug.isChecked(), self.server.isChecked()
        self.plug.say(words._("Plug in") if pulled else words._("Pull plug"), words._("The till's network plug"))
        self.plug.use_icon("unplug" if pulled else "plug")
        self.server.say(words._("Start server") if stopped else words._("Stop server"), words._("The central server"))
        self.server.use_icon("server-off" if stopped else "server")
        real = self.camera.isChecked()
        self.camera.say("", words._("Use the phone on this screen") if real else words._("Use the real camera"))

    def _connect(self) -> None:
        self.coupons.opened.connect(self.opened)
        self.page.left.connect(self.left)
        self._show.clicked.connect(self.show_wanted)
        self._next.clicked.connect(self.next_wanted)
        for button, wanted in (
            (self.plug, self.plug_wanted),
            (self.server, self.server_wanted),
            (self.camera, self.camera_wanted),
        ):
            button.setCheckable(True)
            button.clicked.connect(self.refresh)
            button.clicked.connect(wanted)

    def _arrange(self) -> None:
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACES.space_4, SPACES.space_1, SPACES.space_4, SPACES.space_3)
        column.setSpacing(SPACES.space_1)
        column.addLayout(self._top())
        column.addWidget(PhoneFrame(self.screen_of_phone), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        buttons = QGridLayout()
        buttons.setSpacing(SPACES.space_2)
        buttons.addWidget(self._show, 0, 0, 1, 2)
        buttons.addWidget(self._next, 0, 0, 1, 2)  # one of the two is to be seen
        buttons.addWidget(self.plug, 1, 0)
        buttons.addWidget(self.server, 1, 1)
        column.addLayout(buttons)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        top.addSpacing(self.camera.sizeHint().width())
        top.addWidget(self._heading, 1)
        top.addWidget(self.camera)
        return top
