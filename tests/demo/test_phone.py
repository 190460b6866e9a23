"""The customer's phone shows a code that a camera reads, counts its hold down, and says what it is."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from merchant_app.demo.customers import RECIPES, Customer, Kind
from merchant_app.demo.phone.panel import CustomerPanel
from merchant_app.demo.phone.sayings import countdown, one_line, title
from merchant_app.demo.samples import ZONE, samples
from merchant_app.demo.wallet import Shown
from merchant_app.domain.kinds import Fen, Serial
from merchant_app.server.services.issuing import Issued
from merchant_app.till.scanning.decoder import as_gray, read_codes
from merchant_app.till.ui.palette import DARK
from merchant_app.till.ui.parts.part import retranslate_all
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words
from merchant_app.wording.words import LANGUAGES
from tests.till.made_sources import CODE

NOON = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


def customers() -> dict[Kind, Customer]:
    """One of every kind, as the server would have issued their coupons."""
    today = samples(NOON)
    made = {}
    for recipe in RECIPES:
        sample = recipe.sample(today)
        issued = Issued(Serial(1), "1234567812345670", None if recipe.paper_for is None else CODE, NOON)
        offer = sample.campaign.offers[recipe.offer_index]
        made[recipe.kind] = Customer(recipe.kind, recipe.bill_fen, offer, issued, recipe.paper_for, 7)
    return {**made, Kind.PAYMENT: Customer(Kind.PAYMENT, Fen(12_800))}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def panel(qtbot: QtBot, qapp: QApplication, clock: Clock) -> CustomerPanel:
    made = CustomerPanel(Theme(qapp), Words("en"), customers(), clock, ZONE)
    qtbot.addWidget(made)
    made.show()
    return made


def texts(panel: CustomerPanel) -> list[str]:
    return [sighting.text for sighting in read_codes(as_gray(panel.screen_of_phone.picture()))]


def test_the_list_has_no_code_and_an_open_coupon_has_its_own(panel: CustomerPanel) -> None:
    assert texts(panel) == []
    panel.open_coupon(customers()[Kind.GOOD], is_spent=False)
    assert texts(panel) == []
    assert panel.page.shown_text is None
    panel.page.show_code(Shown(CODE, NOON, NOON + timedelta(minutes=5)))
    assert texts(panel) == [CODE]
    assert panel.page.shown_text == CODE


def test_in_the_dark_it_is_read_too(panel: CustomerPanel) -> None:
    panel.theme.use(DARK)
    panel.open_coupon(customers()[Kind.SHARED], is_spent=False)
    panel.page.show_code(Shown(CODE, NOON, NOON + timedelta(minutes=5)))
    assert texts(panel) == [CODE]


def test_a_spent_coupon_is_not_shown_again(panel: CustomerPanel) -> None:
    customer = customers()[Kind.GOOD]
    panel.open_coupon(customer, is_spent=False)
    panel.page.show_code(Shown(CODE, NOON, NOON + timedelta(minutes=5)))
    panel.open_coupon(customer, is_spent=True)
    assert panel.page.shown_text is None
    assert texts(panel) == []


def test_a_hold_that_has_run_out_asks_for_another(panel: CustomerPanel, clock: Clock, qtbot: QtBot) -> None:
    panel.open_coupon(customers()[Kind.GOOD], is_spent=False)
    panel.page.show_code(Shown(CODE, NOON, NOON + timedelta(minutes=5)))
    with qtbot.waitSignal(panel.page.ran_out, timeout=20_000):
        clock.at += timedelta(minutes=5)


def test_what_is_tapped_is_said(panel: CustomerPanel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(panel.plug_wanted) as pulled:
        panel.plug.click()
    assert pulled.args == [True]
    with qtbot.waitSignal(panel.server_wanted) as stopped:
        panel.server.click()
    assert stopped.args == [True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_has_its_own_words(language: str, panel: CustomerPanel) -> None:
    words = Words("zh" if language == "zh" else "en")
    retranslate_all(panel, words)
    said = [f"{title(words, each)} {one_line(words, each)}" for each in customers().values()]
    assert len(set(said)) == len(Kind)
    assert panel.words.language == language


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(minutes=5), "5:00"),
        (timedelta(seconds=61.9), "1:01"),
        (timedelta(0), "0:00"),
        (-timedelta(1), "0:00"),
    ],
)
def test_a_countdown_never_goes_below_nothing(left: timedelta, said: str) -> None:
    assert countdown(left) == said


def test_what_went_wrong_beside_the_till_is_said(panel: CustomerPanel) -> None:
    panel.show_trouble("The server did not start.")
    retranslate_all(panel, Words("zh"))
    assert panel.trouble == "The server did not start."
    panel.show_trouble("")
    assert panel.trouble == ""
