"""Between two threads only the newest thing counts."""

import threading

from merchant_app.till.scanning.newest import Newest


def test_what_is_put_replaces_what_was_not_taken() -> None:
    place: Newest[int] = Newest()
    assert [place.put(1), place.put(2), place.put(3)] == [True, False, False]
    assert [place.take(0), place.take(0)] == [3, None]
    assert place.put(4)


def test_who_waits_is_woken_by_the_next_thing() -> None:
    place: Newest[str] = Newest()
    taken: list[str | None] = []
    waiting = threading.Thread(target=lambda: taken.append(place.take()))
    waiting.start()
    place.put("frame")
    waiting.join(20)
    assert taken == ["frame"]


def test_closing_wakes_who_waits_and_takes_nothing_more() -> None:
    place: Newest[str] = Newest()
    taken: list[str | None] = []
    waiting = threading.Thread(target=lambda: taken.append(place.take()))
    waiting.start()
    place.close()
    waiting.join(20)
    assert taken == [None]
    place.put("too late")
    assert place.take(0) is None
