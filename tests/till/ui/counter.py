"""A cashier's hands and eyes: shows codes to the camera, presses keys, reads the answer."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import qrcode
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from merchant_app.till.app import Choices, Till, build_till
from merchant_app.till.parts import Outside
from merchant_app.till.scanning.frames import PushedSource
from merchant_app.till.ui.cashier.serving import Serving
from tests.journeys.world import TillInHand, World

PATIENCE_MS = 15_000
"""How long a test waits for what must come; nothing is asserted about how soon it comes."""
DARK_GRAY = 90


def picture_of(*texts: str) -> npt.NDArray[np.uint8]:
    """What a camera sees of these codes side by side on a gray counter: rows x columns x 3."""
    frame = np.full((720, 640 * max(len(texts), 1), 3), DARK_GRAY, np.uint8)
    for number, text in enumerate(texts):
        drawn = qrcode.QRCode(border=4, box_size=8)
        drawn.add_data(text)
        code = np.array(drawn.make_image().convert("RGB"), np.uint8)
        high, wide = code.shape[:2]
        frame[40 : 40 + high, 40 + 640 * number : 40 + 640 * number + wide] = code
    return frame


class Windows(QObject):
    """Notes every window of the program that is shown: a part without a place would be one, and take the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.shown: list[str] = []
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(type(watched).__name__)
        return False


class Counter:
    """One till of a world, in its window; `again` opens it over the same folder, as the next start would."""

    def __init__(self, qtbot: QtBot, app: QApplication, world: World, in_hand: TillInHand | None = None) -> None:
        self.qtbot, self._app, self.world = qtbot, app, world
        self.in_hand = in_hand or world.new_till()
        self.in_hand.parts.close()
        self.till: Till
        self.is_open = False
        self.windows = Windows(app)

    def __enter__(self) -> "Counter":
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def serving(self) -> Serving:
        assert self.till.counter is not None
        return self.till.counter.serving

    def open(self) -> None:
        hand = self.in_hand
        outside = Outside(wall=hand.clock.wall, monotonic=hand.clock.monotonic, session=hand.plug.session())
        choices = Choices(source=PushedSource(), language="en", is_dark=False, cashier="02")
        self.till = build_till(self._app, hand.data_dir, outside=outside, choices=choices)
        self.is_open = True
        with self.qtbot.waitSignal(self.till.opened, timeout=PATIENCE_MS):
            self.till.show()

    def close(self) -> None:
        if self.is_open:
            self.is_open = False
            self._app.removeEventFilter(self.windows)
            assert self.till.close()
            self.till.window.deleteLater()

    def wait(self, until: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(until, timeout=PATIENCE_MS)

    def go_online(self) -> None:
        """Have the till hear its server."""
        assert self.till.counter is not None
        self.till.counter.syncing.sync_now()
        self.wait(lambda: self.strip.startswith("Online"))

    def show_codes(self, *texts: str) -> None:
        """To the camera."""
        self.till.scanner.push(picture_of(*texts))

    def scan(self, *texts: str) -> None:
        """Show codes to the camera and wait for the answer."""
        assert self.till.counter is not None
        with self.qtbot.waitSignal(self.till.counter.serving.answered, timeout=PATIENCE_MS):
            self.show_codes(*texts)

    def press(self, text: str, key: Qt.Key | None = None) -> None:
        """Type into whatever has the focus, then press a key."""
        QTest.keyClicks(self._focus(), text)
        if key is not None:
            QTest.keyClick(self._focus(), key)

    def answer_to(self, does: Callable[[], object]) -> None:
        """Do something and wait for the answer that follows."""
        assert self.till.counter is not None
        with self.qtbot.waitSignal(self.till.counter.serving.answered, timeout=PATIENCE_MS):
            does()

    @property
    def state(self) -> str:
        return self.till.screens.cashier.answer.state

    @property
    def answer(self) -> str:
        """The answer as a screen reader says it."""
        return self.till.screens.cashier.answer.accessibleName()

    @property
    def strip(self) -> str:
        return self.till.screens.strip.accessibleName()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.till.window
