"""A camera through its day: opened, read, lost, found again. No thread and no clock of its own.

opening -> live -> unplugged -> (opened again) live ...
        -> no camera, taken, unreachable -> (tried again)
        -> no such file, unreadable           for good
           live -> silent -> (opened again)
           live -> ended                      a video, for good
"""

from dataclasses import dataclass

from merchant_app.till.scanning.captures import Capture, Failure, Opener, open_source
from merchant_app.till.scanning.frames import Source, WebcamSource, source_name
from merchant_app.till.scanning.opencv import Picture
from merchant_app.till.scanning.states import FOR_GOOD, CameraCondition, CameraState

RETRY_S = (0.5, 1.0, 2.0, 4.0)
"""How long to wait before each attempt to open again; the last holds for all later ones."""
SILENT_READS = 3
"""So many empty reads in a row, and the source is taken for lost; one alone is a dropped frame."""


@dataclass(frozen=True, slots=True)
class Step:
    """What one step gave: a frame or none, the state, and when the next step is due (monotonic seconds)."""

    picture: Picture | None
    state: CameraState
    due_s: float


class Camera:
    """One source, stepped by whoever has a thread for it. A step blocks as long as the device does."""

    def __init__(self, source: Source, open_capture: Opener = open_source) -> None:
        self._source = source
        self._open_capture = open_capture
        self._capture: Capture | None = None
        self._was_live = False
        self._attempts = 0
        self._empty_reads = 0
        self._frames = 0
        self._started_s = 0.0
        self.state = self._state(CameraCondition.OPENING)

    def step(self, now_s: float) -> Step:
        """Opens what is not open, else reads the next frame."""
        if self.state.condition in FOR_GOOD:
            return Step(None, self.state, now_s + RETRY_S[-1])
        return self._open(now_s) if self._capture is None else self._read(self._capture, now_s)

    def close(self) -> None:
        """Gives the device back; stepping again would open it again."""
        if self._capture is not None:
            self._capture.close()
            self._capture = None

    def _open(self, now_s: float) -> Step:
        opened = self._open_capture(self._source)
        if isinstance(opened, Failure):
            return self._retry(self._condition_of(opened), now_s)
        self._capture = opened
        self._empty_reads = self._frames = 0
        self._started_s = now_s
        return Step(None, self.state, now_s)

    def _read(self, capture: Capture, now_s: float) -> Step:
        picture = capture.read()
        if picture is None:
            return self._without_frame(capture, now_s)
        self._empty_reads = self._attempts = 0
        self._frames += 1
        self._was_live = True
        self.state = self._state(CameraCondition.LIVE)
        rate = capture.frames_a_second
        return Step(picture, self.state, now_s if rate is None else self._started_s + self._frames / rate)

    def _without_frame(self, capture: Capture, now_s: float) -> Step:
        if not capture.is_endless:
            self.close()
            self.state = self._state(CameraCondition.ENDED if self._frames else CameraCondition.UNREADABLE)
            return Step(None, self.state, now_s)
        self._empty_reads += 1
        if self._empty_reads < SILENT_READS:
            return Step(None, self.state, now_s)
        self.close()
        return self._retry(CameraCondition.SILENT, now_s)

    def _retry(self, condition: CameraCondition, now_s: float) -> Step:
        wait_s = RETRY_S[min(self._attempts, len(RETRY_S) - 1)]
        self._attempts += 1
        self.state = self._state(condition)
        return Step(None, self.state, now_s + wait_s)

    def _condition_of(self, failure: Failure) -> CameraCondition:
        if failure is Failure.NO_CAMERA and self._was_live:
            return CameraCondition.UNPLUGGED
        return CameraCondition(failure.value)

    def _state(self, condition: CameraCondition) -> CameraState:
        name = source_name(self._source)
        if isinstance(self._source, WebcamSource) and self._source.name is None:
            name = ""
        return CameraState(condition, name)
