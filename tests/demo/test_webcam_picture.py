"""Made webcam frames are the same for the same seed, and look like what they say."""

import numpy as np
import pytest

from merchant_app.demo.webcam_hand import COMING_S, GOING_S, CounterCamera
from merchant_app.demo.webcam_picture import FULL_HD, HD, Kind, empty_frame, webcam_frame
from merchant_app.paper.qr_picture import qr_array
from merchant_app.till.scanning.decoder import as_gray, read_codes
from merchant_app.till.scanning.opencv import Picture, cv2
from tests.till.made_sources import CODE


def texts(frame: Picture) -> list[str]:
    return [sighting.text for sighting in read_codes(as_gray(frame))]


@pytest.mark.parametrize("kind", list(Kind))
def test_the_same_seed_makes_the_same_frame_and_another_another(kind: Kind) -> None:
    frames = [webcam_frame(CODE, seed, kind=kind, size=(640, 480)) for seed in (7, 7, 8)]
    assert np.array_equal(frames[0], frames[1])
    assert not np.array_equal(frames[0], frames[2])


@pytest.mark.parametrize("size", [HD, FULL_HD])
def test_a_frame_has_the_size_and_the_code_that_were_asked_for(size: tuple[int, int]) -> None:
    frame = webcam_frame(CODE, 1, size=size, pixels_per_module=5.0)
    assert frame.shape == (size[1], size[0], 3)
    assert frame.dtype == np.uint8
    (sighting,) = read_codes(as_gray(frame))
    assert sighting.text == CODE
    assert sighting.pixels_per_module == pytest.approx(5.0, rel=0.1)


def test_a_phone_s_own_screen_can_be_shown() -> None:
    screen = np.full((900, 600, 3), 255, np.uint8)
    code = qr_array(CODE, module_px=9)
    screen[150 : 150 + code.shape[0], 40 : 40 + code.shape[1]] = cv2.cvtColor(code, cv2.COLOR_GRAY2BGR)
    assert texts(webcam_frame(screen, 2, pixels_per_module=7.0)) == [CODE]


def test_dim_frames_are_dark_and_empty_ones_hold_no_code() -> None:
    assert webcam_frame(CODE, 5, kind=Kind.DIM).mean() < webcam_frame(CODE, 5).mean() / 3
    assert texts(empty_frame(5)) == []


def test_a_hand_brings_a_phone_into_view_holds_it_and_takes_it_away() -> None:
    camera = CounterCamera(3)
    assert texts(camera.frame(0.0)) == []
    camera.show_code(CODE, 10.0)
    assert texts(camera.frame(10.0)) == []
    for later_s in (COMING_S, 2.0, 5.0):
        assert texts(camera.frame(10.0 + later_s)) == [CODE]
    camera.take_away(20.0)
    assert texts(camera.frame(20.0 + GOING_S)) == []


def test_a_phone_s_screen_is_shown_as_high_as_wanted() -> None:
    camera = CounterCamera(3)
    screen = np.full((900, 600, 3), 255, np.uint8)
    code = qr_array(CODE, module_px=9)
    screen[150 : 150 + code.shape[0], 40 : 40 + code.shape[1]] = cv2.cvtColor(code, cv2.COLOR_GRAY2BGR)
    camera.show_screen(screen, 0.0, height=0.8)
    assert texts(camera.frame(COMING_S)) == [CODE]
