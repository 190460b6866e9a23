"""The decoder gives the code's own text, where it is, and how large."""

import numpy as np
import pytest

from merchant_app.paper.qr_picture import Correction, qr_array
from merchant_app.till.scanning.decoder import as_gray, moved, read_codes
from merchant_app.till.scanning.opencv import cv2
from tests.till.made_sources import CODE, OTHER_CODE, frame_with


@pytest.mark.parametrize(
    ("text", "correction"), [(CODE, Correction.Q), (OTHER_CODE, Correction.Q), (CODE, Correction.M)]
)
def test_a_code_is_read_with_its_place_and_size(text: str, correction: Correction) -> None:
    picture = qr_array(text, correction, module_px=6, quiet_modules=4)
    (sighting,) = read_codes(picture)
    side = picture.shape[0] - 8 * 6
    assert sighting.text == text
    assert sighting.pixels_per_module == pytest.approx(6, rel=0.03)
    expected = [(24, 24), (24 + side, 24), (24 + side, 24 + side), (24, 24 + side)]
    assert np.allclose(sighting.corners, expected, atol=3)
    assert not sighting.is_small


def test_a_code_turned_round_names_its_own_top_left_corner_first() -> None:
    picture = cv2.rotate(qr_array(CODE, module_px=6), cv2.ROTATE_180)
    (sighting,) = read_codes(picture)
    x, y = sighting.corners[0]
    assert x > picture.shape[1] / 2
    assert y > picture.shape[0] / 2


def test_a_small_code_is_called_small() -> None:
    (sighting,) = read_codes(qr_array(CODE, module_px=3))
    assert sighting.is_small


def test_two_codes_are_both_seen() -> None:
    assert {sighting.text for sighting in read_codes(as_gray(frame_with(CODE, OTHER_CODE)))} == {CODE, OTHER_CODE}


@pytest.mark.parametrize(
    "text", ["https://pay.example/q?a=1", "微信支付", "line one\r\nline two", "\x01\x10AD:SUB", "0"]
)
def test_any_text_comes_back_as_it_was_written(text: str) -> None:
    assert [sighting.text for sighting in read_codes(qr_array(text))] == [text]


def test_a_light_code_on_a_dark_screen_is_read() -> None:
    assert [sighting.text for sighting in read_codes(255 - qr_array(CODE))] == [CODE]


def test_a_sighting_in_a_part_of_a_frame_is_placed_in_the_frame() -> None:
    (sighting,) = read_codes(qr_array(CODE, module_px=8))
    placed = moved(sighting, scale=0.5, left=100, top=40)
    assert placed.corners[0] == (sighting.corners[0][0] / 2 + 100, sighting.corners[0][1] / 2 + 40)
    assert placed.pixels_per_module == sighting.pixels_per_module / 2
