"""The tour goes on: the other ways in, two codes at once, and the cashier's own undo."""

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from merchant_app.demo.customers import Kind
from merchant_app.demo.tour.guide import Guide
from merchant_app.demo.tour.waiting import wait_until
from merchant_app.domain.redemption import Standing
from merchant_app.paper.qr_picture import qr_array
from merchant_app.till.ui.cashier.number_dialog import NumberDialog


def dropped(guide: Guide) -> str:
    path, _ = _picture_of(guide, Kind.GOOD)
    guide.must_be_redeemed(guide.present(lambda: _drop(guide, path)), 2_000, Standing.CONFIRMED)
    return guide.words._("A picture of a code is dropped on the window: green")


def undone(guide: Guide) -> str:
    redeemed = guide.redeemed[-1].redemption.redemption_id
    guide.till.screens.cashier.recents.undo_last()
    guide.wait_for_standing(redeemed, Standing.VOIDED)
    guide.undone += 1
    page = guide.stage.panel.page
    wait_until(lambda: page.shown_text is not None, "the coupon back in the phone", lambda: "it is spent")
    guide.picture("undone")
    return guide.words._("The cashier takes the last one back: its coupon is free again")


def two_codes(guide: Guide) -> str:
    panel, looked = guide.till.screens.cashier.answer, list[str]()
    guide.counter.redeeming.looked.connect(lambda text, _: looked.append(text))
    both = [_picture_of(guide, kind) for kind in (Kind.NEEDS_BILL, Kind.SHARED)]
    path = guide.world.till_dir / "two.png"
    Image.fromarray(np.hstack([np.asarray(Image.open(each)) for each, _ in both])).save(path)
    _drop(guide, path)
    wait_until(lambda: panel.is_choosing and len(looked) == 2, "both codes to choose from", panel.accessibleName)
    guide.picture("two-codes")
    _, wanted = both[1]
    guide.must_be_redeemed(guide.present(lambda: panel.chosen.emit(wanted)), 5_000, Standing.CONFIRMED)
    return guide.words._("Two codes at once: neither is redeemed until one is chosen")


def typed_number(guide: Guide) -> str:
    customer = guide.open_coupon(Kind.GOOD)
    assert customer.issued is not None
    guide.counter.serving.next_bill()
    guide.till.screens.cashier.bill.amount.show_fen(customer.bill_fen)
    guide.till.screens.cashier.number_wanted.emit()
    wait_until(lambda: bool(guide.till.window.findChildren(NumberDialog)), "a field for the number", lambda: "none")
    dialog = guide.till.window.findChildren(NumberDialog)[0]
    dialog.field.setText(customer.issued.coupon_number)
    dialog.field.textEdited.emit(dialog.field.text())  # as it follows each key that a person presses
    guide.must_be_redeemed(guide.present(dialog.field.returnPressed.emit), 2_000, Standing.CONFIRMED)
    guide.picture("typed-number", once=True)
    return guide.words._("The 16 digits under the code are typed: green, for the server could be asked")


def _picture_of(guide: Guide, kind: Kind) -> tuple[Path, str]:
    """A PNG of the code that this customer shows, and what it says; the bill is rung up as well."""
    customer = guide.open_coupon(kind)
    guide.counter.serving.next_bill()
    guide.till.screens.cashier.bill.amount.show_fen(customer.bill_fen)
    path, text = guide.world.till_dir / f"{kind}.png", guide.stage.panel.page.shown_text or ""
    Image.fromarray(qr_array(text)).save(path)
    return path, text


def _drop(guide: Guide, path: Path) -> None:
    """What the window is told when a file is let go over it."""
    window, mime = guide.till.window, QMimeData()
    mime.setUrls([QUrl(path.as_uri())])
    where, no_keys = window.rect().center(), Qt.KeyboardModifier.NoModifier
    args = (Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, no_keys)
    QApplication.sendEvent(window, QDragEnterEvent(where, *args))
    QApplication.sendEvent(window, QDropEvent(QPointF(where), *args))
