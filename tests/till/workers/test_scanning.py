"""Scanning beside the screen, with real videos, streams and pictures: signals out, nothing blocked."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication, QThread
from pytestqt.qtbot import QtBot

from merchant_app.paper.qr_picture import qr_png
from merchant_app.till.scanning.captures import Capture, Failure, list_webcams
from merchant_app.till.scanning.frames import (
    PictureSource,
    PushedSource,
    Source,
    StreamSource,
    VideoSource,
    WebcamSource,
)
from merchant_app.till.scanning.opencv import Picture
from merchant_app.till.scanning.sightings import Sighting
from merchant_app.till.scanning.states import CameraCondition, CameraState, PictureTrouble
from merchant_app.till.workers.scanning import Scanning
from tests.till.made_sources import CODE, OTHER_CODE, frame_with, mjpeg_camera, write_picture, write_video

LONG_MS = 20_000
C = CameraCondition


class Heard:
    """Everything that a Scanning has said, and on which thread."""

    def __init__(self, scanning: Scanning) -> None:
        self.codes: list[str] = []
        self.offers: list[list[str]] = []
        self.states: list[CameraState] = []
        self.frames: list[tuple[Picture, list[Sighting]]] = []
        self.troubles: list[tuple[str, PictureTrouble]] = []
        self.threads: set[QThread] = set()
        scanning.code_read.connect(self._noting(self.codes.append))
        scanning.codes_offered.connect(self._noting(self.offers.append))
        scanning.camera_changed.connect(self._noting(self.states.append))
        scanning.frame_shown.connect(self._noting(lambda *shown: self.frames.append(shown)))
        scanning.picture_unread.connect(self._noting(lambda *trouble: self.troubles.append(trouble)))

    @property
    def conditions(self) -> list[CameraCondition]:
        return [state.condition for state in self.states]

    def _noting(self, note: Callable[..., Any]) -> Callable[..., None]:
        def noted(*what: Any) -> None:
            self.threads.add(QThread.currentThread())
            note(*what)

        return noted


@pytest.fixture
def scanning(qtbot: QtBot) -> Iterator[Scanning]:
    scanning = Scanning()
    yield scanning
    assert scanning.stop(within_s=15)


@pytest.fixture
def heard(scanning: Scanning) -> Heard:
    return Heard(scanning)


def wait(qtbot: QtBot, condition: Callable[[], bool]) -> None:
    qtbot.waitUntil(condition, timeout=LONG_MS)


def test_a_video_is_scanned_once_and_said_to_be_over(
    qtbot: QtBot, scanning: Scanning, heard: Heard, tmp_path: Path
) -> None:
    frames = [frame_with()] * 3 + [frame_with(CODE)] * 12
    scanning.open(VideoSource(write_video(tmp_path / "counter.avi", frames)))
    wait(qtbot, lambda: C.ENDED in heard.conditions and bool(heard.codes))
    assert heard.codes == [CODE]
    assert heard.conditions == [C.OPENING, C.LIVE, C.ENDED]
    assert heard.threads == {QThread.currentThread()}


def test_a_network_camera_shows_its_frames_with_the_codes_in_them(
    qtbot: QtBot, scanning: Scanning, heard: Heard
) -> None:
    with mjpeg_camera(frame_with()) as phone:
        scanning.open(StreamSource(phone.url))
        wait(qtbot, lambda: len(heard.frames) >= 2)
        assert heard.codes == []
        phone.show(frame_with(CODE))
        wait(qtbot, lambda: heard.codes == [CODE])
        wait(qtbot, lambda: bool(heard.frames[-1][1]))
        picture, sightings = heard.frames[-1]
        assert picture.shape == (480, 640, 3)
        assert [sighting.text for sighting in sightings] == [CODE]
        phone.show(frame_with(CODE, OTHER_CODE))
        wait(qtbot, lambda: bool(heard.offers))
        assert set(heard.offers[0]) == {CODE, OTHER_CODE}
        assert heard.codes == [CODE]
        scanning.choose(OTHER_CODE)
        wait(qtbot, lambda: heard.codes == [CODE, OTHER_CODE])
        scanning.close()
        wait(qtbot, lambda: heard.conditions[-1] is C.CLOSED)


def test_a_network_camera_that_goes_away_is_missed_and_found_again(
    qtbot: QtBot, scanning: Scanning, heard: Heard
) -> None:
    with mjpeg_camera(frame_with()) as phone:
        scanning.open(StreamSource(phone.url))
        wait(qtbot, lambda: C.LIVE in heard.conditions)
    wait(qtbot, lambda: heard.conditions[-1] is C.UNREACHABLE)
    assert heard.states[-1].comes_back


def test_a_webcam_that_another_program_holds_is_taken_over_when_it_is_free(qtbot: QtBot, tmp_path: Path) -> None:
    free = threading.Event()
    still = PictureSource(write_picture(tmp_path / "coupon.png", frame_with(CODE)))

    def open_capture(source: Source) -> Capture | Failure:
        from merchant_app.till.scanning.captures import open_source

        return open_source(still) if free.is_set() else Failure.TAKEN

    scanning = Scanning(open_capture=open_capture)
    heard = Heard(scanning)
    scanning.open(WebcamSource(name="Counter"))
    wait(qtbot, lambda: C.TAKEN in heard.conditions)
    assert heard.states[-1].name == "Counter"
    free.set()
    wait(qtbot, lambda: heard.codes == [CODE])
    assert heard.conditions == [C.OPENING, C.TAKEN, C.LIVE]
    assert scanning.stop(within_s=15)


def test_frames_that_the_program_pushes_are_seen_like_a_camera_s(
    qtbot: QtBot, scanning: Scanning, heard: Heard
) -> None:
    scanning.push(frame_with(OTHER_CODE))
    scanning.open(PushedSource("phone"))
    scanning.push(frame_with(CODE))
    wait(qtbot, lambda: heard.codes == [CODE])
    assert heard.states == [CameraState(C.LIVE, "phone")]
    scanning.push(frame_with(CODE))
    wait(qtbot, lambda: len(heard.frames) == 2)
    assert heard.codes == [CODE]
    scanning.scan_again()
    scanning.push(frame_with(CODE))
    wait(qtbot, lambda: heard.codes == [CODE, CODE])


def test_the_newest_frame_wins_and_none_are_queued(qtbot: QtBot, scanning: Scanning, heard: Heard) -> None:
    scanning.open(PushedSource())
    for _ in range(200):
        scanning.push(frame_with(OTHER_CODE))
    last = frame_with(CODE)
    scanning.push(last)
    wait(qtbot, lambda: any(picture is last for picture, _ in heard.frames))
    assert heard.frames[-1][0] is last
    assert len(heard.frames) < 100


def test_a_dropped_picture_is_a_scan_each_time_it_is_dropped(
    qtbot: QtBot, scanning: Scanning, heard: Heard, tmp_path: Path
) -> None:
    path = write_picture(tmp_path / "coupon.png", frame_with(CODE))
    for times in (1, 2):
        scanning.read_picture(path)
        wait(qtbot, lambda times=times: heard.codes == [CODE] * times)  # type: ignore[misc]
    scanning.read_picture(qr_png(OTHER_CODE), "pasted")
    wait(qtbot, lambda: heard.codes[-1] == OTHER_CODE)


def test_two_codes_in_a_dropped_picture_are_offered(qtbot: QtBot, scanning: Scanning, heard: Heard) -> None:
    scanning.read_picture(frame_with(CODE, OTHER_CODE), "sheet")
    wait(qtbot, lambda: len(heard.offers) == 1)
    assert set(heard.offers[0]) == {CODE, OTHER_CODE}
    assert heard.codes == []
    scanning.choose(CODE)
    wait(qtbot, lambda: heard.codes == [CODE])


def test_a_picture_without_a_code_and_one_that_is_none_are_told_apart(
    qtbot: QtBot, scanning: Scanning, heard: Heard, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"not a picture")
    scanning.read_picture(broken)
    wait(qtbot, lambda: heard.troubles == [("broken.png", PictureTrouble.UNREADABLE)])
    scanning.read_picture(frame_with(), "counter")
    wait(qtbot, lambda: heard.troubles[1:] == [("counter", PictureTrouble.NO_CODE)])


def test_another_source_takes_over_and_the_old_one_is_heard_no_more(
    qtbot: QtBot, scanning: Scanning, heard: Heard, tmp_path: Path
) -> None:
    scanning.open(PictureSource(write_picture(tmp_path / "first.png", frame_with(CODE))))
    wait(qtbot, lambda: heard.codes == [CODE])
    scanning.open(PictureSource(write_picture(tmp_path / "second.png", frame_with(OTHER_CODE))))
    wait(qtbot, lambda: heard.codes == [CODE, OTHER_CODE])
    assert [state.name for state in heard.states if state.condition is C.LIVE] == ["first.png", "second.png"]


def test_an_offer_ends_with_the_camera_that_made_it(qtbot: QtBot, scanning: Scanning, heard: Heard) -> None:
    scanning.open(PushedSource("phone"))
    scanning.push(frame_with(CODE, OTHER_CODE))
    wait(qtbot, lambda: len(heard.offers) == 1)
    scanning.open(PushedSource("another phone"))
    wait(qtbot, lambda: heard.offers[1:] == [[]])
    scanning.choose(CODE)
    scanning.push(frame_with(OTHER_CODE))
    wait(qtbot, lambda: heard.codes == [OTHER_CODE])


def test_the_computer_s_cameras_are_listed(qtbot: QtBot, scanning: Scanning) -> None:
    with qtbot.waitSignal(scanning.cameras_found, timeout=LONG_MS) as found:
        scanning.find_cameras()
    assert found.args == [list_webcams()]


def test_a_device_that_never_answers_does_not_keep_the_till_from_closing(qtbot: QtBot) -> None:
    release = threading.Event()
    asked = threading.Event()

    def open_capture(source: Source) -> Capture | Failure:
        asked.set()
        release.wait()
        return Failure.NO_CAMERA

    scanning = Scanning(open_capture=open_capture)
    heard = Heard(scanning)
    scanning.open(WebcamSource())
    wait(qtbot, asked.is_set)
    assert scanning.stop(within_s=0.05) is False
    release.set()
    said = list(heard.states)
    qtbot.waitUntil(lambda: not any(thread.name == "camera" for thread in threading.enumerate()), timeout=LONG_MS)
    assert heard.states == said


def test_after_it_has_stopped_nothing_is_opened_or_said(qtbot: QtBot, tmp_path: Path) -> None:
    scanning = Scanning()
    heard = Heard(scanning)
    assert scanning.stop()
    scanning.open(PushedSource())
    scanning.push(frame_with(CODE))
    QCoreApplication.processEvents()
    assert (heard.states, heard.codes, heard.frames) == ([], [], [])
