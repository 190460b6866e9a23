"""The demo's window: the till as it is sold, and beside it the customer's phone."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from merchant_app.demo.customers import Kind
from merchant_app.demo.morning import CASHIER
from merchant_app.demo.phone.panel import WIDTH, CustomerPanel
from merchant_app.demo.world import World
from merchant_app.domain.kinds import Language
from merchant_app.till.app import Choices, Till, build_till
from merchant_app.till.home import HOME_ZONE
from merchant_app.till.scanning.frames import PushedSource
from merchant_app.till.ui.parts.part import retranslate_all
from merchant_app.wording import Words

MADE_CAMERA = PushedSource("demo")
SIZE = QSize(1366 + WIDTH, 768)


class Stage(QWidget):
    """`closing` is said once, before it goes."""

    closing = Signal()

    def __init__(self, app: QApplication, world: World, language: Language, *, is_dark: bool = False) -> None:
        super().__init__()
        choices = Choices(source=MADE_CAMERA, language=language, is_dark=is_dark, cashier=CASHIER)
        self.till: Till = build_till(app, world.till_dir, outside=world.outside, choices=choices)
        customers = {kind: world.queue.first(kind) for kind in Kind}
        self.panel = CustomerPanel(self.till.theme, self.till.window.words, customers, world.now, HOME_ZONE)
        self.till.window.setWindowFlags(Qt.WindowType.Widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.till.window, 1)
        row.addWidget(self.panel)
        self.till.window.words_changed.connect(self._on_words_changed)
        self._on_words_changed(self.till.window.words)
        self.setWindowIcon(self.till.window.windowIcon())
        self.resize(SIZE)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _on_words_changed(self, words: Words) -> None:
        self.setWindowTitle(words._("Coupon till: try it"))
        retranslate_all(self.panel, words)
