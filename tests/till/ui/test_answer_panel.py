"""What the cashier reads: each answer in its colour and its words, whole, in both languages."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontMetrics
from pytestqt.qtbot import QtBot

from merchant_app.domain.campaign import Stacking
from merchant_app.domain.kinds import Bilingual, OutletId
from merchant_app.domain.redemption import Standing
from merchant_app.till.scanning.states import CameraCondition, CameraState
from merchant_app.till.services.answers import Answer
from merchant_app.till.ui.cashier.answer_panel import AnswerPanel
from merchant_app.till.ui.cashier.bill import CurrentBill
from merchant_app.till.ui.cashier.camera_view import CameraView
from merchant_app.till.ui.cashier.choice_face import Choice
from merchant_app.till.ui.cashier.money_field import MoneyField
from merchant_app.till.ui.cashier.reasons import ReasonWords
from merchant_app.till.ui.parts.labels import FittingLabel
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words
from tests.till.ui import samples


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, words: Words) -> AnswerPanel:
    known = {OutletId(4202): Bilingual("石阶小面", "Stone Steps Noodles")}
    pictures = OfferPictures()
    pictures.know(samples.pictures())
    made = AnswerPanel(theme, words, pictures, ReasonWords(lambda: samples.NOW, samples.ZONE, known.get))
    qtbot.addWidget(made)
    made.resize(780, 380)
    made.show()
    return made


@pytest.mark.parametrize(
    ("answer", "state", "said"),
    [
        (samples.redeemed(), "accepted", ["Accepted", "−¥20.00", "¥108.00", "Confirmed by the server"]),
        (samples.redeemed(Standing.PROVISIONAL), "accepted", ["−¥20.00", "Provisional"]),
        (samples.redeemed(before=True), "accepted", ["Redeemed already", "−¥20.00"]),
        (samples.gift(), "accepted", ["hand this over", "One plate of fresh tripe"]),
        (samples.bill_wanted(), "needs", ["Enter the bill"]),
        (samples.usable(), "needs", ["Press Enter to redeem", "Not redeemed yet", "¥240.00"]),
        (samples.payment_code(), "refused", ["Not accepted", "payment code"]),
    ],
)
def test_each_answer_has_its_colour_and_its_words(
    panel: AnswerPanel, answer: Answer, state: str, said: list[str]
) -> None:
    panel.show_answer(answer)
    assert panel.state == state
    assert panel.property("state") == state
    assert [words for words in said if words not in panel.accessibleName()] == []


def test_a_refusal_says_every_reason_with_what_puts_it_right(panel: AnswerPanel) -> None:
    panel.show_answer(samples.refused(4))
    for words in ("12.00 more to reach 100.00", "Used here", "Stone Steps Noodles", "Ended"):
        assert words in panel.accessibleName()


def test_an_answer_is_said_again_in_the_other_language(panel: AnswerPanel) -> None:
    panel.show_answer(samples.refused(4))
    panel.retranslate(Words("zh"))
    assert "还差" in panel.accessibleName()


def test_that_it_was_painted_is_said_once_for_each_answer(qtbot: QtBot, panel: AnswerPanel) -> None:
    with qtbot.waitSignal(panel.painted):
        panel.show_answer(samples.redeemed())
    with qtbot.assertNotEmitted(panel.painted):
        panel.grab()
    with qtbot.waitSignal(panel.painted):
        panel.show_answer(samples.redeemed())


def test_a_code_that_is_chosen_by_its_number_is_said(qtbot: QtBot, panel: AnswerPanel) -> None:
    panel.show_choices([Choice("1" * 215, samples.usable()), Choice("2" * 215)])
    with qtbot.waitSignal(panel.chosen) as chosen:
        assert panel.choose(2)
    assert chosen.args == ["2" * 215]
    assert not panel.choose(3)
    panel.invite()
    assert not panel.choose(1)


def test_an_amount_is_shown_whole_however_long_it_is(qtbot: QtBot, theme: Theme) -> None:
    amount = FittingLabel("amount", grows=2.0)
    qtbot.addWidget(amount)
    amount.resize(300, 120)
    amount.ensurePolished()
    for text in ("−¥2.00", "−¥12,345.00", "One plate of fresh tripe"):
        amount.setText(text)
        fitted = amount.fitting_font()
        assert QFontMetrics(fitted).horizontalAdvance(text) <= 300
    amount.setText("−¥2.00")
    assert amount.fitting_font().pixelSize() > theme.sizes.figure


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("128", 12_800), ("0.5", 50), (".05", 5), ("99.90", 9_990), ("１２．５", 1_250), ("12。5", 1_250), ("", None)],
)
def test_an_amount_is_understood_however_it_is_typed(qtbot: QtBot, typed: str, fen: int | None) -> None:
    field = MoneyField()
    qtbot.addWidget(field)
    field.insert(typed)
    assert field.fen == fen


@pytest.mark.parametrize("typed", ["1.234", "abc", "12345678", "-5"])
def test_what_is_no_amount_is_not_taken(qtbot: QtBot, typed: str) -> None:
    field = MoneyField()
    qtbot.addWidget(field)
    qtbot.keyClicks(field, typed)
    assert field.fen is None or field.fen < 1_000_000_000
    assert field.text() != typed


def test_a_frame_is_drawn_round_a_code_and_goes_with_it(qtbot: QtBot, theme: Theme, words: Words) -> None:
    view = CameraView(theme, words)
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.show_state(CameraState(CameraCondition.LIVE))
    view.show_frame(np.full((360, 640, 3), 120, np.uint8))
    plain = view.grab().toImage()
    view.show_codes([((200, 100), (300, 100), (300, 200), (200, 200))])
    framed = view.grab().toImage()
    assert framed.pixelColor(250, 150) == plain.pixelColor(250, 150)
    corner = framed.pixelColor(195, 95)
    assert corner.green() > corner.red() + 60
    view.show_codes([])
    assert view.grab().toImage() == plain


def test_without_a_camera_it_says_what_to_do_and_shows_no_old_picture(qtbot: QtBot, theme: Theme, words: Words) -> None:
    view = CameraView(theme, words)
    qtbot.addWidget(view)
    view.resize(640, 360)
    view.show_frame(np.full((360, 640), 255, np.uint8))
    view.show_state(CameraState(CameraCondition.UNPLUGGED, "USB camera"))
    assert "USB camera was unplugged" in view.accessibleName()
    assert view.grab().toImage().pixelColor(20, 180) == QColor(theme.palette.camera)


def test_a_bill_whose_coupon_stands_alone_is_over_and_one_with_company_is_not() -> None:
    numbers = iter(range(100))
    bill = CurrentBill(lambda: f"bill-{next(numbers)}")
    alone = samples.redeemed()
    assert alone.offer.stacks_with is Stacking.NONE
    bill.take(samples.on_bill(alone, "bill-0"))
    assert bill.is_over
    bill.begin()
    company = samples.on_bill(samples.stackable(), "bill-1")
    bill.take(company)
    assert not bill.is_over
    assert (bill.coupons, bill.amount_off_fen) == (1, company.redemption.amount_off_fen)
    bill.give_back(company.redemption.redemption_id)
    assert bill.coupons == 0
