"""The made camera pushes frames of an empty counter, of the phone that is shown to it, and none once it has ended."""

import threading
from collections.abc import Iterator

import pytest

from merchant_app.demo.camera_feed import CameraFeed
from merchant_app.paper.qr_picture import qr_array
from merchant_app.till.scanning.decoder import as_gray, read_codes
from merchant_app.till.scanning.opencv import Picture, cv2
from tests.till.made_sources import CODE

PATIENCE_S = 60


class Eyes:
    """Looks at every frame; says when one with the wanted texts has come."""

    def __init__(self) -> None:
        self._seen = threading.Condition()
        self._texts: list[str] | None = None
        self.frames = 0

    def look(self, frame: Picture) -> None:
        texts = [sighting.text for sighting in read_codes(as_gray(frame))]
        with self._seen:
            self._texts = texts
            self.frames += 1
            self._seen.notify_all()

    def wait_for(self, texts: list[str]) -> bool:
        with self._seen:
            self._texts = None
            return self._seen.wait_for(lambda: self._texts == texts, PATIENCE_S)

    def wait_for_a_frame(self) -> bool:
        with self._seen:
            before = self.frames
            return self._seen.wait_for(lambda: self.frames > before, PATIENCE_S)


@pytest.fixture
def eyes() -> Eyes:
    return Eyes()


@pytest.fixture
def feed(eyes: Eyes) -> Iterator[CameraFeed]:
    running = CameraFeed(eyes.look)
    running.start()
    yield running
    assert running.stop(PATIENCE_S)


def screen() -> Picture:
    """A phone's screen with a code on it, three times as sharp as it is drawn."""
    code = cv2.cvtColor(qr_array(CODE, module_px=12), cv2.COLOR_GRAY2BGR)
    return cv2.copyMakeBorder(code, 500, 400, 60, 60, cv2.BORDER_CONSTANT, value=(240, 240, 240))


def test_a_phone_comes_into_view_and_goes_again(feed: CameraFeed, eyes: Eyes) -> None:
    assert feed.is_empty
    assert eyes.wait_for([])
    feed.show(screen())
    assert not feed.is_empty
    assert eyes.wait_for([CODE])
    feed.take_away()
    assert eyes.wait_for([])


def test_turned_off_it_pushes_nothing_until_it_is_turned_on(feed: CameraFeed, eyes: Eyes) -> None:
    assert eyes.wait_for_a_frame()
    feed.turn(on=False)
    feed.turn(on=True)
    assert eyes.wait_for_a_frame()


def test_stopping_one_that_never_ran_does_no_harm(eyes: Eyes) -> None:
    assert CameraFeed(eyes.look).stop()
    assert eyes.frames == 0
