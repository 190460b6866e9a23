"""What is held before the made webcam: a phone showing a code, or a sheet of paper with one, drawn flat."""

from dataclasses import dataclass

import numpy as np

from merchant_app.demo.webcam_flaws import eight_bit
from merchant_app.paper.qr_picture import Correction, qr_array
from merchant_app.till.scanning.opencv import Picture, cv2

MODULE_PX = 10
"""Size of a code's module on a thing's flat drawing."""

_ACCENTS = ((66, 66, 214), (44, 120, 240), (96, 150, 46), (160, 90, 40), (150, 60, 120))

Generator = np.random.Generator


@dataclass(frozen=True, slots=True)
class Thing:
    """A flat drawing (BGR), its outline (gray, 255 inside) and where the middle of the code is, in its own pixels."""

    drawing: Picture
    outline: Picture
    code_middle: tuple[float, float]


def phone(text: str, rng: Generator, *, correction: Correction = Correction.Q) -> Thing:
    """A phone whose screen shows a coupon page: a coloured head, the code on white, its number and a button."""
    code = cv2.cvtColor(qr_array(text, correction, module_px=MODULE_PX), cv2.COLOR_GRAY2BGR)
    side = code.shape[0]
    width, height = side + 2 * 50, int(side * 2.15)
    screen = np.full((height, width, 3), 246, np.uint8)
    accent = _ACCENTS[int(rng.integers(len(_ACCENTS)))]
    head = int(height * 0.2)
    cv2.rectangle(screen, (0, 0), (width, head), accent, cv2.FILLED)
    _lines_of_text(screen, (40, int(head * 0.35)), rng, rows=2, colour=(250, 250, 250), scale=1.5)
    top = head + int(height * 0.04)
    screen[top : top + side, 50 : 50 + side] = code
    _lines_of_text(screen, (70, top + side + 60), rng, rows=2, colour=(70, 70, 70), scale=1.1)
    button = (int(width * 0.15), height - 150), (int(width * 0.85), height - 60)
    cv2.rectangle(screen, button[0], button[1], accent, cv2.FILLED)
    bezel = 26
    thing = phone_showing(screen)
    return Thing(thing.drawing, thing.outline, (bezel + 50 + side / 2, bezel + top + side / 2))


def phone_showing(screen: Picture) -> Thing:
    """A phone with a given picture (BGR) on its screen, the middle of the screen taken for the code's."""
    bezel = 26
    drawing = cv2.copyMakeBorder(screen, bezel, bezel, bezel, bezel, cv2.BORDER_CONSTANT, value=(28, 26, 24))
    height, width = drawing.shape[:2]
    return Thing(drawing, _rounded(width, height, 60), (width / 2, height / 2))


def paper(text: str, rng: Generator, *, correction: Correction = Correction.Q, is_creased: bool = False) -> Thing:
    """A printed slip: off-white, a title, the code, the small print; folded twice if creased."""
    code = qr_array(text, correction, module_px=MODULE_PX)
    side = code.shape[0]
    width, height = side + 2 * 70, int(side * 1.6)
    ink = rng.uniform(0.05, 0.25)
    sheet = np.full((height, width, 3), 255, np.uint8)
    _lines_of_text(sheet, (60, 80), rng, rows=2, colour=(30, 30, 30), scale=1.8)
    top = int(height * 0.2)
    sheet[top : top + side, 70 : 70 + side] = code[:, :, None]
    _lines_of_text(sheet, (60, top + side + 60), rng, rows=4, colour=(60, 60, 60), scale=1.0)
    tint = np.array([rng.uniform(0.84, 0.94), rng.uniform(0.9, 0.97), rng.uniform(0.93, 1.0)])
    printed = (255 * ink + sheet.astype(np.float32) * (1 - ink)) * tint
    outline = np.full((height, width), 255, np.uint8)
    if is_creased:
        printed, outline = _crease(printed.astype(np.float32), outline, rng)
    return Thing(eight_bit(printed), outline, (70 + side / 2, top + side / 2))


def _crease(printed: Picture, outline: Picture, rng: Generator) -> tuple[Picture, Picture]:
    """Bends the sheet along a few folds: each shifts what lies beyond it and is lit from one side."""
    height, width = outline.shape
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    shift_x, shift_y, light = (np.zeros((height, width), np.float32) for _ in range(3))
    for _ in range(int(rng.integers(2, 5))):
        angle = rng.uniform(0, np.pi)
        through = rng.uniform(0.25, 0.75, 2) * (width, height)
        away = (columns - through[0]) * np.cos(angle) + (rows - through[1]) * np.sin(angle)
        bump = np.exp(-np.abs(away) / rng.uniform(25, 90)).astype(np.float32)
        shift_x += bump * rng.uniform(-9, 9)
        shift_y += bump * rng.uniform(-9, 9)
        light += bump * np.sign(away).astype(np.float32) * rng.uniform(0.08, 0.3)
    bent_x, bent_y = columns + shift_x, rows + shift_y
    bent = cv2.remap(printed, bent_x, bent_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    outline = cv2.remap(outline, bent_x, bent_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT)
    return bent * (1 - light[:, :, None]), outline


def _rounded(width: int, height: int, radius: int) -> Picture:
    outline = np.zeros((height, width), np.uint8)
    cv2.rectangle(outline, (radius, 0), (width - radius, height), 255, cv2.FILLED)
    cv2.rectangle(outline, (0, radius), (width, height - radius), 255, cv2.FILLED)
    for x in (radius, width - radius - 1):
        for y in (radius, height - radius - 1):
            cv2.circle(outline, (x, y), radius, 255, cv2.FILLED)
    return outline


def _lines_of_text(
    drawing: Picture, start: tuple[int, int], rng: Generator, *, rows: int, colour: tuple[int, int, int], scale: float
) -> None:
    """Words that need not be read, only look printed."""
    x, y = start
    for _ in range(rows):
        words = " ".join("".join(map(str, rng.integers(0, 10, rng.integers(2, 6)))) for _ in range(3))
        cv2.putText(
            drawing, words, (x, y), cv2.FONT_HERSHEY_SIMPLEX, scale, colour, max(2, round(scale * 2)), cv2.LINE_AA
        )
        y += round(48 * scale)
