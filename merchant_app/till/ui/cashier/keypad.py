"""The keypad on the screen: for fingers and wet hands; it types into whichever field of the bill has the cursor."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy

from merchant_app.till.ui.icons import icon_pixmap
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

ICON = 24
ROWS = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"), ("0", "00", "."))


class Keypad(Part):
    """Keys never take the cursor from the field."""

    typed = Signal(str)
    erased = Signal()
    cleared = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(SPACES.space_2)
        for row, keys in enumerate(ROWS):
            for column, key in enumerate(keys):
                button = _key(key)
                button.clicked.connect(lambda _=False, text=key: self.typed.emit(text))
                grid.addWidget(button, row, column)
        self._erase, self._clear, self._enter = _key(""), _key("C"), _key("", kind="primary")
        self._erase.clicked.connect(self.erased)
        self._clear.clicked.connect(self.cleared)
        self._enter.clicked.connect(self.entered)
        grid.addWidget(self._erase, 0, 3)
        grid.addWidget(self._clear, 1, 3)
        grid.addWidget(self._enter, 2, 3, 2, 1)
        self.refresh()

    def refresh(self) -> None:
        palette = self.theme.palette
        ratio = self.devicePixelRatioF()
        for button, name, colour in (
            (self._erase, "delete", palette.text),
            (self._enter, "corner-down-left", palette.on_accent),
        ):
            button.setIcon(QIcon(icon_pixmap(name, colour, ICON, ratio)))
            button.setIconSize(QSize(ICON, ICON))
        self._erase.setAccessibleName(self.words._("Erase the last figure"))
        self._clear.setAccessibleName(self.words._("Clear the field"))
        self._enter.setAccessibleName(self.words._("Redeem"))
        self._enter.setToolTip(self.words._("Redeem"))


def _key(text: str, kind: str = "key") -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", kind)
    button.setProperty("in_keypad", "yes")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    button.setMinimumSize(52, 44)
    return button
