"""The made webcam frames that decoding is measured on: one seed to tune on, another that was kept out of tuning."""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import islice

import numpy as np

from merchant_app.demo.webcam_picture import FULL_HD, HD, Kind, empty_frame, webcam_frames
from merchant_app.till.scanning.decoder import as_gray
from merchant_app.till.scanning.opencv import Picture

TUNED_SEED, KEPT_OUT_SEED = 1, 20220628
SHOTS = 4
"""Frames that follow one another of each scene: an eighth of a second of a webcam."""
_SCENES_A_KIND = {HD: 16, FULL_HD: 8}
_EMPTY = {HD: 60, FULL_HD: 20}
_DIGITS = (215, 239)


@dataclass(frozen=True, slots=True)
class Scene:
    """One code held before the camera: what it says, what is hard about it, and its frames (gray)."""

    kind: Kind
    text: str
    frames: list[Picture]


def scenes(seed: int, size: tuple[int, int]) -> Iterator[Scene]:
    """As many scenes of each kind; the same for the same seed."""
    with ProcessPoolExecutor() as processes:
        for number in range(_SCENES_A_KIND[size]):
            wanted = [(kind, number) for kind in Kind]
            # All of them are made before one is handed out, so that nothing else runs while decoding is timed.
            yield from list(processes.map(partial(_scene, seed, size), wanted))


def empty_frames(seed: int, size: tuple[int, int]) -> Iterator[Picture]:
    """Frames (gray) of counters without a code."""
    with ProcessPoolExecutor() as processes:
        yield from list(processes.map(partial(_empty, seed, size), range(_EMPTY[size])))


def _scene(seed: int, size: tuple[int, int], wanted: tuple[Kind, int]) -> Scene:
    kind, number = wanted
    rng = np.random.default_rng([seed, list(Kind).index(kind), number])
    text = "".join(map(str, rng.integers(0, 10, _DIGITS[number % 2])))
    frames = webcam_frames(text, rng, kind=kind, size=size)
    return Scene(kind, text, [as_gray(frame) for frame in islice(frames, SHOTS)])


def _empty(seed: int, size: tuple[int, int], number: int) -> Picture:
    return as_gray(empty_frame(np.random.default_rng([seed, 1000, number]), size=size))
