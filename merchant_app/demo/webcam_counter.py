"""The shop behind what is shown to the made webcam: a counter top with clutter, lit unevenly."""

import numpy as np

from merchant_app.demo.webcam_flaws import eight_bit
from merchant_app.till.scanning.opencv import Picture, cv2

_OAK = np.array([0.62, 0.8, 1.0])

Generator = np.random.Generator


def counter(rng: Generator, size: tuple[int, int], *, is_tidy: bool = False) -> Picture:
    """A counter top as the camera sees it with nothing shown; size is (width, height); tidy ones are bare wood."""
    surface = _wood if is_tidy else (_wood, _cloth, _stone, _tiles, _slats)[int(rng.integers(5))]
    gray = surface(rng, size)
    tint = rng.uniform(0.72, 1.0) + rng.uniform(-0.1, 0.1, 3)
    picture = eight_bit(gray[:, :, None] * (_OAK if is_tidy else tint))
    for _ in range(0 if is_tidy else int(rng.integers(0, 9))):
        _clutter(picture, rng)
    return picture


def light_falling(rng: Generator, size: tuple[int, int]) -> Picture:
    """How much light reaches each pixel, as float32 rows x columns x 3 about 1."""
    width, height = size
    across = np.linspace(-1, 1, width, dtype=np.float32)[None, :]
    down = np.linspace(-1, 1, height, dtype=np.float32)[:, None]
    angle, slope = rng.uniform(0, 2 * np.pi), rng.uniform(0.0, 0.3)
    sideways = slope * (across * np.cos(angle) + down * np.sin(angle))
    light: Picture = 1 + sideways - rng.uniform(0, 0.15) * (across**2 + down**2)
    return cv2.merge([light.astype(np.float32)] * 3)


def _noise(rng: Generator, cells: tuple[int, int], size: tuple[int, int]) -> Picture:
    """Smooth noise about 0 with so many cells across and down."""
    coarse = rng.standard_normal((max(2, cells[1]), max(2, cells[0]))).astype(np.float32)
    return cv2.resize(coarse, size, interpolation=cv2.INTER_CUBIC)


def _wood(rng: Generator, size: tuple[int, int]) -> Picture:
    width, height = size
    grain = _noise(rng, (width // 160, height // 5), size) * 14 + _noise(rng, (width // 40, height // 2), size) * 8
    surface: Picture = rng.uniform(90, 180) + grain
    return surface


def _cloth(rng: Generator, size: tuple[int, int]) -> Picture:
    width, height = size
    period = rng.uniform(4, 14)
    across = np.sin(np.arange(width, dtype=np.float32) * 2 * np.pi / period)[None, :]
    down = np.sin(np.arange(height, dtype=np.float32) * 2 * np.pi / period)[:, None]
    surface: Picture = rng.uniform(80, 190) + 18 * across * down + _noise(rng, (9, 6), size) * 12
    return surface


def _stone(rng: Generator, size: tuple[int, int]) -> Picture:
    width, height = size
    specks = _noise(rng, (width // 3, height // 3), size)
    flecks = np.where(specks > 1.2, 45, 0) - np.where(specks < -1.2, 45, 0)
    surface: Picture = rng.uniform(70, 200) + _noise(rng, (12, 8), size) * 10 + flecks
    return surface


def _tiles(rng: Generator, size: tuple[int, int]) -> Picture:
    width, height = size
    side = int(rng.integers(28, 150))
    rows, columns = np.mgrid[0:height, 0:width]
    checks = ((rows // side + columns // side) % 2).astype(np.float32) * rng.uniform(0, 110)
    joints = ((rows % side < 3) | (columns % side < 3)).astype(np.float32) * 45
    surface: Picture = rng.uniform(60, 140) + checks - joints + _noise(rng, (30, 20), size) * 5
    return surface


def _slats(rng: Generator, size: tuple[int, int]) -> Picture:
    width, _ = size
    stripe = int(rng.integers(8, 60))
    columns = (np.arange(width) // stripe % 2).astype(np.float32)[None, :]
    surface: Picture = rng.uniform(50, 120) + columns * rng.uniform(30, 120) + _noise(rng, (20, 12), size) * 6
    return surface


def _clutter(picture: Picture, rng: Generator) -> None:
    """Something that lies about: a box, a cup, a receipt with a bar code on it."""
    height, width = picture.shape[:2]
    x, y = int(rng.integers(0, width)), int(rng.integers(0, height))
    colour = tuple(int(level) for level in np.clip(rng.integers(30, 220) + rng.integers(-40, 40, 3), 0, 255))
    kind = int(rng.integers(3))
    if kind == 0:
        corner = (x + int(rng.integers(40, 300)), y + int(rng.integers(40, 260)))
        cv2.rectangle(picture, (x, y), corner, colour, cv2.FILLED)
        cv2.rectangle(picture, (x, y), corner, (20, 20, 20), 2)
    elif kind == 1:
        for radius, shade in ((int(rng.integers(40, 120)), colour), (30, (240, 240, 240)), (12, (30, 30, 30))):
            cv2.circle(picture, (x, y), radius, shade, cv2.FILLED, cv2.LINE_AA)
    else:
        _receipt(picture, (x, y), rng)


def _receipt(picture: Picture, corner: tuple[int, int], rng: Generator) -> None:
    x, y = corner
    cv2.rectangle(picture, (x, y), (x + 180, y + 260), (236, 240, 242), cv2.FILLED)
    for row in range(6):
        words = "".join(map(str, rng.integers(0, 10, 9)))
        cv2.putText(
            picture, words, (x + 10, y + 24 + 24 * row), cv2.FONT_HERSHEY_PLAIN, 1.3, (60, 60, 60), 1, cv2.LINE_AA
        )
    bar = x + 12
    while bar < x + 160:
        thickness = int(rng.integers(1, 5))
        cv2.rectangle(picture, (bar, y + 175), (bar + thickness, y + 240), (20, 20, 20), cv2.FILLED)
        bar += thickness + int(rng.integers(2, 6))
