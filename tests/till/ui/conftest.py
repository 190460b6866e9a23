"""A whole till in a window, over a real ledger, a real server on loopback and a camera that the test holds."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words
from tests.journeys.world import World, open_world
from tests.till.ui.counter import Counter


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def words() -> Words:
    return Words("en")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """Coupons of 20 off 100, and a server."""
    with open_world(tmp_path) as opened:
        yield opened


@pytest.fixture
def counter(qtbot: QtBot, qapp: QApplication, world: World) -> Iterator[Counter]:
    """An open till before a cashier."""
    opened = Counter(qtbot, qapp, world)
    opened.open()
    yield opened
    opened.close()
