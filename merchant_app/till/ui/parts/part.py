"""A part of a screen: it keeps the words and the theme it is shown in, and shows itself anew when either changes."""

from PySide6.QtWidgets import QFrame, QWidget

from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words


class Part(QFrame):
    """What screens are made of. Give `role` for the surface it is drawn on (`ui.theme` lists them)."""

    def __init__(self, theme: Theme, words: Words, role: str = "") -> None:
        super().__init__()
        self.theme = theme
        self.words = words
        if role:
            self.setProperty("role", role)
        theme.changed.connect(self.refresh)

    def retranslate(self, words: Words) -> None:
        """Speak another language from now on."""
        self.words = words
        self.refresh()

    def take_focus(self) -> None:
        """Called on a page that comes to the front. The cursor goes where it is needed first."""
        self.setFocus()

    def refresh(self) -> None:
        """Show what is shown in the present words, colours and sizes. Parts override it and call it when built."""


def retranslate_all(root: QWidget, words: Words) -> None:
    """The one path by which the language changes: `root` and every part inside it, dialogs of its own included."""
    parts = [root] if isinstance(root, Part) else []
    for part in (*parts, *root.findChildren(Part)):
        part.retranslate(words)


def clear_layout(layout: object) -> None:
    """Take every widget out of a layout and let it go; for rows that are made anew."""
    from PySide6.QtWidgets import QLayout

    assert isinstance(layout, QLayout)
    while item := layout.takeAt(0):
        widget = item.widget()
        if widget is not None:
            widget.setParent(None)
            widget.deleteLater()
