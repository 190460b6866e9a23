"""What people may choose at this till, in one menu, each with its sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from merchant_app.till.ui.preferences import Preferences
from merchant_app.till.ui.shell.screens import Screens
from merchant_app.till.ui.sounds import Sounds
from merchant_app.till.ui.theme import TEXT_PERCENTS
from merchant_app.till.workers.scanning import Scanning

if TYPE_CHECKING:
    from merchant_app.till.scanning.frames import Webcam


class ChoicesMenu(QMenu):
    """Each choice holds at once and is kept in the preferences."""

    redeem_on_sight_chosen = Signal(bool)
    camera_chosen = Signal(str)
    """As `scanning.frames.source_from_text` reads it."""

    def __init__(self, screens: Screens, preferences: Preferences, sounds: Sounds, scanning: Scanning) -> None:
        super().__init__(screens.window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._screens, self._preferences, self._sounds = screens, preferences, sounds
        words = screens.window.words
        self.setAccessibleName(words._("Settings"))
        on_sight = words._("Redeem a good coupon on sight, without Enter")
        self._switch(on_sight, preferences.redeem_on_sight, self._on_redeem_on_sight)
        self._switch(words._("Sounds"), not preferences.is_silent, self._on_sounds)
        self._switch(words._("Mirror the camera's picture"), preferences.is_mirrored, self._on_mirror)
        self.addSeparator()
        sizes = QActionGroup(self)
        for percent in TEXT_PERCENTS:
            sizes.addAction(self._size(words._("Text size {percent}%", percent=percent), percent))

        self._cameras = self.addMenu(words._("Camera"))
        self._cameras.addAction(words._("Looking for cameras…")).setEnabled(False)
        scanning.cameras_found.connect(self._on_cameras_found)
        scanning.find_cameras()

    def open_under(self, button: QWidget) -> None:
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _switch(self, text: str, is_on: bool, chosen: Callable[[bool], None]) -> None:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(is_on)
        action.toggled.connect(chosen)

    def _size(self, text: str, percent: int) -> QAction:
        action = self.addAction(text)
        action.setCheckable(True)
        action.setChecked(percent == self._screens.theme.text_percent)
        action.triggered.connect(lambda _=False: self._screens.theme.use(self._screens.theme.palette, percent))
        return action

    def _on_cameras_found(self, cameras: list[Webcam]) -> None:
        words = self._screens.window.words
        self._cameras.clear()
        if not cameras:
            self._cameras.addAction(words._("No camera found")).setEnabled(False)
        for camera in cameras:
            action = self._cameras.addAction(camera.name)
            action.setCheckable(True)
            action.setChecked(camera.name == self._preferences.camera)
            action.triggered.connect(lambda _=False, name=camera.name: self._on_camera(name))

    def _on_camera(self, name: str) -> None:
        self._preferences.camera = name
        self.camera_chosen.emit(name)

    def _on_redeem_on_sight(self, chosen: bool) -> None:
        self._preferences.redeem_on_sight = chosen
        self.redeem_on_sight_chosen.emit(chosen)

    def _on_sounds(self, chosen: bool) -> None:
        self._preferences.is_silent = not chosen
        self._sounds.is_muted = not chosen

    def _on_mirror(self, chosen: bool) -> None:
        self._preferences.is_mirrored = chosen
        self._screens.cashier.camera.mirrored = chosen
