"""What people may choose at this till, in one menu, each with its sentence."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from merchant_app.till.ui.preferences import Preferences
from merchant_app.till.ui.theme import TEXT_PERCENTS
from merchant_app.wording import Words


class ChoicesMenu(QMenu):
    """Keeps each choice in the preferences and says that it was made."""

    redeem_on_sight_chosen = Signal(bool)
    sounds_chosen = Signal(bool)
    mirror_chosen = Signal(bool)
    text_size_chosen = Signal(int)

    def __init__(self, over: QWidget, preferences: Preferences, words: Words) -> None:
        super().__init__(over)
        self._preferences = preferences
        self.setToolTipsVisible(True)
        self._on_sight = self._switch(preferences.redeem_on_sight, self._on_redeem_on_sight)
        self._sounds = self._switch(not preferences.is_silent, self._on_sounds)
        self._mirror = self._switch(preferences.is_mirrored, self._on_mirror)
        self.addSeparator()
        self._sizes = QActionGroup(self)
        for percent in TEXT_PERCENTS:
            self._add_size(percent)
        self.retranslate(words)

    def retranslate(self, words: Words) -> None:
        self._on_sight.setText(words._("Redeem a good coupon on sight, without Enter"))
        self._sounds.setText(words._("Sounds"))
        self._mirror.setText(words._("Mirror the camera's picture"))
        for action in self._sizes.actions():
            action.setText(words._("Text size {percent}%", percent=action.data()))
        self.setAccessibleName(words._("Settings"))

    def _switch(self, checked: bool, chosen: object) -> QAction:
        action = self.addAction("")
        action.setCheckable(True)
        action.setChecked(checked)
        action.toggled.connect(chosen)
        return action

    def _add_size(self, percent: int) -> None:
        action = self.addAction("")
        action.setCheckable(True)
        action.setData(percent)
        action.setChecked(percent == self._preferences.text_percent)
        action.triggered.connect(lambda _=False: self.text_size_chosen.emit(percent))
        self._sizes.addAction(action)

    def _on_redeem_on_sight(self, chosen: bool) -> None:
        self._preferences.redeem_on_sight = chosen
        self.redeem_on_sight_chosen.emit(chosen)

    def _on_sounds(self, chosen: bool) -> None:
        self._preferences.is_silent = not chosen
        self.sounds_chosen.emit(chosen)

    def _on_mirror(self, chosen: bool) -> None:
        self._preferences.is_mirrored = chosen
        self.mirror_chosen.emit(chosen)
