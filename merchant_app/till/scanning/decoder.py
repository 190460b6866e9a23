"""From a gray picture to the QR codes in it: zxing-cpp, and what a reading says about where and how large."""

import math
from dataclasses import replace
from typing import Any

import zxingcpp

from merchant_app.till.scanning.opencv import Picture, cv2
from merchant_app.till.scanning.sightings import Corners, Sighting


def as_gray(picture: Picture) -> Picture:
    """The picture as rows x columns of uint8; colours (BGR) are weighed as the eye does, gray is passed on."""
    if picture.ndim == 2:
        return picture
    return cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)


def read_codes(gray: Picture, *, is_thorough: bool = True) -> list[Sighting]:
    """What zxing-cpp reads in the picture as it is, one sighting a place.

    Thorough is zxing-cpp's own way: smaller versions of the picture and light-on-dark codes too. The text is the
    code's own, control characters and all (`TextMode.Plain`): a pretty-printed one could not be judged.
    """
    codes = zxingcpp.read_barcodes(
        gray,
        formats=_QR_CODES,
        text_mode=zxingcpp.TextMode.Plain,
        try_downscale=is_thorough,
        try_invert=is_thorough,
    )
    return [_sighting(code) for code in codes]


def moved(sighting: Sighting, *, scale: float = 1.0, left: float = 0.0, top: float = 0.0) -> Sighting:
    """A sighting in a part of a frame, or in one of another size, as one in the whole frame: x * scale + left."""
    first, second, third, fourth = ((x * scale + left, y * scale + top) for x, y in sighting.corners)
    return replace(
        sighting, corners=(first, second, third, fourth), pixels_per_module=sighting.pixels_per_module * scale
    )


_QR_CODES = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


def _sighting(code: zxingcpp.Barcode) -> Sighting:
    corners = _corners(code.position)
    around = sum(math.dist(corners[side], corners[side - 1]) for side in range(4))
    return Sighting(code.text, corners, around / 4 / _modules_across(code))


def _modules_across(code: zxingcpp.Barcode) -> int:
    """Modules along one side, from the version the code states; Micro QR codes ("M3") are counted by their own rule."""
    extra: Any = code.extra
    version = str(extra.get("Version", "1"))
    if version.startswith("M") and version[1:].isdigit():
        return 9 + 2 * int(version[1:])
    return 17 + 4 * int(version) if version.isdigit() else 21


def _corners(place: zxingcpp.Position) -> Corners:
    ordered = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    top_left, top_right, bottom_right, bottom_left = ((float(point.x), float(point.y)) for point in ordered)
    return top_left, top_right, bottom_right, bottom_left
