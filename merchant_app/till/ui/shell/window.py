"""The till's window: header, one page at a time, strip; it switches pages, language and light.

It is painted before it is furnished: whoever opens the till waits for what is imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from merchant_app.till.ui.shell.skeleton import Skeleton

if TYPE_CHECKING:  # imported when the window is furnished
    from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

    from merchant_app.domain.kinds import Language
    from merchant_app.till.ui.palette import Palette
    from merchant_app.till.ui.parts.part import Part
    from merchant_app.till.ui.shell.header import Header
    from merchant_app.till.ui.theme import Theme
    from merchant_app.wording import Words

START_SIZE = QSize(1366, 768)


class TillWindow(QMainWindow):
    """`closing` is said once, before it goes; `page_opened` with the page's name each time one comes to the front."""

    closing = Signal()
    first_painted = Signal()
    page_opened = Signal(str)
    words_changed = Signal(object)

    def __init__(self, palette: Palette, language: Language) -> None:
        super().__init__()
        self._language: Language = language
        self._theme: Theme
        self.header: Header
        self._stack: QStackedWidget
        self._column: QVBoxLayout
        self._pages: dict[str, Part] = {}
        self._makers: dict[str, Callable[[], Part]] = {}
        self._is_painted = False
        self.setCentralWidget(Skeleton(palette))
        self.resize(START_SIZE)

    @cached_property
    def words(self) -> Words:
        """The language that the window speaks now."""
        from merchant_app.wording import Words

        return Words(self._language)

    def furnish(self, theme: Theme) -> None:
        """Header and room for pages, in place of their outlines."""
        from PySide6.QtGui import QKeySequence, QShortcut
        from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

        from merchant_app.till.ui.icons import app_icon
        from merchant_app.till.ui.shell.header import Header

        self._theme = theme
        self.header = Header(theme, self.words)
        self._stack = QStackedWidget()
        whole = QWidget()
        self._column = QVBoxLayout(whole)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self.header)
        self._column.addWidget(self._stack, 1)
        self.setCentralWidget(whole)
        self.setWindowIcon(app_icon())
        self.header.page_wanted.connect(self.open_page)
        self.header.language_wanted.connect(self.switch_language)
        self.header.light_wanted.connect(self.switch_light)
        QShortcut(QKeySequence("F11"), self).activated.connect(self._on_full_screen)
        self.refresh_title()

    def add_strip(self, strip: Part) -> None:
        self._column.addWidget(strip)

    def add_page(self, name: str, page: Part) -> None:
        self._pages[name] = page
        self._stack.addWidget(page)

    def make_page_when_opened(self, name: str, make: Callable[[], Part]) -> None:
        """A page that nobody has opened yet costs nothing: what it imports is imported then."""
        self._makers[name] = make

    @property
    def page_name(self) -> str:
        current = self._stack.currentWidget() if self._pages else None
        return next((name for name, page in self._pages.items() if page is current), "")

    def has_page(self, name: str) -> bool:
        """Whether it has been made."""
        return name in self._pages

    def page(self, name: str) -> Part:
        """The page of that name, made now if nobody has opened it yet."""
        if name not in self._pages:
            self.add_page(name, self._makers[name]())
        return self._pages[name]

    def open_page(self, name: str) -> None:
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        page.take_focus()
        if name in {"cashier", "offers", "sync", "today"}:
            self.header.show_page(name)
        self.page_opened.emit(name)

    def switch_language(self) -> None:
        self.speak(type(self.words)("en" if self.words.language == "zh" else "zh"))

    def speak(self, words: Words) -> None:
        """Every part of the window, and its dialogs, in another language."""
        from merchant_app.till.ui.parts.part import retranslate_all

        self.words = words
        retranslate_all(self, words)
        self.refresh_title()
        self.words_changed.emit(words)

    def switch_light(self) -> None:
        from merchant_app.till.ui.palette import DARK, LIGHT

        self._theme.use(LIGHT if self._theme.palette.is_dark else DARK)

    def refresh_title(self) -> None:
        self.setWindowTitle(self.words._("Coupon till"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            # Once this painting has reached the screen.
            QTimer.singleShot(0, self.first_painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        super().closeEvent(event)

    def _on_full_screen(self) -> None:
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()
