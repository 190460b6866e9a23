"""What zxing-cpp alone cannot read, the ladder does; what is not there, nobody reads."""

import numpy as np
import pytest

from merchant_app.demo.webcam_picture import Kind, empty_frame, webcam_frame
from merchant_app.paper.qr_picture import qr_array
from merchant_app.till.scanning.decoder import as_gray, read_codes
from merchant_app.till.scanning.ladder import FRAME_RUNGS, FrameReader, read_still
from merchant_app.till.scanning.opencv import Picture, cv2
from tests.till.made_sources import CODE, frame_with

SEEDS = range(24)


def hard_frames(kind: Kind) -> list[Picture]:
    """Frames of this kind that zxing-cpp does not read as they are."""
    frames = (webcam_frame(CODE, seed, kind=kind, size=(960, 720)) for seed in SEEDS)
    return [frame for frame in frames if not read_codes(as_gray(frame))]


@pytest.fixture(scope="module")
def dim_frames() -> list[Picture]:
    return hard_frames(Kind.DIM)


def test_the_ladder_reads_dim_pictures_that_are_too_hard_as_they_are(dim_frames: list[Picture]) -> None:
    read = [texts for frame in dim_frames if (texts := {sighting.text for sighting in read_still(frame)})]
    assert len(dim_frames) >= 3
    assert len(read) >= len(dim_frames) / 3
    assert all(texts == {CODE} for texts in read)


def test_a_camera_s_frames_are_read_by_one_rung_a_frame(dim_frames: list[Picture]) -> None:
    frame = next(frame for frame in dim_frames if any(rung.read(as_gray(frame)) for rung in FRAME_RUNGS))
    reader = FrameReader()
    readings = [bool(reader.read(frame)) for _ in range(2 * len(FRAME_RUNGS))]
    first = readings.index(True)
    assert first < len(FRAME_RUNGS)
    assert all(readings[first:]), "the rung that reads is kept"


@pytest.mark.parametrize("rung", FRAME_RUNGS, ids=lambda rung: rung.name)
def test_every_rung_keeps_a_code_where_it_is(rung: object) -> None:
    gray = as_gray(frame_with(CODE))
    (plain,) = read_codes(gray)
    (by_rung,) = next(each for each in FRAME_RUNGS if each is rung).read(gray)
    assert by_rung.text == CODE
    assert np.allclose(by_rung.corners, plain.corners, atol=3)


def test_a_small_picture_is_read_enlarged_and_its_code_placed_in_the_small_one() -> None:
    frame = np.full((300, 300), 200, np.uint8)
    code = cv2.resize(qr_array(CODE, module_px=8), None, fx=0.2, fy=0.2, interpolation=cv2.INTER_AREA)
    frame[100 : 100 + code.shape[0], 60 : 60 + code.shape[1]] = code
    frame = cv2.GaussianBlur(frame, (0, 0), 0.6)
    assert read_codes(frame) == [], "too small as it is, or this test shows nothing"
    (sighting,) = read_still(frame)
    assert sighting.text == CODE
    assert sighting.pixels_per_module == pytest.approx(1.6, rel=0.05)
    assert np.allclose(sighting.corners[0], (60 + 4 * 1.6, 100 + 4 * 1.6), atol=2)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_code_held_close_enough_is_read_in_every_light_or_not_at_all(kind: Kind) -> None:
    for seed in range(2):
        assert {sighting.text for sighting in read_still(webcam_frame(CODE, seed, kind=kind))} <= {CODE}


def test_nominal_frames_are_all_read() -> None:
    for seed in range(6):
        assert [s.text for s in FrameReader().read(webcam_frame(CODE, seed))] == [CODE]


def test_nothing_is_read_from_an_empty_counter() -> None:
    reader = FrameReader()
    for seed in range(6):
        frame = empty_frame(seed)
        assert reader.read(frame) == []
        assert read_still(frame) == []


def test_a_black_a_white_and_a_tiny_picture_are_empty() -> None:
    for picture in (
        np.zeros((720, 1280), np.uint8),
        np.full((720, 1280, 3), 255, np.uint8),
        np.zeros((2, 2), np.uint8),
    ):
        assert read_still(picture) == []
        assert FrameReader().read(picture) == []
