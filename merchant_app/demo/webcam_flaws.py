"""What a webcam and a shop's lamps do to a picture: blur, shake, glare, screen grids, noise, low light, compression."""

import numpy as np

from merchant_app.till.scanning.opencv import Picture, cv2

Generator = np.random.Generator
Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""


def eight_bit(levels: Picture) -> Picture:
    """Gray levels of any kind of number as uint8, cut off at black and white."""
    cut: Picture = np.clip(levels, 0, 255).astype(np.uint8)
    return cut


def out_of_focus(picture: Picture, radius_px: float) -> Picture:
    """Blurred by a disc, as a lens does that focuses elsewhere; the radius may be a fraction of a pixel."""
    reach = int(np.ceil(radius_px)) + 1
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius_px + 0.5 - np.hypot(rows, columns), 0, 1).astype(np.float32)
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def shaken(picture: Picture, length_px: float, angle: float) -> Picture:
    """Blurred along a line, as a hand does that moves during the exposure; angle in radians."""
    side = int(np.ceil(length_px)) | 1
    kernel = np.zeros((side, side), np.float32)
    middle, half = side // 2, length_px / 2
    start = (round(middle - np.cos(angle) * half), round(middle - np.sin(angle) * half))
    end = (round(middle + np.cos(angle) * half), round(middle + np.sin(angle) * half))
    cv2.line(kernel, start, end, 1.0, 1, cv2.LINE_AA)
    return cv2.filter2D(picture, -1, kernel / kernel.sum())


def glare(picture: Picture, box: Box, rng: Generator, *, strength: float) -> Picture:
    """A lamp mirrored in the glass over `box`: burnt out in the middle, milky around; strength 0 to 1."""
    left, top, right, bottom = box
    width, height = right - left, bottom - top
    shape = np.zeros(picture.shape[:2], np.float32)
    centre = (int(left + width * rng.uniform(0.15, 0.85)), int(top + height * rng.uniform(0.15, 0.85)))
    axes = (max(2, int(width * rng.uniform(0.08, 0.35))), max(2, int(height * rng.uniform(0.05, 0.2))))
    cv2.ellipse(shape, centre, axes, float(rng.uniform(0, 180)), 0, 360, 1.0, cv2.FILLED)
    soft = cv2.GaussianBlur(shape, (0, 0), max(2.0, width * 0.03))
    haze = cv2.GaussianBlur(cv2.resize(shape, None, fx=0.25, fy=0.25), (0, 0), max(2.0, width * 0.06))
    haze = cv2.resize(haze, picture.shape[1::-1])
    added = (soft * 330 + haze * 130) * strength
    return eight_bit(picture + added[:, :, None])


def screen_grid(drawing: Picture, scale: float, rng: Generator) -> Picture:
    """A drawing as a lit screen shows it: pixel rows and colour stripes whose beat with the camera's gives moire.

    `scale` is how many camera pixels one pixel of the drawing becomes.
    """
    height, width = drawing.shape[:2]
    period = rng.uniform(0.85, 2.4) / scale
    depth = rng.uniform(0.3, 0.9)
    down = 1 - depth * (0.5 + 0.5 * np.cos(np.arange(height, dtype=np.float32) * 2 * np.pi / period))[:, None, None]
    phase = np.arange(width, dtype=np.float32)[:, None] * 2 * np.pi / period + np.array([0, 2.1, 4.2], np.float32)
    across = 1 - depth * (0.5 + 0.5 * np.cos(phase))[None, :, :]
    return eight_bit(drawing * down * across * 1.5)


def sensed(picture: Picture, grain: Picture, *, exposure: float, noise: float) -> Picture:
    """What the sensor makes of the light: scaled by `exposure`, with shot noise and `noise` gray levels of its own.

    Each of the sensor's sites sees one colour (a Bayer mosaic); the rest is filled in from its neighbours, which costs
    sharpness. `grain` is noise of spread 1 (float32), one number for each site.
    """
    sites = np.empty(picture.shape[:2], np.uint8)
    for row, column, colour in ((0, 0, 2), (0, 1, 1), (1, 0, 1), (1, 1, 0)):
        sites[row::2, column::2] = picture[row::2, column::2, colour]
    levels = np.arange(256, dtype=np.float32) * exposure
    spread = np.sqrt(levels * (noise / 20) + noise * noise)
    noisy = cv2.multiply(grain, cv2.LUT(sites, spread))
    return cv2.cvtColor(cv2.add(cv2.LUT(sites, levels), noisy, dtype=cv2.CV_8U), cv2.COLOR_BayerBG2BGR)


def compressed(picture: Picture, quality: int) -> Picture:
    """The frame after a webcam's motion JPEG."""
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    unpacked = cv2.imdecode(packed, cv2.IMREAD_COLOR)
    assert unpacked is not None
    return unpacked
