"""What is tried when a plain picture gives nothing: OpenCV makes the code easier, zxing-cpp reads it again."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from merchant_app.till.scanning.decoder import as_gray, moved, read_codes
from merchant_app.till.scanning.opencv import Picture, cv2
from merchant_app.till.scanning.sightings import Sighting

_BRIGHTER = np.round(255 * (np.arange(256) / 255) ** 0.45).astype(np.uint8)
_LARGE_PIXELS, _HUGE_PIXELS = 1_500_000, 16_000_000


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to make a code easier to read; `scale` is how much larger the prepared picture is."""

    name: str
    prepare: Callable[[Picture], Picture]
    scale: float = 1.0
    is_thorough: bool = False

    def read(self, gray: Picture) -> list[Sighting]:
        """The codes in the prepared picture, placed in the original."""
        sightings = read_codes(self.prepare(gray), is_thorough=self.is_thorough)
        return [moved(sighting, scale=1 / self.scale) for sighting in sightings]


def evened(gray: Picture) -> Picture:
    """Black and white by each pixel's own surroundings: for dim, shadowed and glaring pictures."""
    return _threshold(gray, blur=1.0, around=25, below=1)


def sharpened(gray: Picture) -> Picture:
    """Edges lifted out of a soft picture: for far and blurred codes."""
    return cv2.addWeighted(gray, 4, cv2.GaussianBlur(gray, (0, 0), 1.5), -3, 0)


def finely_evened(gray: Picture) -> Picture:
    """As `evened`, over smaller surroundings: for shaken and blurred codes and the beat of a screen."""
    return _threshold(gray, blur=0.8, around=15, below=2)


def _threshold(gray: Picture, *, blur: float, around: int, below: float) -> Picture:
    smooth = cv2.GaussianBlur(gray, (0, 0), blur)
    return cv2.adaptiveThreshold(smooth, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, around, below)


def _stretched(gray: Picture) -> Picture:
    darkest, lightest = np.percentile(gray[::8, ::8], (1, 99))
    reach = 255 / max(lightest - darkest, 1)
    return cv2.convertScaleAbs(cv2.GaussianBlur(gray, (0, 0), 1.0), alpha=reach, beta=-darkest * reach)


def _resized(scale: float) -> Callable[[Picture], Picture]:
    shrinks = scale < 1
    method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    return lambda gray: cv2.resize(gray, None, fx=scale, fy=scale, interpolation=method)


# For frames one rung is tried a frame, so the three are chosen to differ and to be cheap; measured on made frames.
FRAME_RUNGS = (Rung("evened", evened), Rung("sharpened", sharpened, is_thorough=True), Rung("fine", finely_evened))

_TWICE = Rung("twice as large", _resized(2.0), scale=2.0, is_thorough=True)
_HALF_AGAIN = Rung("half as large again", _resized(1.5), scale=1.5, is_thorough=True)
_HALVED = Rung("half as large", _resized(0.5), scale=0.5, is_thorough=True)
_STILL_RUNGS = (
    Rung("brighter", lambda gray: cv2.LUT(gray, _BRIGHTER), is_thorough=True),
    Rung("stretched", _stretched, is_thorough=True),
    Rung("evened, inverted too", evened, is_thorough=True),
)


def read_still(picture: Picture) -> list[Sighting]:
    """The codes in a picture that will not come again: as it is, then each rung until one reads something."""
    gray = as_gray(picture)
    found = read_codes(gray)
    if not found and gray.size > _HUGE_PIXELS:
        return [moved(sighting, scale=2.0) for sighting in read_still(_resized(0.5)(gray))]
    resizing = (_HALVED,) if gray.size > _LARGE_PIXELS else (_TWICE, _HALF_AGAIN)
    for rung in (*FRAME_RUNGS, *_STILL_RUNGS, *resizing):
        if found:
            break
        found = rung.read(gray)
    return found


class FrameReader:
    """Reads the frames of one camera: each as it is and, if that gives nothing, by one rung of the ladder in turn.

    The rung that read last is kept for as long as it reads, so that a code in hard light does not flicker.
    """

    def __init__(self) -> None:
        self._turn = 0

    def read(self, picture: Picture) -> list[Sighting]:
        """The codes in this frame (gray or BGR), possibly none."""
        gray = as_gray(picture)
        found = read_codes(gray)
        if found:
            return found
        found = FRAME_RUNGS[self._turn].read(gray)
        if not found:
            self._turn = (self._turn + 1) % len(FRAME_RUNGS)
        return found
