"""What is to be said of a camera, and of a picture that gave nothing. Loads no OpenCV."""

import enum
from dataclasses import dataclass


class CameraCondition(enum.Enum):
    """What is to be said of the camera."""

    CLOSED = "closed"
    OPENING = "opening"
    LIVE = "live"
    NO_CAMERA = "no_camera"
    TAKEN = "taken"
    UNPLUGGED = "unplugged"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    ENDED = "ended"
    NO_SUCH_FILE = "no_such_file"
    UNREADABLE = "unreadable"


FOR_GOOD = frozenset({CameraCondition.ENDED, CameraCondition.NO_SUCH_FILE, CameraCondition.UNREADABLE})
"""Conditions that another attempt would not change."""


@dataclass(frozen=True, slots=True)
class CameraState:
    """A camera's condition and its name (empty for the first camera of the computer)."""

    condition: CameraCondition
    name: str = ""

    @property
    def is_live(self) -> bool:
        return self.condition is CameraCondition.LIVE

    @property
    def comes_back(self) -> bool:
        """Whether it is being tried again by itself, so that nobody need do anything but plug it in."""
        return not self.is_live and self.condition not in FOR_GOOD and self.condition is not CameraCondition.CLOSED


class PictureTrouble(enum.Enum):
    """Why a picture that was dropped or pasted gave no code."""

    UNREADABLE = "unreadable"
    NO_CODE = "no_code"
