"""The made camera that runs beside the screen: it pushes frames of the counter, and of a phone that is shown to it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from merchant_app.till.scanning.opencv import Picture

HELD_S = 1 / 12
"""Between frames while something is shown; an empty counter needs fewer."""
EMPTY_S = 1 / 5
_HEIGHT = 0.98
_SEED = 11
_LINGERS_S = 1.0
_AWAY_S = 0.5
"""From the hand's going until nothing of the phone is in view."""


class CameraFeed:
    """Makes its frames on a thread of its own; `push` is called there."""

    def __init__(self, push: Callable[[Picture], None], *, clock: Callable[[], float] = time.monotonic) -> None:
        self._push, self._clock = push, clock
        self._changed = threading.Condition()
        self._screen: Picture | None = None
        self._is_going = self._is_over = False
        self._is_on = True
        self._busy_until_s = 0.0
        self._thread = threading.Thread(target=self._run, name="made camera", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def show(self, screen: Picture) -> None:
        """A hand brings a phone with this picture (BGR) on its screen."""
        with self._changed:
            self._screen, self._is_going = screen, False
            self._busy_until_s = float("inf")
            self._changed.notify()

    def take_away(self) -> None:
        """The hand goes."""
        with self._changed:
            self._is_going = True
            self._changed.notify()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is in view, nor about to be."""
        with self._changed:
            return self._screen is None and not self._is_going and self._clock() >= self._busy_until_s

    def turn(self, *, on: bool) -> None:
        """Off, while another camera is looked through."""
        with self._changed:
            self._is_on = on
            self._changed.notify()

    def stop(self, within_s: float = 2.0) -> bool:
        """Ends for good; whether it did in time."""
        with self._changed:
            self._is_over = True
            self._changed.notify()
        if self._thread.ident is not None:
            self._thread.join(within_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        # OpenCV takes as long to load as the first window to paint: it is loaded here, beside it.
        from merchant_app.demo.webcam_hand import CounterCamera

        camera = CounterCamera(_SEED)
        lively_until_s = 0.0
        while self._wait(HELD_S if self._clock() < lively_until_s else EMPTY_S):
            with self._changed:
                screen, is_going, self._screen, self._is_going = self._screen, self._is_going, None, False
                is_on = self._is_on
            now_s = self._clock()
            if screen is not None:
                camera.show_screen(screen, now_s, height=_HEIGHT)
                lively_until_s = float("inf")
            if is_going:
                camera.take_away(now_s)
                self._busy_until_s = now_s + _AWAY_S
                lively_until_s = now_s + _LINGERS_S
            if is_on:
                self._push(camera.frame(now_s))

    def _wait(self, for_s: float) -> bool:
        """Until the next frame is due or something changes; False at the end."""
        with self._changed:
            if not (self._is_over or self._is_going or self._screen is not None):
                self._changed.wait(for_s)
            return not self._is_over
