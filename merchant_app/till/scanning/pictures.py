"""Picture files and their bytes as gray or BGR arrays, whatever their depth, transparency and name."""

from pathlib import Path

import numpy as np

from merchant_app.errors import SourceError
from merchant_app.till.scanning.opencv import Picture, cv2

LARGEST_BYTES = 64 * 1024 * 1024


def load_picture(path: Path) -> Picture:
    """The picture in the file, gray or BGR.

    :raises SourceError: there is no such file, it is too large, or not a picture
    """
    try:
        # Read here and not by OpenCV, which on Windows cannot open a path with Chinese characters.
        if path.stat().st_size > LARGEST_BYTES:
            raise SourceError(str(path), "too large")
        packed = path.read_bytes()
    except OSError as error:
        raise SourceError(str(path), error.strerror or str(error)) from error
    return picture_from_bytes(packed, str(path))


def picture_from_bytes(packed: bytes, name: str) -> Picture:
    """The picture in the bytes of a PNG, JPEG, WebP or the like, gray or BGR; `name` is for the sentence.

    :raises SourceError: it is not a picture, or a damaged one
    """
    try:
        picture = cv2.imdecode(np.frombuffer(packed, np.uint8), cv2.IMREAD_UNCHANGED) if packed else None
    except cv2.error:
        picture = None
    if picture is None:
        raise SourceError(name, "not a picture")
    return _on_white(_eight_bit(picture))


def _eight_bit(picture: Picture) -> Picture:
    if picture.dtype == np.uint8:
        return picture
    if picture.dtype == np.uint16:
        return cv2.convertScaleAbs(picture, alpha=1 / 257)
    return cv2.convertScaleAbs(picture, alpha=255.0)


def _on_white(picture: Picture) -> Picture:
    """Without its transparency: what is clear is taken for paper, or a black code on nothing would be all black."""
    if picture.ndim == 2:
        return picture
    if picture.shape[2] == 2:
        colours, opacity = picture[:, :, :1], picture[:, :, 1:]
    elif picture.shape[2] == 4:
        colours, opacity = picture[:, :, :3], picture[:, :, 3:]
    else:
        return picture
    cover = opacity.astype(np.float32) / 255
    flat: Picture = (colours * cover + 255 * (1 - cover)).astype(np.uint8)
    return flat[:, :, 0] if flat.shape[2] == 1 else flat
