"""The cashier's one screen: camera, answer, bill, the last five. It shows and it says what was wanted; no more."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from merchant_app.till.scanning.frames import PICTURE_SUFFIXES
from merchant_app.till.ui.cashier.answer_panel import AnswerPanel
from merchant_app.till.ui.cashier.bill_panel import BillPanel
from merchant_app.till.ui.cashier.camera_view import CameraView
from merchant_app.till.ui.cashier.reasons import ReasonWords
from merchant_app.till.ui.cashier.recent_list import RecentList
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


class CashierPage(Part):
    """`camera`, `answer`, `bill` and `recents` are its parts; the buttons under the camera are the other ways in."""

    number_wanted = Signal()
    paste_wanted = Signal()
    picture_chosen = Signal(str)

    def __init__(
        self,
        theme: Theme,
        words: Words,
        pictures: OfferPictures,
        reason_words: ReasonWords,
        now: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        super().__init__(theme, words, role="page")
        self.camera = CameraView(theme, words)
        self.answer = AnswerPanel(theme, words, pictures, reason_words)
        self.bill = BillPanel(theme, words)
        self.recents = RecentList(theme, words, now, zone)
        self._number = KeyButton(theme, "keyboard", key="F6")
        self._picture = KeyButton(theme, "image", key="F7")
        self._paste = KeyButton(theme, "clipboard-paste")
        self._arrange()
        self._number.clicked.connect(self.number_wanted)
        self._picture.clicked.connect(self._on_picture)
        self._paste.clicked.connect(self.paste_wanted)
        self._shortcuts()
        self.refresh()

    def take_focus(self) -> None:
        self.bill.ask_amount()

    def refresh(self) -> None:
        words = self.words
        self._number.say(words._("Type number"), words._("Type a coupon number of 16 digits"))
        self._picture.say(words._("Picture"), words._("Open a picture with a code in it"))
        self._paste.say(words._("Paste"), words._("Paste a code or a picture"))

    def _on_picture(self) -> None:
        patterns = " ".join(f"*{suffix}" for suffix in sorted(PICTURE_SUFFIXES))
        title = self.words._("Open a picture with a code in it")
        path, _ = QFileDialog.getOpenFileName(self, title, "", f"{self.words._('Pictures')} ({patterns})")
        if path:
            self.picture_chosen.emit(path)

    def _shortcuts(self) -> None:
        for key, does in (
            ("F5", self.bill.ask_amount),
            ("F9", self.recents.undo_last),  # the rows come and go, and a key pressed meanwhile must not be lost
            *((f"Ctrl+{number}", lambda n=number: self.answer.choose(n)) for number in range(1, 5)),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(does)

    def _arrange(self) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(SPACES.space_2)
        for button in (self._number, self._picture, self._paste):
            ways.addWidget(button, 1)
        left = QVBoxLayout()
        left.setSpacing(SPACES.space_2)
        left.addWidget(self.camera, 1)
        left.addLayout(ways)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACES.space_4, SPACES.space_4, SPACES.space_4, SPACES.space_4)
        grid.setSpacing(SPACES.space_4)
        grid.addLayout(left, 0, 0)
        grid.addWidget(self.answer, 0, 1)
        grid.addWidget(self.bill, 1, 0)
        grid.addWidget(self.recents, 1, 1)
        grid.setRowStretch(0, 1)
        grid.setColumnStretch(0, 5)
        grid.setColumnStretch(1, 7)
