"""From the first start to the first redeemed coupon without any JSON, then today's figures; and what was done."""

from collections.abc import Callable

from merchant_app.server.services.first_steps import Step, progress
from merchant_app.wire.enrolment import read_invitation
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, operator_of
from tests.server.till_client import enrol


def test_each_step_is_one_click_and_ticks_itself(start: Callable[[], House], open_page: OpenPage) -> None:
    house = start()
    operator = operator_of(house)
    page = open_page(operator)
    picture(page, "first-start")
    page.get_by_role("button", name="Take the sample outlets").click()
    page.get_by_role("button", name="Load the sample campaigns").click()
    assert page.get_by_role("status").inner_text().startswith("The sample campaigns are here")
    operator.post("/console/first-steps/rehearsal", campaign_id=str(_newest(house)))
    page.goto("/console/")
    page.get_by_role("button", name="Open ").click()
    page.get_by_role("button", name="Invite a till").click()
    invitation = read_invitation(page.locator("strong.code").inner_text())
    assert invitation is not None
    till = enrol(house.url, 4201, invitation.secret)
    page.get_by_role("link", name="Back to the list").click()
    page.get_by_role("button", name="Issue one coupon").click()
    picture(page, "first-coupon")
    assert page.get_by_role("img", name="The coupon's code").is_visible()
    page.get_by_role("link", name="Back to the list").click()
    assert progress(house.central).next is Step.REDEMPTION
    picture(open_page(operator, language="zh", dark=True, size=PHONE), "checklist-phone-zh-dark")
    till.session.close()
    operator.close()


def test_after_the_first_redemption_there_are_the_figures_of_today(house: House, open_page: OpenPage) -> None:
    till, operator = house.till(), operator_of(house)
    assert till.ask(house.code()).outcome == "confirmed"
    page = open_page(operator)
    assert page.get_by_role("heading", level=1).inner_text() == "Today"
    labels, values = (page.locator(f".figure-{part}").all_inner_texts() for part in ("label", "value"))
    figures = dict(zip(labels, values, strict=True))
    assert (figures["Claimed"], figures["Redeemed"], figures["Amount off"]) == ("1", "1", "¥20.00")
    picture(page, "today")
    picture(open_page(operator, language="zh", dark=True), "today-zh-dark")
    operator.close()


def test_what_was_done_is_told_with_who_did_it(house: House) -> None:
    operator = operator_of(house)
    second = operator_of(house, "Li Wei", "another horse, another bridge")
    operator.post("/console/first-steps/outlets")
    second.post("/console/first-steps/till")
    operator.get("/console/operators/deeds")
    assert operator.said.count(f"{NAME} Outlets imported 42") == 1
    assert operator.said.count("Till invited") == operator.said.count("Li Wei Till invited") + 1  # and the filter's own
    operator.get("/console/operators/deeds?what=till_invited")
    assert f"{NAME} Outlets imported 42" not in operator.said
    assert "Li Wei Till invited" in operator.said
    assert operator.get("/console/operators/deeds?before=0").status_code == 422
    for visitor in (operator, second):
        visitor.close()


def _newest(house: House) -> int:
    newest = progress(house.central).newest
    assert newest is not None
    return newest[0]
