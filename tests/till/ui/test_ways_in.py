"""Every way in ends at the same answer: scanner keys, dropped and pasted things, the typed number."""

from pathlib import Path

import cv2
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from tests.till.ui.counter import Counter, picture_of

SCANNER_GAP_MS = 4


def scan_by_usb(window: QWidget, text: str) -> None:
    """As a USB scanner types: through the window, one key every 4 ms by the events' own times, Enter at the end."""
    handle, keys = window.windowHandle(), Qt.KeyboardModifier.NoModifier
    at_ms = 10_000
    for character in (*text, "\r"):
        key = Qt.Key.Key_Return if character == "\r" else Qt.Key(ord(character.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, keys, character)
            event.setTimestamp(at_ms)
            QApplication.sendEvent(handle, event)
        at_ms += SCANNER_GAP_MS


def drop(window: QWidget, mime: QMimeData) -> None:
    copy, button, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 50), copy, mime, button, keys))
    QApplication.sendEvent(window, QDropEvent(QPointF(50, 50), copy, mime, button, keys))


def test_a_usb_scanner_is_heard_and_nothing_of_it_lands_in_the_bill(counter: Counter) -> None:
    code = counter.world.paper()
    counter.answer_to(lambda: scan_by_usb(counter.till.window, code))
    assert counter.state == "needs"
    assert counter.till.screens.cashier.bill.amount.text() == ""


def test_a_usb_scanner_is_heard_on_another_page_and_brings_the_answer_to_the_front(counter: Counter) -> None:
    counter.till.window.open_page("today")
    counter.answer_to(lambda: scan_by_usb(counter.till.window, counter.world.paper()))
    assert counter.till.window.page_name == "cashier"


def test_a_usb_scanner_is_heard_while_a_dialog_is_open_and_the_dialog_goes(counter: Counter) -> None:
    counter.press("", Qt.Key.Key_F6)
    entering = counter.till.screens.cashier.window()
    dialog = next(child for child in entering.children() if type(child).__name__ == "NumberDialog")
    counter.wait(dialog.isVisible)  # type: ignore[attr-defined]
    counter.answer_to(lambda: scan_by_usb(dialog, counter.world.paper()))  # type: ignore[arg-type]
    assert counter.state == "needs"
    assert counter.till.screens.cashier.bill.amount.text() == ""


def test_a_registers_slip_is_scanned_into_the_bill_number_while_the_cursor_is_there(counter: Counter) -> None:
    number = counter.till.screens.cashier.bill.number
    number.setFocus()
    scan_by_usb(counter.till.window, "2022062900017")
    assert number.text() == "2022062900017"
    counter.answer_to(lambda: scan_by_usb(counter.till.window, counter.world.paper()))
    assert number.text() == "2022062900017"


def test_what_a_person_types_reaches_the_bill(counter: Counter) -> None:
    handle = counter.till.window.windowHandle()
    for character in "128":
        QTest.keyClick(handle, character)  # type: ignore[call-overload]
    counter.wait(lambda: counter.till.screens.cashier.bill.amount.text() == "128")


def test_a_picture_file_can_be_dropped_on_the_window(counter: Counter, tmp_path: Path) -> None:
    file = tmp_path / "优惠券.png"
    file.write_bytes(cv2.imencode(".png", picture_of(counter.world.paper()))[1].tobytes())
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    counter.answer_to(lambda: drop(counter.till.window, mime))
    assert counter.state == "needs"


def test_a_dropped_file_without_a_code_is_said(counter: Counter, tmp_path: Path) -> None:
    file = tmp_path / "notes.png"
    file.write_bytes(b"no picture at all")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    drop(counter.till.window, mime)
    counter.wait(lambda: "notes.png is not a picture" in counter.answer)


def test_a_code_can_be_pasted_while_the_cursor_is_in_the_bill(counter: Counter) -> None:
    QGuiApplication.clipboard().setText(counter.world.paper())
    bill = counter.till.screens.cashier.bill
    bill.ask_amount()
    handle = counter.till.window.windowHandle()
    counter.answer_to(lambda: QTest.keyClick(handle, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier))
    assert counter.state == "needs"
    assert bill.amount.text() == ""


def test_a_picture_can_be_pasted(counter: Counter) -> None:
    picture = picture_of(counter.world.paper())
    high, wide = picture.shape[:2]
    QGuiApplication.clipboard().setImage(QImage(picture.data, wide, high, wide * 3, QImage.Format.Format_BGR888).copy())
    counter.answer_to(counter.till.screens.cashier.paste_wanted.emit)
    assert counter.state == "needs"


def test_the_coupon_number_can_be_typed(counter: Counter) -> None:
    counter.go_online()
    (issued,) = counter.world.issue()
    counter.press("128")
    counter.press("", Qt.Key.Key_F6)
    counter.wait(lambda: QApplication.activeModalWidget() is not None)
    dialog = QApplication.activeModalWidget()
    QTest.keyClicks(dialog.field, issued.coupon_number)  # type: ignore[attr-defined]
    counter.answer_to(lambda: QTest.keyClick(dialog.field, Qt.Key.Key_Return))  # type: ignore[attr-defined]
    while "network" in counter.answer:  # a busy machine missed the second that the server has; ask again, as one would
        counter.go_online()
        counter.answer_to(lambda: counter.press("128", Qt.Key.Key_Return))
    assert counter.state == "accepted", counter.answer
