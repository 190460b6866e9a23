"""QR pictures hold digits in numeric mode, at the level asked for, with a margin."""

import io

import numpy as np
import pytest
import zxingcpp
from PIL import Image

from merchant_app.paper.qr_picture import Correction, qr_array, qr_image, qr_modules, qr_png
from tests.till.made_sources import CODE, OTHER_CODE


@pytest.mark.parametrize(
    ("text", "correction", "side"),
    [
        (CODE, Correction.Q, 49),
        (OTHER_CODE, Correction.Q, 49),
        (CODE, Correction.M, 41),
        (OTHER_CODE, Correction.M, 41),
    ],
)
def test_a_coupon_s_digits_take_no_more_modules_than_numeric_mode_needs(
    text: str, correction: Correction, side: int
) -> None:
    modules = qr_modules(text, correction)
    assert (len(modules), len(modules[0])) == (side, side)
    (code,) = zxingcpp.read_barcodes(qr_array(text, correction))
    assert (code.text, code.ec_level) == (text, correction.name)


@pytest.mark.parametrize("text", ["https://shop.example/r/7?c=街头", "微信", "A"])
def test_any_other_text_is_held_too(text: str) -> None:
    (code,) = zxingcpp.read_barcodes(qr_array(text))
    assert code.text == text


def test_the_margin_is_white_and_each_module_has_its_size() -> None:
    picture = qr_array(CODE, module_px=3, quiet_modules=4)
    assert picture.shape == ((49 + 8) * 3, (49 + 8) * 3)
    assert picture[:12].min() == picture[:, -12:].min() == 255
    assert (picture[12:15, 12:15] == 0).all()


def test_image_and_png_show_the_same_picture() -> None:
    picture = qr_array(CODE, module_px=2)
    assert np.array_equal(np.asarray(qr_image(CODE, module_px=2)), picture)
    png = Image.open(io.BytesIO(qr_png(CODE, module_px=2)))
    assert png.format == "PNG"
    assert np.array_equal(np.asarray(png.convert("L")), picture)
