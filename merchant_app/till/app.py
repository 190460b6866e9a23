"""The till's composition root: its screens at once, its parts behind them as soon as they are open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from merchant_app.till.ui.palette import DARK, LIGHT
from merchant_app.till.ui.preferences import Preferences
from merchant_app.till.ui.shell.window import TillWindow

if TYPE_CHECKING:  # imported once the window is painted
    from merchant_app.domain.kinds import Language
    from merchant_app.till.joining import OpenTill
    from merchant_app.till.parts import Outside, Parts
    from merchant_app.till.scanning.captures import Opener
    from merchant_app.till.scanning.frames import Source
    from merchant_app.till.ui.shell.entering import Entering
    from merchant_app.till.ui.shell.screens import Screens
    from merchant_app.till.ui.sounds import Sound, Sounds
    from merchant_app.till.ui.theme import Theme
    from merchant_app.till.workers.errands import Errands
    from merchant_app.till.workers.opening import OpeningWorker
    from merchant_app.till.workers.scanning import Scanning
    from merchant_app.wording import Words


SOUNDS_MS = 1500
"""The sounds are loaded so long after the till was opened."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What whoever builds the till wants otherwise than its people chose; None leaves their choice."""

    source: Source | None = None
    language: Language | None = None
    is_dark: bool | None = None
    cashier: str | None = None


