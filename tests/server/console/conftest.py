"""An operator who is signed in, a stranger who is not, and a real browser."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.server.conftest import House
from tests.server.console.chromium import window
from tests.server.console.visitor import Visitor, operator_of

OpenPage = Callable[..., Page]


@pytest.fixture
def operator(house: House) -> Iterator[Visitor]:
    """Signed in at a server with outlets and an open campaign."""
    visitor = operator_of(house)
    yield visitor
    visitor.close()


@pytest.fixture
def stranger(house: House) -> Iterator[Visitor]:
    visitor = Visitor(house.url)
    yield visitor
    visitor.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[OpenPage]:
    """`open_page(visitor, "/console/outlets", language="zh", dark=True, size=PHONE)`; no fault on it goes unseen."""
    contexts, faults = [], []

    def opened(visitor: Visitor, path: str = "/console/", **how: object) -> Page:
        context = window(chromium, visitor, **how)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert faults == []
