"""The first start, a start that cannot be, and the pages of an open till."""

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from merchant_app.server.services import enrolling
from merchant_app.till.app import Choices, build_till
from merchant_app.till.parts import Outside, open_ledger
from merchant_app.till.scanning.frames import PictureSource, PushedSource
from merchant_app.till.ui.cashier.keypad import Keypad
from tests.journeys.world import HERE, World
from tests.till.ui.counter import PATIENCE_MS, Counter, picture_of

QUIET = Choices(source=PushedSource(), language="en", is_dark=False)


def test_a_new_till_is_enrolled_by_the_invitation_shown_to_its_camera(
    qtbot: QtBot, qapp: QApplication, world: World, tmp_path: Path
) -> None:
    invited = enrolling.invite(world.central, HERE, world.server.url)
    assert invited is not None
    outside = Outside(wall=world.clock.wall, monotonic=world.clock.monotonic)
    till = build_till(qapp, tmp_path / "new", outside=outside, choices=QUIET)
    with qtbot.waitSignal(till.enrolment_wanted, timeout=PATIENCE_MS):
        till.show()
    assert till.window.page_name == "setup"
    with qtbot.waitSignal(till.opened, timeout=PATIENCE_MS):
        till.scanner.push(picture_of(invited[0].as_qr_text()))
    assert till.window.page_name == "cashier"
    qtbot.waitUntil(lambda: till.screens.strip.accessibleName().startswith("Online"), timeout=PATIENCE_MS)
    assert till.close()


def test_a_wrong_invitation_says_what_to_do_and_can_be_corrected(
    qtbot: QtBot, qapp: QApplication, world: World, tmp_path: Path
) -> None:
    till = build_till(qapp, tmp_path / "new", outside=Outside(wall=world.clock.wall), choices=QUIET)
    with qtbot.waitSignal(till.enrolment_wanted, timeout=PATIENCE_MS):
        till.show()
    setup = till.screens.setup
    setup.server.setText(world.server.url)
    setup.take_code("ABCD-EFGH-2345-ABCD-EFGH")
    qtbot.waitUntil(lambda: setup.trouble is not None, timeout=PATIENCE_MS)
    assert till.window.page_name == "setup"
    assert setup.code.isEnabled()
    assert till.close()


def test_plain_http_to_another_computer_is_used_only_where_somebody_ticks_that_it_may(
    qtbot: QtBot, qapp: QApplication, world: World, tmp_path: Path
) -> None:
    till = build_till(qapp, tmp_path / "new", outside=Outside(wall=world.clock.wall), choices=QUIET)
    with qtbot.waitSignal(till.enrolment_wanted, timeout=PATIENCE_MS):
        till.show()
    setup = till.screens.setup
    assert setup.plain_http.isHidden()
    setup.server.setText("http://localhost:9")
    assert setup.plain_http.isHidden()
    setup.server.setText("http://coupons.invalid")
    assert not setup.plain_http.isHidden()
    setup.take_code("ABCD-EFGH-2345-ABCD-EFGH")
    qtbot.waitUntil(lambda: setup.trouble is not None, timeout=PATIENCE_MS)
    assert "https://" in setup.trouble.remedy
    setup.plain_http.setChecked(True)
    with qtbot.waitSignal(setup.enrolment_wanted, timeout=PATIENCE_MS) as wanted:
        setup.take_code("ABCD-EFGH-2345-ABCD-EFGH")
    assert wanted.args == ["http://coupons.invalid", "ABCD-EFGH-2345-ABCD-EFGH", "Till 1", True]
    qtbot.waitUntil(lambda: setup.trouble is not None and "https://" not in setup.trouble.remedy, timeout=PATIENCE_MS)
    assert till.close()


def test_a_till_that_is_open_already_is_said_and_opens_once_the_other_is_closed(
    qtbot: QtBot, qapp: QApplication, world: World
) -> None:
    hand = world.new_till()
    outside = Outside(wall=hand.clock.wall, monotonic=hand.clock.monotonic, session=hand.plug.session())
    till = build_till(qapp, hand.data_dir, outside=outside, choices=QUIET)
    with qtbot.waitSignal(till.unopened, timeout=PATIENCE_MS):
        till.show()
    said = " ".join(label.text() for label in till.window.page("closed").findChildren(QLabel))
    assert "already open" in said

    hand.parts.close()
    with qtbot.waitSignal(till.opened, timeout=PATIENCE_MS):
        till.window.page("closed").findChild(QPushButton).click()  # type: ignore[union-attr]
    assert till.close()


