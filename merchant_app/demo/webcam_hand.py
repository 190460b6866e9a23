"""A made webcam that runs: the counter, and a phone or slip that a hand brings into view, holds and takes away."""

from dataclasses import dataclass, replace

import numpy as np

from merchant_app.demo.webcam_counter import counter, light_falling
from merchant_app.demo.webcam_picture import HD, Exposure, taken
from merchant_app.demo.webcam_pose import Pose, placed
from merchant_app.demo.webcam_things import MODULE_PX, Thing, paper, phone, phone_showing
from merchant_app.till.scanning.opencv import Picture

COMING_S = 0.6
GOING_S = 0.45
_SPARE_PX = 64


@dataclass(frozen=True, slots=True)
class _Held:
    """What is in the hand, since when, and since when it is being taken away (monotonic seconds)."""

    thing: Thing
    pixels_per_module: float
    since_s: float
    going_since_s: float | None = None


class CounterCamera:
    """What the shop's camera would deliver; every call says what time it is, so that it needs no clock."""

    def __init__(self, seed: int = 0, *, size: tuple[int, int] = HD, exposure: Exposure | None = None) -> None:
        self._rng = np.random.default_rng(seed)
        self._size = size
        self._exposure = exposure or Exposure()
        self._background = counter(self._rng, size, is_tidy=True)
        self._light = light_falling(self._rng, size)
        # Drawing fresh noise is the dearest part of a frame; a window that wanders over a larger piece looks the same.
        self._grain = self._rng.standard_normal((size[1] + _SPARE_PX, size[0] + _SPARE_PX), dtype=np.float32)
        self._held: _Held | None = None

    def show_code(self, text: str, now_s: float, *, is_paper: bool = False, pixels_per_module: float = 5.0) -> None:
        """Brings a drawn phone, or a slip, with this code before the camera."""
        thing = paper(text, self._rng) if is_paper else phone(text, self._rng)
        self._held = _Held(thing, pixels_per_module, now_s)

    def show_screen(self, screen: Picture, now_s: float, *, height: float = 0.9) -> None:
        """Brings a phone with this picture (BGR) on its screen, so high as a share of the frame, before the camera."""
        scale = height * self._size[1] / screen.shape[0]
        self._held = _Held(phone_showing(screen), scale * MODULE_PX, now_s)

    def take_away(self, now_s: float) -> None:
        """The hand goes; nothing happens if there is none."""
        if self._held is not None and self._held.going_since_s is None:
            self._held = replace(self._held, going_since_s=now_s)

    def frame(self, now_s: float) -> Picture:
        """The frame (BGR) at this time."""
        scene = self._background
        if self._held is not None:
            scene, _ = placed(scene, self._held.thing, _pose(self._held, now_s))
        left, top = (int(offset) for offset in self._rng.integers(0, _SPARE_PX, 2))
        width, height = self._size
        grain = np.ascontiguousarray(self._grain[top : top + height, left : left + width])
        return taken(scene, self._exposure, self._rng, light=self._light, grain=grain)


def _pose(held: _Held, now_s: float) -> Pose:
    """Up from below the frame, swaying a little while held, and down again."""
    inside = _eased((now_s - held.since_s) / COMING_S)
    if held.going_since_s is not None:
        inside = min(inside, 1 - _eased((now_s - held.going_since_s) / GOING_S))
    sway = now_s - held.since_s
    return Pose(
        x=0.5 + 0.012 * float(np.sin(sway * 1.9)),
        y=0.5 + 1.1 * (1 - inside) + 0.01 * float(np.sin(sway * 2.7 + 1)),
        pixels_per_module=held.pixels_per_module * (1 + 0.02 * float(np.sin(sway * 1.3))),
        yaw=6 * float(np.sin(sway * 1.1)) + 18 * (1 - inside),
        pitch=5 * float(np.sin(sway * 0.8 + 2)) - 20 * (1 - inside),
        roll=4 * float(np.sin(sway * 0.9)) - 16 * (1 - inside),
    )


def _eased(share: float) -> float:
    """From 0 to 1, slow at both ends."""
    inside = min(1.0, max(0.0, share))
    return inside * inside * (3 - 2 * inside)
