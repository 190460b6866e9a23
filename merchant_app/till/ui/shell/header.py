"""The top of the window: whose till this is, the pages, and the language and light switches."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout

from merchant_app.till.ui.icons import logo_pixmap
from merchant_app.till.ui.parts.key_button import KeyButton
from merchant_app.till.ui.parts.labels import ElidedLabel
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words


@dataclass(frozen=True, slots=True)
class Tab:
    """A page as the header offers it; `title` is a message for gettext."""

    page: str
    icon: str
    key: str


TABS = (Tab("cashier", "scan-line", "F1"), Tab("offers", "tags", "F2"), Tab("sync", "refresh-cw", "F3"),
        Tab("today", "chart-column", "F4"))  # fmt: skip


class Header(Part):
    """Says `page_wanted`, `language_wanted`, `light_wanted`, `choices_wanted`; the window does it."""

    page_wanted = Signal(str)
    language_wanted = Signal()
    light_wanted = Signal()
    choices_wanted = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words, role="header")
        self._logo = QLabel()
        self._outlet = ElidedLabel("strong")
        self._till = ElidedLabel("caption")
        self._tabs = {tab.page: KeyButton(theme, tab.icon, key=tab.key, kind="quiet") for tab in TABS}
        self._group = QButtonGroup(self)
        for page, button in self._tabs.items():
            button.setCheckable(True)
            self._group.addButton(button)
            button.clicked.connect(lambda _=False, name=page: self.page_wanted.emit(name))
        self._language = KeyButton(theme, "languages", kind="quiet")
        self._language.clicked.connect(self.language_wanted)
        self._light = KeyButton(theme, "moon", kind="quiet")
        self._light.clicked.connect(self.light_wanted)
        self.choices = KeyButton(theme, "settings", kind="quiet")
        self.choices.clicked.connect(self.choices_wanted)
        self._arrange(list(self._tabs.values()))
        self.refresh()

    def show_place(self, outlet: str, till: str) -> None:
        self._outlet.setText(outlet)
        self._till.setText(till)

    def show_page(self, page: str) -> None:
        self._tabs[page].setChecked(True)

    def offer_pages(self, *, offered: bool) -> None:
        """Without a till that is set up there is only one page."""
        for button in self._tabs.values():
            button.setVisible(offered)

    def refresh(self) -> None:
        words = self.words
        self._logo.setPixmap(logo_pixmap(36, self.devicePixelRatioF()))
        titles = {"cashier": words._("Cashier"), "offers": words._("Offers here"), "sync": words._("Sync"),
                  "today": words._("Today")}  # fmt: skip
        for page, button in self._tabs.items():
            button.say(titles[page])
        self._language.say("English" if words.language == "zh" else "中文", words._("Change the language"))
        self._light.say("", words._("Dark or light"))
        self.choices.say("", words._("Settings"))
        self._light.use_icon("sun" if self.theme.palette.is_dark else "moon")

    def _arrange(self, tabs: Sequence[KeyButton]) -> None:
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._outlet)
        names.addWidget(self._till)
        names.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_4, SPACES.space_1, SPACES.space_3, SPACES.space_1)
        row.setSpacing(SPACES.space_1)
        row.addWidget(self._logo, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addSpacing(SPACES.space_2)
        row.addLayout(names, 1)
        for button in (*tabs,):
            row.addWidget(button)
        row.addSpacing(SPACES.space_3)
        row.addWidget(self._language)
        row.addWidget(self._light)
        row.addWidget(self.choices)
