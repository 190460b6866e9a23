"""At the counter: a code before the camera, the bill on the keys, the answer on the panel; online and off."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Bill
from tests.journeys.world import open_world
from tests.till.ui.counter import Counter


def test_a_coupon_with_its_bill_is_redeemed_and_confirmed(counter: Counter) -> None:
    counter.go_online()
    counter.scan(counter.world.paper())
    assert counter.state == "needs"
    assert "Enter the bill" in counter.answer

    counter.answer_to(lambda: counter.press("128", Qt.Key.Key_Return))

    assert counter.state == "accepted"
    assert "−¥20.00" in counter.answer
    assert "¥108.00" in counter.answer
    # A busy machine may miss the second in which the server has to answer; then the next sync confirms it.
    recents = counter.till.screens.cashier.recents
    counter.wait(lambda: [row.recent.standing.value for row in recents.rows] == ["confirmed"])
    assert QGuiApplication.clipboard().text() == "108.00"


def test_without_the_server_it_is_green_and_provisional_and_confirmed_once_it_is_back(counter: Counter) -> None:
    counter.go_online()
    counter.in_hand.plug.pulled = True
    counter.press("128")
    counter.scan(counter.world.paper())
    assert counter.state == "accepted"
    assert "Provisional" in counter.answer
    counter.wait(lambda: "waiting" in counter.strip and counter.strip.startswith("Offline"))

    counter.in_hand.plug.pulled = False
    counter.till.counter.syncing.sync_now()  # type: ignore[union-attr]

    recents = counter.till.screens.cashier.recents
    counter.wait(lambda: [row.recent.standing.value for row in recents.rows] == ["confirmed"])
    assert "Confirmed by the server" in counter.answer, "the big answer and the list agree"
    counter.wait(lambda: "Nothing waiting" in counter.strip)


def test_a_bill_that_is_too_small_is_refused_and_put_right_with_enter(counter: Counter) -> None:
    counter.go_online()
    counter.press("88")
    counter.scan(counter.world.paper())
    assert counter.state == "refused"
    assert "12.00 more to reach 100.00" in counter.answer

    counter.answer_to(lambda: counter.press("100", Qt.Key.Key_Return))
    assert counter.state == "accepted"


def test_an_answer_that_was_painted_is_not_asked_about_at_the_next_start(counter: Counter) -> None:
    counter.go_online()
    counter.press("128")
    counter.scan(counter.world.paper())
    counter.wait(lambda: len(counter.till.screens.cashier.recents.rows) == 1)
    counter.close()

    again = counter.in_hand.start_again()
    assert again.parts.recovering.unfinished() == []
    again.parts.close()


def test_what_nobody_saw_is_asked_about_and_a_no_takes_it_back(counter: Counter) -> None:
    counter.close()
    before = counter.in_hand.start_again()
    before.parts.redeeming.present(counter.world.paper(), Bill("b", Fen(12_800)))
    before.parts.close()

    counter.open()
    questions = counter.till.counter.questions  # type: ignore[union-attr]
    counter.wait(lambda: questions.dialog is not None)
    no = next(button for button in questions.dialog.findChildren(QPushButton) if "take it back" in button.text())
    no.click()

    recents = counter.till.screens.cashier.recents
    counter.wait(lambda: [row.recent.standing.value for row in recents.rows] == ["voided"])


def test_undo_takes_the_last_redemption_back_and_the_coupon_is_free_again(counter: Counter) -> None:
    counter.go_online()
    code = counter.world.paper()
    counter.press("128")
    counter.scan(code)
    recents = counter.till.screens.cashier.recents
    counter.wait(lambda: len(recents.rows) == 1)

    counter.press("", Qt.Key.Key_F9)

    counter.wait(lambda: "Taken back" in counter.answer)
    counter.wait(lambda: [row.recent.standing.value for row in recents.rows] == ["voided"])
    counter.till.counter.serving.present(code)  # type: ignore[union-attr]
    counter.wait(lambda: counter.state == "accepted")


def test_the_next_customers_coupon_begins_a_new_bill(counter: Counter) -> None:
    counter.go_online()
    counter.press("128")
    counter.scan(counter.world.paper())
    counter.answer_to(lambda: counter.till.counter.serving.present(counter.world.paper()))  # type: ignore[union-attr]
    assert counter.state == "needs"
    assert counter.till.screens.cashier.bill.amount_fen is None


def test_two_codes_in_view_are_listed_and_the_chosen_one_goes_on(counter: Counter) -> None:
    counter.go_online()
    first, second = counter.world.paper(), counter.world.paper()
    counter.show_codes(first, second)
    counter.wait(lambda: "Which of these" in counter.answer)

    counter.answer_to(lambda: counter.till.screens.cashier.answer.choose(2))
    assert counter.state == "needs"


def test_what_is_no_coupon_is_named(counter: Counter) -> None:
    counter.scan("https://example.com/a-menu")
    assert counter.state == "refused"
    assert "Not accepted" in counter.answer


def test_without_redeeming_on_sight_a_good_coupon_waits_for_enter(counter: Counter) -> None:
    counter.go_online()
    counter.serving.redeem_on_sight = False
    counter.press("128")
    counter.scan(counter.world.paper())
    assert "Press Enter to redeem" in counter.answer
    assert counter.till.screens.cashier.recents.rows == []

    counter.answer_to(lambda: counter.press("", Qt.Key.Key_Return))
    assert counter.state == "accepted"


def test_coupons_that_keep_company_stack_up_on_one_bill_until_the_next(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path
) -> None:
    offer = {"stacks_with": "any", "max_per_bill": 2}
    with open_world(tmp_path, offer=offer) as world, Counter(qtbot, qapp, world) as counter:
        counter.go_online()
        counter.press("128")
        counter.answer_to(lambda: counter.serving.present(world.paper()))
        counter.answer_to(lambda: counter.serving.present(world.paper()))
        assert "¥88.00" in counter.answer
        bill = counter.till.screens.cashier.bill
        assert "2 coupons on this bill" in bill.state_line

        counter.press("", Qt.Key.Key_F8)
        assert bill.amount_fen is None
        assert bill.state_line == ""
        assert counter.state == ""
