"""A dialog in the till's own look: a title, room for what it asks, and its buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from merchant_app.till.ui.parts.labels import label
from merchant_app.till.ui.theme import SPACES


class Dialog(QDialog):
    """`body` is for what it asks, `buttons` for the answers. Shown by `open`: it never stops the window's signals."""

    def __init__(self, over: QWidget | None) -> None:
        super().__init__(over)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.title = label("headline", wraps=True)
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACES.space_3)
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(SPACES.space_3)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACES.space_6, SPACES.space_5, SPACES.space_6, SPACES.space_5)
        column.setSpacing(SPACES.space_4)
        column.addWidget(self.title)
        column.addLayout(self.body, 1)
        column.addLayout(self.buttons)

    def say_title(self, text: str) -> None:
        self.title.setText(text)
        self.setWindowTitle(text)
