"""What the decoder says it saw: a text, where it is in the frame, and how large. Loads no OpenCV."""

from dataclasses import dataclass
from typing import TypeAlias

Corners: TypeAlias = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""Top left, top right, bottom right, bottom left as the code itself stands, in pixels (x, y) of the whole frame."""

MOVE_CLOSER_BELOW = 4.0
"""Pixels a module from which on every code was read; with fewer, the customer is better asked to come closer."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One code seen in one frame."""

    text: str
    corners: Corners
    pixels_per_module: float

    @property
    def is_small(self) -> bool:
        """Whether the code is so far away that the next one may not be read."""
        return self.pixels_per_module < MOVE_CLOSER_BELOW
