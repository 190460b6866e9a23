"""The thread that looks for codes, always in the newest frame."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from merchant_app.till.scanning.frames import Frame, Source
from merchant_app.till.scanning.newest import Newest
from merchant_app.till.scanning.sightings import Sighting

FASTEST_S = 0.04
"""Frames are looked at no more often than this; more would only warm the computer."""

_log = logging.getLogger(__name__)


class DecoderThread:
    """Decodes until its frames are closed. The callback comes on this thread."""

    def __init__(
        self,
        frames: Newest[tuple[Source, Frame]],
        *,
        clock: Callable[[], float],
        decoded: Callable[[Source, Frame, list[Sighting]], None],
    ) -> None:
        self._frames = frames
        self._clock = clock
        self._decoded = decoded
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Starts it, if it was not."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="decoder", daemon=True)
            self._thread.start()

    def join(self, within_s: float) -> bool:
        """Waits for the end, which the frames' closing brings; whether it came."""
        self._ended.set()
        if self._thread is None:
            return True
        self._thread.join(within_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        # OpenCV takes as long to load as the first window to paint: it is loaded here, beside it.
        from merchant_app.till.scanning.ladder import FrameReader

        reader = FrameReader()
        while not self._ended.is_set():
            taken = self._frames.take()
            if taken is None:
                continue
            started_s = self._clock()
            try:
                source, frame = taken
                self._decoded(source, frame, reader.read(frame.picture))
            except Exception:
                _log.exception("a frame could not be decoded")
            self._ended.wait(max(0.0, FASTEST_S - (self._clock() - started_s)))
