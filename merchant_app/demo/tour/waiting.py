"""Waiting for what should happen, and only for that: never for a time to pass."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer

LOOKS_EVERY_MS = 15
GENEROUS_S = 45.0


class CameOtherwiseError(Exception):
    """A step did not come out as told."""

    def __init__(self, expected: str, came: str) -> None:
        self.expected, self.came = expected, came
        super().__init__(f"expected {expected}, came {came}")


def wait_until(
    condition: Callable[[], bool], expected: str, came: Callable[[], str], within_s: float = GENEROUS_S
) -> None:
    """Runs the screen until the condition holds. Raises `CameOtherwiseError` where it does not in a generous time."""
    if condition():
        return
    loop, look, too_late = QEventLoop(), QTimer(), QTimer()
    look.timeout.connect(lambda: loop.quit() if condition() else None)
    too_late.timeout.connect(loop.quit)
    look.start(LOOKS_EVERY_MS)
    too_late.start(round(within_s * 1000))
    loop.exec()
    look.stop()
    too_late.stop()
    if not condition():
        raise CameOtherwiseError(expected, came())


def expect(*, holds: bool, expected: str, came: str) -> None:
    """Raises `CameOtherwiseError` where it does not hold."""
    if not holds:
        raise CameOtherwiseError(expected, came)
