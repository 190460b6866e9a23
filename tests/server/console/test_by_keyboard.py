"""The console in a real browser: signing in by keyboard alone, the language, menus, and what is asked before."""

from merchant_app.server.services.operators.accounts import operators_known
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, PASSWORD, Visitor, operator_of


def test_signing_in_and_out_by_keyboard_alone(house: House, stranger: Visitor, open_page: OpenPage) -> None:
    operator_of(house).close()
    page = open_page(stranger, "/console/operators")
    picture(page, "sign-in")
    page.keyboard.type(NAME)
    page.keyboard.press("Tab")
    page.keyboard.type("not the right one")
    page.keyboard.press("Enter")
    assert page.get_by_role("alert").inner_text() == "Name or password is wrong."
    picture(page, "sign-in-wrong")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/operators")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.locator(".who summary").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/console/sign-in")


def test_the_language_switches_on_every_page_and_stays(operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, "/console/operators/deeds?what=operator_came")
    page.get_by_role("button", name="中文").click()
    page.wait_for_url("**/console/operators/deeds?what=operator_came")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    picture(page, "deeds-zh")
    page.goto("/console/nothing")
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    page.get_by_role("button", name="English").click()
    assert page.locator("html").get_attribute("lang") == "en"


def test_what_cannot_be_taken_back_lightly_is_asked_first(house: House, operator: Visitor, open_page: OpenPage) -> None:
    operator_of(house, "Li Wei", "another horse, another bridge").close()
    page = open_page(operator, "/console/operators")
    page.locator("summary", has_text="Disable").click()
    picture(page, "confirm")
    page.get_by_role("button", name="No, leave it").click()
    assert not page.get_by_role("button", name="Yes, disable").is_visible()
    page.locator("summary", has_text="Disable").click()
    page.get_by_role("button", name="Yes, disable").click()
    assert page.get_by_role("status").inner_text().startswith("Disabled")
    assert operators_known(house.central)[1].disabled_at is not None


def test_on_a_phone_the_areas_are_in_a_menu_and_nothing_is_cut_off(operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, "/console/operators/deeds", size=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    page.locator("#menu summary").click()
    picture(page, "menu-phone")
    page.get_by_role("navigation").get_by_role("link", name="Overview").click()
    page.wait_for_url("**/console/")


def test_a_session_that_ended_leads_a_page_that_refreshes_itself_to_the_door(
    house: House, operator: Visitor, open_page: OpenPage
) -> None:
    page = open_page(operator)
    house.clock.forward(hours=13)
    page.wait_for_url("**/console/sign-in")
