"""A camera's day: found, taken, unplugged, silent, over; and back by itself where that can be."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

from merchant_app.till.scanning.camera import RETRY_S, SILENT_READS, Camera
from merchant_app.till.scanning.captures import Capture, Failure, find_webcam, list_webcams, open_source
from merchant_app.till.scanning.decoder import as_gray, read_codes
from merchant_app.till.scanning.frames import PictureSource, Source, StreamSource, VideoSource, Webcam, WebcamSource
from merchant_app.till.scanning.opencv import Picture
from merchant_app.till.scanning.states import CameraCondition, CameraState
from tests.till.made_sources import CODE, frame_with, mjpeg_camera, write_picture, write_video

C = CameraCondition


class FakeWebcam:
    """A device that can be plugged in and out, held by another program, or frozen."""

    frames_a_second: float | None = None
    is_endless = True

    def __init__(self) -> None:
        self.failure: Failure | None = None
        self.is_frozen = False
        self.is_open = False

    def open(self, source: Source) -> Capture | Failure:
        if self.failure is not None:
            return self.failure
        assert not self.is_open, "a device can be opened once"
        self.is_open = True
        return self

    def read(self) -> Picture | None:
        return None if self.failure is not None or self.is_frozen else np.zeros((4, 4, 3), np.uint8)

    def close(self) -> None:
        self.is_open = False


def conditions(camera: Camera, *, until: CameraCondition, now_s: float = 0.0) -> list[CameraCondition]:
    """The conditions that follow one another, stepping whenever a step is due, up to the wanted one."""
    seen: list[CameraCondition] = []
    for _ in range(100):
        step = camera.step(now_s)
        now_s = max(now_s, step.due_s)
        if not seen or seen[-1] is not step.state.condition:
            seen.append(step.state.condition)
        if step.state.condition is until:
            return seen
    raise AssertionError(f"never {until}: {seen}")


def test_a_camera_is_opened_and_gives_frames() -> None:
    camera = Camera(WebcamSource(name="Eye"), FakeWebcam().open)
    assert camera.state == CameraState(C.OPENING, "Eye")
    assert conditions(camera, until=C.LIVE) == [C.OPENING, C.LIVE]
    assert camera.state.is_live


@pytest.mark.parametrize("failure", [Failure.NO_CAMERA, Failure.TAKEN, Failure.UNREACHABLE])
def test_a_camera_that_is_not_there_yet_is_found_when_it_is(failure: Failure) -> None:
    webcam = FakeWebcam()
    webcam.failure = failure
    camera = Camera(WebcamSource(), webcam.open)
    step = camera.step(10.0)
    assert step.state.condition is CameraCondition(failure.value)
    assert step.state.comes_back
    webcam.failure = None
    assert conditions(camera, until=C.LIVE)[-1] is C.LIVE


def test_attempts_grow_rarer_and_are_quick_again_after_the_camera_was_live() -> None:
    webcam = FakeWebcam()
    webcam.failure = Failure.NO_CAMERA
    camera = Camera(WebcamSource(), webcam.open)
    waits = [camera.step(0.0).due_s for _ in range(len(RETRY_S) + 2)]
    assert waits == [*RETRY_S, RETRY_S[-1], RETRY_S[-1]]
    webcam.failure = None
    conditions(camera, until=C.LIVE)
    webcam.failure = Failure.NO_CAMERA
    conditions(camera, until=C.SILENT)
    assert camera.step(0.0).due_s <= RETRY_S[1]


def test_a_camera_unplugged_in_the_middle_of_the_day_is_said_to_be_and_comes_back() -> None:
    webcam = FakeWebcam()
    camera = Camera(WebcamSource(), webcam.open)
    conditions(camera, until=C.LIVE)
    webcam.failure = Failure.NO_CAMERA
    assert conditions(camera, until=C.UNPLUGGED)[-1] is C.UNPLUGGED
    assert not webcam.is_open
    webcam.failure = None
    assert conditions(camera, until=C.LIVE)[-1] is C.LIVE


def test_one_dropped_frame_is_nothing_and_several_are_silence() -> None:
    webcam = FakeWebcam()
    camera = Camera(WebcamSource(), webcam.open)
    conditions(camera, until=C.LIVE)
    webcam.is_frozen = True
    told = [camera.step(1.0).state.condition for _ in range(SILENT_READS)]
    assert told == [C.LIVE] * (SILENT_READS - 1) + [C.SILENT]


def test_a_video_is_played_at_its_own_speed_and_ends(tmp_path: Path) -> None:
    frames = [frame_with(CODE) for _ in range(6)]
    camera = Camera(VideoSource(write_video(tmp_path / "clip.avi", frames, frames_a_second=20)))
    steps = [camera.step(100.0)]
    while steps[-1].state.condition is not C.ENDED:
        steps.append(camera.step(steps[-1].due_s))
    pictures = [step.picture for step in steps if step.picture is not None]
    assert len(pictures) == 6
    assert [s.text for s in read_codes(as_gray(pictures[-1]))] == [CODE]
    assert [round(step.due_s - 100, 3) for step in steps if step.picture is not None] == [
        0.05,
        0.1,
        0.15,
        0.2,
        0.25,
        0.3,
    ]
    assert camera.state == CameraState(C.ENDED, "clip.avi")
    assert not camera.state.comes_back


def test_a_picture_is_held_before_the_camera(tmp_path: Path) -> None:
    camera = Camera(PictureSource(write_picture(tmp_path / "coupon.png", frame_with(CODE))))
    conditions(camera, until=C.LIVE)
    for _ in range(3):
        picture = camera.step(0.0).picture
        assert picture is not None
        assert [s.text for s in read_codes(as_gray(picture))] == [CODE]


@pytest.mark.parametrize("kind", [VideoSource, PictureSource])
def test_a_file_that_is_not_there_or_no_video_is_said_so_for_good(tmp_path: Path, kind: type) -> None:
    broken = tmp_path / "broken.avi"
    broken.write_bytes(b"RIFF and nothing more")
    for path, condition in ((tmp_path / "missing.avi", C.NO_SUCH_FILE), (broken, C.UNREADABLE)):
        camera = Camera(kind(path))
        assert camera.step(0.0).state.condition is condition
        assert camera.step(9.0).state.condition is condition
        assert not camera.state.comes_back


def test_a_network_stream_is_a_camera() -> None:
    with mjpeg_camera(frame_with(CODE)) as phone:
        camera = Camera(StreamSource(phone.url))
        conditions(camera, until=C.LIVE)
        picture = camera.step(0.0).picture
        assert picture is not None
        assert [s.text for s in read_codes(as_gray(picture))] == [CODE]
        camera.close()


def test_a_stream_that_nobody_serves_is_unreachable_and_tried_again() -> None:
    with mjpeg_camera(frame_with()) as phone:
        url = phone.url
    step = Camera(StreamSource(url)).step(0.0)
    assert step.state == CameraState(C.UNREACHABLE, url)
    assert step.state.comes_back


def test_a_stream_that_hangs_is_silent_and_not_waited_for() -> None:
    with mjpeg_camera(frame_with(CODE)) as phone:
        camera = Camera(StreamSource(phone.url), partial(open_source, answers_within_ms=200))
        conditions(camera, until=C.LIVE)
        phone.fall_silent()
        assert conditions(camera, until=C.SILENT) == [C.LIVE, C.SILENT]


def test_a_computer_without_a_camera_says_so() -> None:
    if list_webcams():
        pytest.skip("this computer has a camera")
    assert open_source(WebcamSource()) is Failure.NO_CAMERA
    assert open_source(WebcamSource(index=0)) is Failure.NO_CAMERA


def test_a_camera_is_meant_by_name_or_number_and_else_the_first() -> None:
    listed = [Webcam(0, "Front"), Webcam(2, "Counter")]
    assert find_webcam(WebcamSource(name="Counter"), listed) == listed[1]
    assert find_webcam(WebcamSource(index=2), listed) == listed[1]
    assert find_webcam(WebcamSource(), listed) == listed[0]
    assert find_webcam(WebcamSource(name="Gone"), listed) is None
    assert find_webcam(WebcamSource(), []) is None
