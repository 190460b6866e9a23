"""What travels from a camera to the decoder, and where frames may come from. Loads no OpenCV."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from merchant_app.till.scanning.opencv import Picture

PICTURE_SUFFIXES = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
VIDEO_SUFFIXES = frozenset({".avi", ".mp4", ".mov", ".mkv", ".webm", ".m4v", ".mjpg", ".mjpeg", ".wmv", ".3gp", ".ts"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture from a source, numbered from 1, taken at a monotonic time in seconds."""

    picture: Picture
    number: int
    taken_s: float


@dataclass(frozen=True, slots=True)
class Webcam:
    """A camera of this computer as the system lists it."""

    index: int
    name: str


@dataclass(frozen=True, slots=True)
class WebcamSource:
    """A camera of this computer: by the name it is listed under, or by index; neither means the first one."""

    name: str | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class StreamSource:
    """A network camera, or a phone used as one: motion JPEG over HTTP, or RTSP."""

    url: str


@dataclass(frozen=True, slots=True)
class VideoSource:
    """A video file, played at its own speed and then over."""

    path: Path


@dataclass(frozen=True, slots=True)
class PictureSource:
    """A still picture, held before the decoder until something else is opened."""

    path: Path


@dataclass(frozen=True, slots=True)
class PushedSource:
    """Frames that the program itself pushes in, such as the demo's phone."""

    name: str = "pushed"


Source: TypeAlias = WebcamSource | StreamSource | VideoSource | PictureSource | PushedSource


def source_from_text(text: str) -> Source:
    """The source that a setting or a command line means: an address, a camera's number or name, or a file.

    An empty text is the first camera. A name with a dot, such as "USB2.0 Camera", is a camera unless a file has it.
    """
    wanted = text.strip()
    if urlsplit(wanted).scheme in {"http", "https", "rtsp"}:
        return StreamSource(wanted)
    if wanted.isascii() and wanted.isdigit():
        return WebcamSource(index=int(wanted))
    path = Path(wanted)
    if path.suffix.lower() in PICTURE_SUFFIXES:
        return PictureSource(path)
    if path.suffix.lower() in VIDEO_SUFFIXES or path.is_file():
        return VideoSource(path)
    return WebcamSource(name=wanted or None)


def source_name(source: Source) -> str:
    """What to call the source in a sentence: the camera's name, the address, the file's name."""
    match source:
        case WebcamSource(name=name, index=index):
            return name or ("" if index is None else str(index))
        case StreamSource(url=url):
            return url
        case VideoSource(path=path) | PictureSource(path=path):
            return path.name
        case PushedSource(name=name):
            return name
