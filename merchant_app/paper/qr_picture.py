"""QR pictures of coupon codes and links, as modules, PIL image, PNG bytes or array."""

import enum
import io
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode
from qrcode.util import MODE_NUMBER, QRData

QUIET_MODULES = 4
"""Width of the white margin that the standard asks for."""


class Correction(enum.Enum):
    """How much of the code may be lost: Q on screens and sheets (glare), M where print must be small."""

    Q = ERROR_CORRECT_Q
    M = ERROR_CORRECT_M


@lru_cache(maxsize=256)
def qr_modules(text: str, correction: Correction = Correction.Q) -> tuple[tuple[bool, ...], ...]:
    """The code's modules row by row, True where dark, without the quiet zone.

    Digits alone are packed in numeric mode: a coupon code gives 49 x 49 modules at level Q, 41 x 41 at level M.
    """
    code = QRCode(error_correction=correction.value, border=0)
    if text.isascii() and text.isdigit():
        code.add_data(QRData(text, mode=MODE_NUMBER), optimize=0)
    else:
        code.add_data(text)
    code.make(fit=True)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())


def qr_array(
    text: str, correction: Correction = Correction.Q, *, module_px: int = 8, quiet_modules: int = QUIET_MODULES
) -> npt.NDArray[np.uint8]:
    """Gray square array, 0 dark and 255 light, `module_px` pixels a module, quiet zone included."""
    light = ~np.array(qr_modules(text, correction), dtype=bool)
    framed = np.pad(light, quiet_modules, constant_values=True)
    return framed.repeat(module_px, axis=0).repeat(module_px, axis=1).astype(np.uint8) * np.uint8(255)


def qr_image(
    text: str, correction: Correction = Correction.Q, *, module_px: int = 8, quiet_modules: int = QUIET_MODULES
) -> Image.Image:
    """The code as a gray PIL image, quiet zone included."""
    return Image.fromarray(qr_array(text, correction, module_px=module_px, quiet_modules=quiet_modules))


def qr_png(
    text: str, correction: Correction = Correction.Q, *, module_px: int = 8, quiet_modules: int = QUIET_MODULES
) -> bytes:
    """The code as the bytes of a black-and-white PNG, quiet zone included."""
    picture = qr_image(text, correction, module_px=module_px, quiet_modules=quiet_modules).convert("1")
    stream = io.BytesIO()
    picture.save(stream, format="PNG", optimize=True)
    return stream.getvalue()
