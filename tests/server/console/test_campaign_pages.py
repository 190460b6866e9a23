"""A campaign's pages as people see them: in both languages, light and dark, on a desk and on a phone; by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.server.conftest import House
from tests.server.console.chromium import DESK, PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor
from tests.server.documents import CAMPAIGN_ID

ONE = f"/console/campaigns/{CAMPAIGN_ID}"
SAMPLE = "/console/campaigns/new/form?sample=jiangbei&starts_on=2026-07-01"
PAGES = {
    "list": "/console/campaigns",
    "new": "/console/campaigns/new",
    "form": SAMPLE,
    "one": ONE,
    "cases": f"{ONE}/rehearse",
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("language", "dark", "size"), [("zh", True, DESK), ("en", False, DESK), ("zh", False, PHONE)])
def test_no_page_is_wider_than_its_window(
    house: House, operator: Visitor, open_page: OpenPage, language: str, size: tuple[int, int], *, dark: bool
) -> None:
    house.coupons(count=1234)
    page = open_page(operator, ONE, language=language, dark=dark, size=size)
    for name, path in PAGES.items():
        page.goto(path)
        wide = page.locator("main").evaluate("main => main.scrollWidth - main.clientWidth")
        assert wide == 0, name
        picture(page, f"campaigns-{name}-{language}-{'dark' if dark else 'light'}-{size[0]}")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_form_is_filled_in_by_keyboard_alone(operator: Visitor, open_page: OpenPage) -> None:
    """A button keeps the keyboard when it has added its part; Enter in a field saves, and removes nothing."""
    page = open_page(operator, SAMPLE)
    page.locator("#add-round").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Round 4")).to_be_visible()
    expect(page.locator("#add-round")).to_be_focused()
    page.locator('[name="name.en"]').focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("By keyboard")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    expect(page.get_by_role("heading", name="By keyboard")).to_be_visible()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_hours_are_added_where_they_are_filled_in(operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, SAMPLE)
    page.get_by_text("Hours, uses, company, void and sharing").first.click()
    page.locator("#add-window-0").click()
    expect(page.locator('[name="offers.0.weekly_windows.0.from"]')).to_be_visible()
    page.locator('[name="offers.0.weekly_windows.0.until"]').fill("25:00")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.locator("#field-offers-0-weekly_windows-0-until-error")).to_contain_text("a time from 00:00 to 24:00")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_meters_move_while_somebody_looks(house: House, operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, ONE)
    expect(page.get_by_text("0 of 5,000").first).to_be_visible()
    house.coupons(count=42)
    expect(page.get_by_text("42 of 5,000").first).to_be_visible(timeout=30_000)
