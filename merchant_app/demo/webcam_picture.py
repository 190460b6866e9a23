"""Made webcam frames: a phone or a slip with a code as a shop's camera sees it, the same for the same seed."""

import enum
from dataclasses import dataclass, replace

import numpy as np

from merchant_app.demo import webcam_flaws as flaws
from merchant_app.demo.webcam_counter import counter, light_falling
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
class Pose:
    """How a thing is held: where the code's middle is (fractions of the frame), its size, its turns in degrees."""

    x: float = 0.5
    y: float = 0.5
    pixels_per_module: float = 5.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0


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
    pose = pose_for(kind, rng)
    if pixels_per_module is not None:
        pose = replace(pose, pixels_per_module=pixels_per_module)
    thing = _thing(shown, kind, rng, correction)
    if kind is Kind.SCREEN:
        thing = replace(thing, drawing=flaws.screen_grid(thing.drawing, pose.pixels_per_module / MODULE_PX, rng))
    scene, box = placed(counter(rng, size), thing, pose)
    if kind is Kind.GLARE:
        for _ in range(int(rng.integers(1, 4))):
            scene = flaws.glare(scene, box, rng, strength=float(rng.uniform(0.5, 1.0)))
    return taken(scene, exposure_for(kind, rng), rng)


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


def placed(scene: Picture, thing: Thing, pose: Pose) -> tuple[Picture, flaws.Box]:
    """The scene (BGR) with the thing held before it, and the box round the code's place in it."""
    height, width = scene.shape[:2]
    view = _view(thing, pose, (width, height))
    left, top, right, bottom = _bounds(thing, view, (width, height))
    x, y, reach = pose.x * width, pose.y * height, 24 * pose.pixels_per_module
    box = (int(x - reach), int(y - reach), int(x + reach), int(y + reach))
    if right <= left or bottom <= top:
        return scene, box
    held, cover = _seen(thing, view, pose.pixels_per_module / MODULE_PX, (left, top, right, bottom))
    shadow = cv2.GaussianBlur(cv2.resize(cover, None, fx=0.25, fy=0.25), (0, 0), 5)
    fallen = cv2.warpAffine(shadow, np.array([[4.0, 0, 8], [0, 4.0, 12]]), (right - left, bottom - top))
    shade = 1 - 0.4 * fallen[:, :, None]
    behind = scene[top:bottom, left:right] * shade
    whole = scene.copy()
    whole[top:bottom, left:right] = flaws.eight_bit(behind + (held - behind) * cover[:, :, None])
    return whole, box


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


def _thing(shown: str | Picture, kind: Kind, rng: Generator, correction: Correction) -> Thing:
    if not isinstance(shown, str):
        return phone_showing(shown)
    if kind is Kind.CREASED:
        return paper(shown, rng, correction=correction, is_creased=True)
    if kind in {Kind.GLARE, Kind.SCREEN} or rng.random() < 0.6:
        return phone(shown, rng, correction=correction)
    return paper(shown, rng, correction=correction)


def _seen(thing: Thing, view: Picture, scale: float, box: flaws.Box) -> tuple[Picture, Picture]:
    """The thing within the box of the frame (BGR), and how much of each pixel it covers (float32, 0 to 1).

    Drawn at twice the size and averaged down, as a sensor's pixel averages the light that falls on it.
    """
    left, top, right, bottom = box
    drawing, outline, shrunk = thing.drawing, thing.outline, min(1.0, 2 * scale)
    if shrunk < 1:
        drawing = cv2.resize(drawing, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
        outline = cv2.resize(outline, None, fx=shrunk, fy=shrunk, interpolation=cv2.INTER_AREA)
    zoom = np.array([[2.0, 0, -2 * left], [0, 2.0, -2 * top], [0, 0, 1]])
    matrix = zoom @ view @ np.diag([1 / shrunk, 1 / shrunk, 1.0])
    size = (right - left, bottom - top)
    twice = (size[0] * 2, size[1] * 2)
    held = cv2.resize(cv2.warpPerspective(drawing, matrix, twice), size, interpolation=cv2.INTER_AREA)
    cover = cv2.resize(cv2.warpPerspective(outline, matrix, twice), size, interpolation=cv2.INTER_AREA)
    return held, cover / np.float32(255)


def _corners(thing: Thing) -> Picture:
    height, width = thing.outline.shape
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


def _bounds(thing: Thing, view: Picture, size: tuple[int, int]) -> flaws.Box:
    """The part of the frame that the thing and its shadow may touch."""
    seen = cv2.perspectiveTransform(_corners(thing)[None], view)[0]
    left, top = np.maximum(np.floor(seen.min(axis=0)) - 8, 0)
    right, bottom = np.minimum(np.ceil(seen.max(axis=0)) + 40, size)
    return int(left), int(top), int(right), int(bottom)


def _view(thing: Thing, pose: Pose, size: tuple[int, int]) -> Picture:
    """The homography from the thing's drawing to the frame: turned about the code's middle, seen by a pinhole."""
    corners = _corners(thing)
    flat = np.column_stack([(corners - thing.code_middle) * (pose.pixels_per_module / MODULE_PX), np.zeros(4)])
    yaw, pitch, roll = np.radians([pose.yaw, pose.pitch, pose.roll])
    turned = flat @ cv2.Rodrigues(np.array([0, 0, roll]))[0].T
    turned = turned @ cv2.Rodrigues(np.array([pitch, 0, 0.0]))[0].T @ cv2.Rodrigues(np.array([0, yaw, 0.0]))[0].T
    focal = 1.1 * size[0]
    seen = turned[:, :2] * (focal / (focal + turned[:, 2:])) + np.array([pose.x * size[0], pose.y * size[1]])
    return cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
