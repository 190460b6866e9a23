"""Opening cameras, streams, videos and pictures with OpenCV: what was asked for, or in one word why not."""

import enum
import platform
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from merchant_app.errors import SourceError
from merchant_app.till.scanning.frames import (
    PictureSource,
    PushedSource,
    Source,
    StreamSource,
    VideoSource,
    Webcam,
    WebcamSource,
)
from merchant_app.till.scanning.opencv import Picture, cv2, enumerate_cameras
from merchant_app.till.scanning.pictures import load_picture

STREAM_OPENS_WITHIN_MS = 5000
STREAM_ANSWERS_WITHIN_MS = 3000
_STILLS_A_SECOND = 10.0
_BACKENDS = {"Windows": cv2.CAP_DSHOW, "Linux": cv2.CAP_V4L2, "Darwin": cv2.CAP_AVFOUNDATION}


class Failure(enum.Enum):
    """Why a source gives nothing."""

    NO_CAMERA = "no_camera"
    TAKEN = "taken"
    UNREACHABLE = "unreachable"
    NO_SUCH_FILE = "no_such_file"
    UNREADABLE = "unreadable"


class Capture(Protocol):
    """A source that is open. `frames_a_second` is set for what must be paced: files; a camera paces itself."""

    frames_a_second: float | None
    is_endless: bool

    def read(self) -> Picture | None:
        """The next frame (BGR); None if there is none now, or none any more."""

    def close(self) -> None:
        """Gives the device back."""


Opener: TypeAlias = Callable[[Source], Capture | Failure]


def list_webcams() -> list[Webcam]:
    """The cameras of this computer by the names and numbers that OpenCV understands, first ones first."""
    listed = enumerate_cameras(_backend())
    return sorted(
        (Webcam(info.index, info.name or f"{info.index}") for info in listed), key=lambda webcam: webcam.index
    )


def open_source(source: Source, *, answers_within_ms: int = STREAM_ANSWERS_WITHIN_MS) -> Capture | Failure:
    """Opens whatever it is; frames that are pushed need no opening and have no capture.

    A stream that sends nothing for `answers_within_ms` reads as empty.
    """
    try:
        return _open(source, answers_within_ms)
    except cv2.error:
        return Failure.UNREADABLE


def _open(source: Source, answers_within_ms: int) -> Capture | Failure:
    match source:
        case WebcamSource():
            return _open_webcam(source)
        case StreamSource(url=url):
            return _open_stream(url, answers_within_ms)
        case VideoSource(path=path):
            return _open_video(path)
        case PictureSource(path=path):
            return _open_picture(path)
        case PushedSource():
            raise ValueError("pushed frames are not captured")


class _VideoCapture:
    """A `cv2.VideoCapture` that is open."""

    def __init__(self, capture: cv2.VideoCapture, *, frames_a_second: float | None, is_endless: bool) -> None:
        self._capture = capture
        self.frames_a_second = frames_a_second
        self.is_endless = is_endless

    def read(self) -> Picture | None:
        try:
            is_there, picture = self._capture.read()
        except cv2.error:
            return None
        return picture if is_there else None

    def close(self) -> None:
        self._capture.release()


class _StillCapture:
    """The same picture again and again."""

    frames_a_second: float | None = _STILLS_A_SECOND
    is_endless = True

    def __init__(self, picture: Picture) -> None:
        self._picture = picture

    def read(self) -> Picture | None:
        return self._picture

    def close(self) -> None:
        pass


def find_webcam(source: WebcamSource, listed: list[Webcam]) -> Webcam | None:
    """The listed camera that is meant; the first one if none is named."""
    if source.name is None and source.index is None:
        return listed[0] if listed else None
    return next((webcam for webcam in listed if source.name == webcam.name or source.index == webcam.index), None)


def _open_webcam(source: WebcamSource) -> Capture | Failure:
    webcam = find_webcam(source, list_webcams())
    if webcam is None:
        return Failure.NO_CAMERA
    capture = cv2.VideoCapture(webcam.index, _backend())
    # Uncompressed frames of this size do not fit through USB 2; the order matters, format before size.
    capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
    capture.set(cv2.CAP_PROP_FRAME_WIDTH, 1920)
    capture.set(cv2.CAP_PROP_FRAME_HEIGHT, 1080)
    # A camera that another program holds is opened by some systems and then gives no frame.
    if not capture.isOpened() or not capture.grab():
        capture.release()
        return Failure.TAKEN
    return _VideoCapture(capture, frames_a_second=None, is_endless=True)


def _open_stream(url: str, answers_within_ms: int) -> Capture | Failure:
    limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, STREAM_OPENS_WITHIN_MS]
    limits += [cv2.CAP_PROP_READ_TIMEOUT_MSEC, answers_within_ms]
    capture = cv2.VideoCapture(url, cv2.CAP_FFMPEG, limits)
    if not capture.isOpened():
        return Failure.UNREACHABLE
    return _VideoCapture(capture, frames_a_second=None, is_endless=True)


def _open_video(path: Path) -> Capture | Failure:
    if not path.is_file():
        return Failure.NO_SUCH_FILE
    capture = cv2.VideoCapture(str(path))
    if not capture.isOpened():
        return Failure.UNREADABLE
    rate = capture.get(cv2.CAP_PROP_FPS)
    return _VideoCapture(capture, frames_a_second=rate if 1 <= rate <= 240 else 25.0, is_endless=False)


def _open_picture(path: Path) -> Capture | Failure:
    if not path.is_file():
        return Failure.NO_SUCH_FILE
    try:
        return _StillCapture(load_picture(path))
    except SourceError:
        return Failure.UNREADABLE


def _backend() -> int:
    return int(_BACKENDS.get(platform.system(), cv2.CAP_ANY))
