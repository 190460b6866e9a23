"""The till's three sounds; without an audio device it stays silent and says nothing."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl

from merchant_app.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QSoundEffect


class Sound(StrEnum):
    """What a sound says; its value is the file's name in `resources/sounds`."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    ATTENTION = "attention"


class Sounds(QObject):
    """Plays the sounds. `volume` is 0 to 100; muted keeps the volume for later.

    QtMultimedia is loaded, and the device looked for, when the first sound is due or `prepare` is called: opening
    the window does not wait for it.
    """

    def __init__(self, parent: QObject | None = None, *, volume: int = 80, is_muted: bool = False) -> None:
        super().__init__(parent)
        self._effects: dict[Sound, QSoundEffect] = {}
        self.volume = volume
        self.is_muted = is_muted

    def prepare(self) -> None:
        """Load the three sounds, so that the first one is not late. Without a device the next call looks again."""
        if self._effects:
            return
        try:
            from PySide6.QtMultimedia import QMediaDevices, QSoundEffect
        except ImportError:  # a Linux without the system's audio library: the till works, silently
            return
        if QMediaDevices.defaultAudioOutput().isNull():
            return
        for sound in Sound:
            effect = QSoundEffect(self)
            effect.setSource(QUrl.fromLocalFile(str(resource_path("sounds", f"{sound}.wav"))))
            self._effects[sound] = effect

    def play(self, sound: Sound) -> bool:
        """Play a sound now, from its beginning. False when it was muted, or nothing here can play it."""
        if self.is_muted or self.volume <= 0:
            return False
        self.prepare()
        effect = self._effects.get(sound)
        if effect is None:
            return False
        effect.setVolume(loudness(self.volume))
        effect.play()
        return True


def loudness(volume: int) -> float:
    """What QSoundEffect takes (0 to 1) for a volume of 0 to 100: squared, as ears hear the steps about even."""
    return (max(0, min(100, volume)) / 100) ** 2