def test_a_coupon_held_to_the_camera_before_the_till_is_open_is_answered(
    qtbot: QtBot, qapp: QApplication, world: World, tmp_path: Path
) -> None:
    picture = tmp_path / "early.png"
    picture.write_bytes(cv2.imencode(".png", picture_of(world.paper()))[1].tobytes())
    hand = world.new_till()
    hand.parts.close()
    outside = Outside(wall=hand.clock.wall, monotonic=hand.clock.monotonic, session=hand.plug.session())
    till = build_till(
        qapp, hand.data_dir, outside=outside, choices=Choices(PictureSource(picture), "en", is_dark=False)
    )
    with qtbot.waitSignal(till.opened, timeout=PATIENCE_MS):
        till.show()
    qtbot.waitUntil(lambda: till.screens.cashier.answer.state == "needs", timeout=PATIENCE_MS)
    assert till.close()


def test_a_window_that_is_closed_while_it_opens_leaves_the_ledger_to_the_next(
    qtbot: QtBot, qapp: QApplication, world: World
) -> None:
    hand = world.new_till()
    hand.parts.close()
    till = build_till(qapp, hand.data_dir, outside=Outside(session=hand.plug.session()), choices=QUIET)
    with qtbot.waitSignal(till.window.first_painted, timeout=PATIENCE_MS):
        till.show()
    qtbot.waitUntil(lambda: till.window.page_name == "cashier", timeout=PATIENCE_MS)
    assert till.close()
    open_ledger(hand.data_dir).close()


def test_a_ledger_that_was_closed_by_the_window_can_be_opened_again(counter: Counter) -> None:
    counter.close()
    open_ledger(counter.in_hand.data_dir).close()


def test_every_page_opens_by_its_key_and_shows_the_day(counter: Counter) -> None:
    counter.go_online()
    counter.press("128")
    counter.scan(counter.world.paper())
    window = counter.till.window
    for key, page in ((Qt.Key.Key_F2, "offers"), (Qt.Key.Key_F3, "sync"), (Qt.Key.Key_F4, "today")):
        counter.press("", key)
        assert window.page_name == page
    today = window.page("today")
    counter.wait(lambda: any("¥20.00" in label.text() for label in today.findChildren(QLabel)))
    counter.press("", Qt.Key.Key_F1)
    assert window.page_name == "cashier"
    assert counter.windows.shown == ["TillWindow"]


def test_the_language_changes_on_every_page_while_the_till_runs(counter: Counter) -> None:
    window = counter.till.window
    for page in ("offers", "sync", "today", "cashier"):
        window.open_page(page)
    counter.scan("https://example.com/")
    before = counter.answer
    window.switch_language()
    assert window.words.language == "zh"
    english = [
        widget.text()
        for widget in (*window.findChildren(QLabel), *window.findChildren(QPushButton))
        if widget.isVisibleTo(window) and _is_english_sentence(widget.text())
    ]
    assert english == []
    window.switch_language()
    assert counter.answer == before


def test_dark_and_light_change_while_it_runs_and_are_kept(counter: Counter) -> None:
    window = counter.till.window
    light = _corner(window.grab().toImage())
    window.switch_light()
    dark = _corner(window.grab().toImage())
    assert dark < light
    assert counter.till.preferences.is_dark


@pytest.mark.parametrize("percent", [100, 150])
def test_it_fits_a_shops_screen_and_every_key_is_large_enough_for_a_finger(counter: Counter, percent: int) -> None:
    window, theme = counter.till.window, counter.till.theme
    for language in range(2):
        theme.use(theme.palette, percent)
        if language:
            window.switch_language()
        for page in ("cashier", "offers", "sync", "today"):
            window.open_page(page)
            least = window.minimumSizeHint()
            assert (least.width(), least.height()) <= (1366, 768), page
            assert least.height() <= 768, page
    window.open_page("cashier")
    window.resize(1366, 768)
    QApplication.processEvents()
    keys = window.findChild(Keypad).findChildren(QPushButton)  # type: ignore[union-attr]
    assert min(min(key.width(), key.height()) for key in keys) >= 44
    buttons = [button for button in window.findChildren(QPushButton) if button.isVisible()]
    assert min(button.height() for button in buttons) >= 44
    assert all(button.accessibleName() or button.text() for button in buttons)


def _is_english_sentence(text: str) -> bool:
    """Several words of Latin letters: names, amounts and keys are none."""
    return sum(word.isascii() and word.isalpha() and len(word) > 1 for word in text.split()) >= 2


def _corner(image: QImage) -> int:
    return image.pixelColor(4, image.height() // 2).lightness()
