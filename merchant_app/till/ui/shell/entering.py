"""The ways in: camera, scanner, picture, clipboard, typed number. What is read goes one way, to whoever is served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from merchant_app.domain.coupon_number import is_coupon_number
from merchant_app.till.scanning.sightings import Sighting
from merchant_app.till.scanning.states import CameraState, PictureTrouble
from merchant_app.till.ui.inputs.pasting import Offerings
from merchant_app.till.ui.inputs.scanner_keys import ScannerKeys
from merchant_app.till.ui.shell.screens import Screens
from merchant_app.till.workers.scanning import Scanning
from merchant_app.wording.said import Said, said

if TYPE_CHECKING:  # what the window need not wait for
    from merchant_app.till.ui.cashier.number_dialog import NumberDialog
    from merchant_app.till.ui.cashier.serving import Serving


class Entering(QObject):
    """Before the till is open, a scan is an invitation for the set-up page; afterwards it is a coupon."""

    def __init__(self, screens: Screens, scanning: Scanning, keys: ScannerKeys, offerings: Offerings) -> None:
        super().__init__(screens.window)
        self._screens, self._scanning, self._keys, self._offerings = screens, scanning, keys, offerings
        self._serving: Serving | None = None
        self.number_dialog: NumberDialog | None = None
        scanning.frame_shown.connect(self._on_frame_shown)
        scanning.camera_changed.connect(self._on_camera_changed)
        scanning.code_read.connect(self.take)
        scanning.picture_unread.connect(self._on_picture_unread)
        keys.scanned.connect(self._on_keys_scanned)
        offerings.text_given.connect(self.take)
        offerings.file_given.connect(self._on_file_given)
        offerings.picture_given.connect(scanning.read_picture)
        offerings.nothing_usable.connect(self._on_nothing_usable)
        screens.cashier.paste_wanted.connect(offerings.paste)
        screens.cashier.picture_chosen.connect(self._on_file_given)
        screens.cashier.number_wanted.connect(self.ask_number)

    def serve(self, serving: Serving) -> None:
        """From here on what is read are coupons. One that was held to the camera too early counts as shown now."""
        self._serving = serving
        if self._screens.window.page_name != "setup":  # there it is the invitation that is still in view
            self._scanning.scan_again()

    def stop(self) -> None:
        """Keystrokes go where they go in any other program."""
        self._keys.stop()

    def take(self, text: str) -> None:
        """Something was read, pasted or typed."""
        window = self._screens.window
        if self._serving is not None:
            if window.page_name != "cashier":
                window.open_page("cashier")
            if self.number_dialog is not None:
                self.number_dialog.reject()
            self._serving.present(text)
        elif window.page_name == "setup":
            self._screens.setup.take_code(text)

    def _on_keys_scanned(self, text: str) -> None:
        """A scanner reads the cash register's slip as well: into the bill's number, while the cursor is there."""
        number = self._screens.cashier.bill.number
        if number.hasFocus() and len(text) <= number.maxLength() and not is_coupon_number(text):
            number.setText(text)
        else:
            self.take(text)

    def ask_number(self) -> None:
        from merchant_app.till.ui.cashier.number_dialog import NumberDialog

        if self.number_dialog is None:
            window = self._screens.window
            self.number_dialog = NumberDialog(window, self._screens.theme, window.words)
            self.number_dialog.finished.connect(self._on_number_done)
            self.number_dialog.number_typed.connect(self.take)
            self.number_dialog.open()

    def _on_number_done(self, _: int) -> None:
        self.number_dialog = None

    def _on_frame_shown(self, picture: object, sightings: list[Sighting]) -> None:
        for camera in self._screens.cameras():
            camera.show_frame(picture)  # type: ignore[arg-type]
            camera.show_codes([seen.corners for seen in sightings], is_small=any(seen.is_small for seen in sightings))

    def _on_camera_changed(self, state: CameraState) -> None:
        for camera in self._screens.cameras(seen_only=False):
            camera.show_state(state)

    def _on_file_given(self, path: str) -> None:
        self._scanning.read_picture(Path(path))

    def _on_picture_unread(self, name: str, trouble: PictureTrouble) -> None:
        words = self._screens.window.words
        called = name or words._("The picture")
        if trouble is PictureTrouble.NO_CODE:
            title = words._("No code found in {picture}", picture=called)
            self._say(said(words, title, words._("Take it again from nearer, or type the 16 digits.")))
        else:
            self._say(
                said(words, words._("{picture} is not a picture", picture=called), words._("Choose another file."))
            )

    def _on_nothing_usable(self) -> None:
        words = self._screens.window.words
        self._say(said(words, words._("Nothing to paste"), words._("Copy a code or a picture first.")))

    def _say(self, trouble: Said) -> None:
        if self._serving is not None:
            self._screens.window.open_page("cashier")
            self._screens.cashier.answer.show_trouble(trouble)
