"""Made webcam frames: a phone or a slip with a code as a shop's camera sees it, the same for the same seed."""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from merchant_app.demo import webcam_flaws as flaws
from merchant_app.demo.webcam_counter import counter, light_falling
from merchant_app.demo.webcam_pose import Pose, placed
from merchant_app.demo.webcam_things import MODULE_PX, Thing, paper, phone, phone_showing
from merchant_app.paper.qr_picture import Correction
from merchant_app.till.scanning.opencv import Picture, cv2

Generator = np.random.Generator
HD = (1280, 720)
FULL_HD = (1920, 1080)


class Kind(enum.Enum):
    """What is hard about a frame."""

    NOMINAL = "nominal"
    FAR = "far"
    BLURRED = "blurred"
    SHAKEN = "shaken"
    TILTED = "tilted"
    DIM = "dim"
    GLARE = "glare"
    SCREEN = "screen"
    CREASED = "creased"


@dataclass(frozen=True, slots=True)
class Exposure:
    """How the picture is taken: lens and hand (pixels), light, sensor noise (gray levels), JPEG quality."""

    defocus_px: float = 0.6
    shake_px: float = 0.0
    light: float = 1.0
    noise: float = 2.5
    quality: int = 85


def webcam_frame(
    shown: str | Picture,
    seed: int | Generator = 0,
    *,
    kind: Kind = Kind.NOMINAL,
    size: tuple[int, int] = HD,
    pixels_per_module: float | None = None,
    correction: Correction = Correction.Q,
) -> Picture:
    """A frame (BGR, size is width x height) of a code, or of a phone with the given screen, made difficult by `kind`.

    Without `pixels_per_module` the distance is drawn from what the kind allows.
    """
    rng = np.random.default_rng(seed)
    return next(webcam_frames(shown, rng, kind=kind, size=size, near=pixels_per_module, correction=correction))


def webcam_frames(
    shown: str | Picture,
    rng: Generator,
    *,
    kind: Kind = Kind.NOMINAL,
    size: tuple[int, int] = HD,
    near: float | None = None,
    correction: Correction = Correction.Q,
) -> Iterator[Picture]:
    """The frames that follow one another while the same thing is held before the camera by a hand that is not still.

    `near` is how many pixels a module is wide; None draws what the kind allows.
    """
    pose = pose_for(kind, rng)
    pose = pose if near is None else replace(pose, pixels_per_module=near)
    thing, background = _thing(shown, kind, rng, correction), counter(rng, size)
    if kind is Kind.SCREEN:
        thing = replace(thing, drawing=flaws.screen_grid(thing.drawing, pose.pixels_per_module / MODULE_PX, rng))
    exposure, light, lamps = exposure_for(kind, rng), light_falling(rng, size), int(rng.integers(1 << 32))
    while True:
        scene, box = placed(background, thing, pose)
        if kind is Kind.GLARE:
            scene = _under_lamps(scene, box, np.random.default_rng(lamps))
        yield taken(scene, exposure, rng, light=light)
        pose = replace(
            pose,
            x=pose.x + rng.normal(0, 0.002),
            y=pose.y + rng.normal(0, 0.002),
            yaw=pose.yaw + rng.normal(0, 0.7),
            pitch=pose.pitch + rng.normal(0, 0.7),
            roll=pose.roll + rng.normal(0, 0.7),
        )


def empty_frame(seed: int | Generator = 0, *, size: tuple[int, int] = HD) -> Picture:
    """A frame (BGR) of the counter alone: clutter, bar codes and checks, but no QR code."""
    rng = np.random.default_rng(seed)
    kind = list(Kind)[int(rng.integers(len(Kind)))]
    return taken(counter(rng, size), exposure_for(kind, rng), rng)


def pose_for(kind: Kind, rng: Generator) -> Pose:
    """A pose of this kind, drawn at random: far is small, tilted is turned away, others as a customer holds a phone."""
    turn, roll = (35.0, 60.0) if kind is Kind.TILTED else (0.0, 14.0), rng.uniform(-25, 25)
    yaw, pitch = (rng.uniform(*turn) * rng.choice((-1, 1)) * share for share in rng.permutation([1.0, 0.4]))
    near = rng.uniform(1.9, 3.6) if kind is Kind.FAR else rng.uniform(4.2, 6.5)
    return Pose(rng.uniform(0.35, 0.65), rng.uniform(0.4, 0.6), near, yaw, pitch, float(roll))


def exposure_for(kind: Kind, rng: Generator) -> Exposure:
    """How a frame of this kind is taken, drawn at random."""
    usual = Exposure(
        rng.uniform(0.3, 0.9), 0.0, rng.uniform(0.75, 1.1), rng.uniform(1.5, 4.0), int(rng.integers(70, 93))
    )
    match kind:
        case Kind.BLURRED:
            return replace(usual, defocus_px=rng.uniform(2.0, 4.5))
        case Kind.SHAKEN:
            return replace(usual, shake_px=rng.uniform(4.0, 11.0))
        case Kind.DIM:
            return replace(usual, light=rng.uniform(0.04, 0.16), noise=rng.uniform(3.0, 8.0))
        case _:
            return usual


def taken(
    scene: Picture, exposure: Exposure, rng: Generator, *, light: Picture | None = None, grain: Picture | None = None
) -> Picture:
    """The scene as the webcam delivers it, under `light` (of `light_falling`) and with `grain`, drawn if not given."""
    size = (scene.shape[1], scene.shape[0])
    falling = light_falling(rng, size) if light is None else light
    picture = cv2.multiply(scene, falling, dtype=cv2.CV_8U)
    if exposure.defocus_px > 0:
        picture = flaws.out_of_focus(picture, exposure.defocus_px)
    if exposure.shake_px > 0:
        picture = flaws.shaken(picture, exposure.shake_px, float(rng.uniform(0, np.pi)))
    noisy = rng.standard_normal(scene.shape[:2], dtype=np.float32) if grain is None else grain
    picture = flaws.sensed(picture, noisy, exposure=exposure.light, noise=exposure.noise)
    return flaws.compressed(picture, exposure.quality)


def _under_lamps(scene: Picture, box: flaws.Box, rng: Generator) -> Picture:
    for _ in range(int(rng.integers(1, 4))):
        scene = flaws.glare(scene, box, rng, strength=float(rng.uniform(0.5, 1.0)))
    return scene


def _thing(shown: str | Picture, kind: Kind, rng: Generator, correction: Correction) -> Thing:
    if not isinstance(shown, str):
        return phone_showing(shown)
    if kind is Kind.CREASED:
        return paper(shown, rng, correction=correction, is_creased=True)
    if kind in {Kind.GLARE, Kind.SCREEN} or rng.random() < 0.6:
        return phone(shown, rng, correction=correction)
    return paper(shown, rng, correction=correction)
