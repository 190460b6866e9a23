"""Where a thing is held before the made webcam, and what the camera then sees of it."""

from dataclasses import dataclass

import numpy as np

from merchant_app.demo.webcam_flaws import Box, eight_bit
from merchant_app.demo.webcam_things import MODULE_PX, Thing
from merchant_app.till.scanning.opencv import Picture, cv2

_LEAST_PX = 4
"""A thing of which less is in view, at the edge of the frame, is not drawn: its shadow would have no pixel."""


@dataclass(frozen=True, slots=True)
class Pose:
    """How a thing is held: where the code's middle is (fractions of the frame), its size, its turns in degrees."""

    x: float = 0.5
    y: float = 0.5
    pixels_per_module: float = 5.0
    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0


def placed(scene: Picture, thing: Thing, pose: Pose) -> tuple[Picture, Box]:
    """The scene (BGR) with the thing held before it, and the box round the code's place in it."""
    height, width = scene.shape[:2]
    view = _view(thing, pose, (width, height))
    left, top, right, bottom = _bounds(thing, view, (width, height))
    x, y, reach = pose.x * width, pose.y * height, 24 * pose.pixels_per_module
    box = (int(x - reach), int(y - reach), int(x + reach), int(y + reach))
    if right - left < _LEAST_PX or bottom - top < _LEAST_PX:
        return scene, box
    held, cover = _seen(thing, view, pose.pixels_per_module / MODULE_PX, (left, top, right, bottom))
    shadow = cv2.GaussianBlur(cv2.resize(cover, None, fx=0.25, fy=0.25), (0, 0), 5)
    fallen = cv2.warpAffine(shadow, np.array([[4.0, 0, 8], [0, 4.0, 12]]), (right - left, bottom - top))
    shade = 1 - 0.4 * fallen[:, :, None]
    behind = scene[top:bottom, left:right] * shade
    whole = scene.copy()
    whole[top:bottom, left:right] = eight_bit(behind + (held - behind) * cover[:, :, None])
    return whole, box


def _seen(thing: Thing, view: Picture, scale: float, box: Box) -> tuple[Picture, Picture]:
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


def _bounds(thing: Thing, view: Picture, size: tuple[int, int]) -> Box:
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