class Till(QObject):
    """`show` paints the window; then the ledger is opened and the camera started beside it."""

    opened = Signal()
    """Coupons are redeemed from here on."""
    unopened = Signal(object)
    """The Exception for which it could not be opened; the window says it too."""
    enrolment_wanted = Signal()
    """This till belongs to no server yet; the window asks for an invitation."""

    def __init__(
        self, app: QApplication, data_dir: Path, outside: Outside | None, choices: Choices, opener: Opener | None
    ) -> None:
        super().__init__()
        self._app, self._data_dir, self._outside = app, data_dir, outside
        self._choices, self._opener = choices, opener
        self.preferences = preferences = Preferences(data_dir)
        is_dark = preferences.is_dark if choices.is_dark is None else choices.is_dark
        self._palette = DARK if is_dark else LIGHT
        self._cashier = choices.cashier or preferences.cashier
        self.window = TillWindow(self._palette, choices.language or preferences.language)
        self.screens: Screens
        self._entering: Entering
        self._errands: Errands
        self._opening: OpeningWorker
        self.counter: OpenTill | None = None
        self._is_furnished = self._is_closed = False
        self.window.first_painted.connect(self._on_first_painted)
        self.window.closing.connect(self.close)

    @cached_property
    def theme(self) -> Theme:
        from merchant_app.till.ui.theme import Theme

        return Theme(self._app, self._palette, self.preferences.text_percent)

    @cached_property
    def scanner(self) -> Scanning:
        from merchant_app.till.workers.scanning import Scanning

        return Scanning(open_capture=self._opener)

    @cached_property
    def sounds(self) -> Sounds:
        from merchant_app.till.ui.sounds import Sounds

        return Sounds(self, is_muted=self.preferences.is_silent)

    def show(self) -> None:
        self.window.show()

    def close(self) -> bool:
        """Ends all threads and closes the ledger; False if something outside did not let go in time."""
        if self._is_closed:
            return True
        self._is_closed = True
        self.window.hide()
        if not self._is_furnished:
            return True
        self._entering.stop()
        ended = [self.scanner.stop()]
        if self.counter is not None:
            ended.append(self.counter.close())
        else:
            ended.append(self._errands.close(last=self._opening.let_go))
        return all(ended)

    def _on_first_painted(self) -> None:
        # Whoever else waits for the first painting hears of it before the work that follows it.
        QTimer.singleShot(0, self._furnish)

    def _furnish(self) -> None:
        """The screens, while workers open the ledger and the camera."""
        from merchant_app.till.home import HOME_ZONE
        from merchant_app.till.scanning.frames import source_from_text
        from merchant_app.till.workers.errands import Errands
        from merchant_app.till.workers.opening import OpeningWorker

        if self._is_closed:
            return
        self._errands = Errands("redeeming")
        self._opening = OpeningWorker(self._errands, self._data_dir, self._outside, lambda: self._cashier)
        self._opening.open()
        self.scanner.open(self._choices.source or source_from_text(self.preferences.camera))

        from merchant_app.till.ui.inputs.pasting import Offerings
        from merchant_app.till.ui.inputs.scanner_keys import ScannerKeys
        from merchant_app.till.ui.shell.entering import Entering
        from merchant_app.till.ui.shell.screens import Screens

        self.window.furnish(self.theme)
        self.screens = screens = Screens(self.theme, self.window, HOME_ZONE)
        self._entering = Entering(screens, self.scanner, ScannerKeys(self._app), Offerings(self.window))
        self._is_furnished = True
        screens.strip.show_cashier(self._cashier)
        screens.enrolment_wanted.connect(self._on_enrolment_wanted)
        screens.again_wanted.connect(self._opening.open)
        self._opening.opened.connect(self._on_opened)
        self._opening.unopened.connect(self._on_unopened)
        self._opening.unenrolled.connect(self._on_unenrolled)
        self._opening.not_enrolled.connect(screens.show_not_enrolled)
        screens.cashier.camera.mirrored = self.preferences.is_mirrored
        self.window.header.choices_wanted.connect(self._on_choices_wanted)
        self.window.words_changed.connect(self._on_words_changed)
        self.theme.changed.connect(self._on_theme_changed)

    def _on_unopened(self, error: Exception) -> None:
        self.screens.show_closed(error)
        self.unopened.emit(error)

    def _on_unenrolled(self) -> None:
        self.screens.show_setup()
        self.enrolment_wanted.emit()

    def _on_enrolment_wanted(self, server: str, invitation: str, name: str, plain_http: bool) -> None:
        self.screens.setup.show_running()
        self._opening.enrol(server, invitation, name, plain_http=plain_http)

    def _on_opened(self, parts: Parts) -> None:
        from merchant_app.till.joining import OpenTill

        self.screens.use_clock(parts.clock.now)
        self.counter = OpenTill(parts, self.screens, self.scanner, self._errands, self._opening.outside().new_id)
        self.counter.serving.redeem_on_sight = self.preferences.redeem_on_sight
        self.counter.serving.sound_wanted.connect(self._on_sound_wanted)
        self._entering.serve(self.counter.serving)
        self.screens.show_counter()
        self.counter.start()
        self.opened.emit()
        QTimer.singleShot(SOUNDS_MS, self._prepare_sounds)

    def _prepare_sounds(self) -> None:
        """So that the first answer is not late by the time that loading them takes."""
        if not self._is_closed:
            self.sounds.prepare()

    def _on_sound_wanted(self, sound: Sound) -> None:
        self.sounds.play(sound)

    def _on_choices_wanted(self) -> None:
        from merchant_app.till.ui.shell.choices_menu import ChoicesMenu

        menu = ChoicesMenu(self.screens, self.preferences, self.sounds, self.scanner)
        menu.redeem_on_sight_chosen.connect(self._on_redeem_on_sight_chosen)
        menu.camera_chosen.connect(self._on_camera_chosen)
        menu.open_under(self.window.header.choices)

    def _on_redeem_on_sight_chosen(self, chosen: bool) -> None:
        if self.counter is not None:
            self.counter.serving.redeem_on_sight = chosen

    def _on_camera_chosen(self, camera: str) -> None:
        from merchant_app.till.scanning.frames import source_from_text

        self.scanner.open(source_from_text(camera))

    def _on_words_changed(self, words: Words) -> None:
        self.preferences.language = words.language

    def _on_theme_changed(self) -> None:
        self.preferences.is_dark = self.theme.palette.is_dark
        self.preferences.text_percent = self.theme.text_percent


def build_till(
    app: QApplication,
    data_dir: Path,
    *,
    outside: Outside | None = None,
    choices: Choices | None = None,
    opener: Opener | None = None,
) -> Till:
    """A till over its data folder. `outside` gives time, randomness and network, `opener` cameras; None: the real ones.

    Nothing is read or opened before its window is shown.
    """
    return Till(app, data_dir, outside, choices or Choices(), opener)


def run_till(data_dir: Path, choices: Choices) -> bool:
    """The till as a program: returns when its window is closed; False if something outside did not let go in time."""
    app = QApplication(["merchant-app"])
    app.setApplicationName("merchant-app")
    app.setApplicationDisplayName("")
    till = build_till(app, data_dir, choices=choices)
    till.show()
    app.exec()
    return till.close()
