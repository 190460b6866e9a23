"""The one place that imports OpenCV, and undoes what the import does to Qt."""

import os
from typing import Any, TypeAlias

# NumPy itself comes first: a thread that asks for a part of it does not wait while another thread loads the whole,
# and then each sees the other's half-loaded modules, so that both fail.
import numpy as np  # noqa: F401
import numpy.typing as npt

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_BEFORE = {name: os.environ.get(name) for name in _QT_VARIABLES}

# Read by OpenCV once, at import. Windows opens a webcam in tens of seconds with its hardware transforms on;
# an unplugged Linux webcam blocks a read for the ten seconds of the default; FFmpeg writes to the console.
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
# A small file may claim to be a picture of any size; the largest photographs of phones have 108 million pixels.
os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(120_000_000))

import cv2  # noqa: E402
from cv2_enumerate_cameras import enumerate_cameras  # noqa: E402  (loads OpenCV itself, so it stands here)

# The wheel points Qt at plug-ins of its own, older Qt; with these set, PySide6 does not start.
for _name, _value in _BEFORE.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

Picture: TypeAlias = npt.NDArray[Any]
"""Rows x columns of uint8 (gray), or rows x columns x 3 (blue, green, red): what OpenCV calls an image."""

__all__ = ["Picture", "cv2", "enumerate_cameras"]
