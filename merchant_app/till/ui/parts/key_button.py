"""A button that shows its icon, what it does, and the key that does the same."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QIcon,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from merchant_app.till.ui.icons import icon_pixmap
from merchant_app.till.ui.theme import Theme

GAP = 10


class KeyButton(QPushButton):
    """`key` is a shortcut of the whole window ("F8"), drawn as a key cap; the screen reader hears it too.

    `is_bound` False: the key is only drawn, since something that lasts longer than this button listens to it.
    """

    def __init__(
        self,
        theme: Theme,
        icon_name: str = "",
        *,
        key: str = "",
        kind: str = "",
        size: str = "",
        is_bound: bool = True,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon_name = icon_name
        self._kind = kind
        self.key = key
        for name, value in (("kind", kind), ("extent", size)):
            if value:
                self.setProperty(name, value)
        if key and is_bound:
            QShortcut(QKeySequence(key), self, activated=self._on_key)  # type: ignore[call-overload]
        self.setAutoDefault(False)
        theme.changed.connect(self._on_theme_changed)
        self.toggled.connect(self._on_theme_changed)
        self._on_theme_changed()

    def say(self, text: str, hint: str = "") -> None:
        """Set what the button says; `hint` is for the tool tip and the screen reader where the text is short."""
        # The style puts no air between icon and text.
        self.setText(f" {text}" if text and self._icon_name else text)
        self.setAccessibleName(hint or text)
        self.setToolTip(hint)
        if self.key:
            self.setAccessibleDescription(self.key)

    def use_icon(self, name: str) -> None:
        self._icon_name = name
        self._on_theme_changed()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width() + self._cap_width(), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonBevel, option)
        whole = QRect(option.rect)
        # The label alone is drawn without the style's padding; text that stands at the left would touch the edge.
        contents = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        option.rect = contents.adjusted(0, 0, -self._cap_width(), 0)
        painter.drawControl(QStyle.ControlElement.CE_PushButtonLabel, option)
        if self.key:
            self._paint_cap(painter, whole)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.EnabledChange:
            self._on_theme_changed()

    def _on_key(self) -> None:
        if self.isEnabled():
            self.click()

    def _on_theme_changed(self, *_: object) -> None:
        if self._icon_name:
            side = round(self._theme.sizes.body * 1.3)
            # In the one size that is shown: a till opens in the time that all sizes of its icons would take.
            self.setIcon(QIcon(icon_pixmap(self._icon_name, self._colour(), side, self.devicePixelRatioF())))
            self.setIconSize(QSize(side, side))

    def _colour(self) -> str:
        palette = self._theme.palette
        if not self.isEnabled():
            return palette.faint
        if self.isCheckable() and self.isChecked():
            return palette.accent_text
        return {"primary": palette.on_accent, "quiet": palette.muted, "danger": palette.refused_text}.get(
            self._kind, palette.text
        )

    def _cap_font(self) -> QFont:
        font = QFont(self.font())
        font.setPixelSize(self._theme.sizes.keycap)
        return font

    def _cap_width(self) -> int:
        return QFontMetrics(self._cap_font()).horizontalAdvance(self.key) + 14 + GAP if self.key else 0

    def _paint_cap(self, painter: QPainter, whole: QRect) -> None:
        """A small key with the name on it, in the button's own text colour and half as strong."""
        width, height = self._cap_width() - GAP, self._theme.sizes.keycap + 9
        right = whole.right() - (GAP + 2 if self._kind != "quiet" else GAP)
        cap = QRect(right - width, whole.center().y() - height // 2, width, height)
        colour = QColor(self.palette().color(QPalette.ColorRole.ButtonText))
        colour.setAlphaF(0.75 if self.isEnabled() else 0.4)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QColor(colour)
        outline.setAlphaF(0.35)
        painter.setPen(QPen(outline, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap, 4, 4)
        painter.setPen(colour)
        painter.setFont(self._cap_font())
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self.key)
