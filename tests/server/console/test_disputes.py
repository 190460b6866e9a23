"""Disputes in the console: found, looked at from both sides, and ended once."""

import pytest

from merchant_app.domain.kinds import RedemptionId, TillId
from merchant_app.server.services.enrolling import revoke
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, Visitor
from tests.server.disputes.opened import a_double, only_dispute, stands
from tests.server.documents import CAMPAIGN_ID

LIST = "/console/disputes"


@pytest.fixture
def double(house: House) -> tuple[str, str]:
    """The second redemption of a double, and its dispute."""
    _, redemption_id, dispute_id = a_double(house, house.till(), house.till(4202))
    return redemption_id, dispute_id


def test_the_list_shows_open_ones_and_narrows_down(house: House, operator: Visitor, double: tuple[str, str]) -> None:
    path = f"{LIST}/{double[1]}"
    for query in ("", "?reason=already_redeemed", f"?campaign={CAMPAIGN_ID}", "?outlet=4202", "?state=all"):
        assert path in operator.get(f"{LIST}{query}").text, query
    for query in ("?reason=expired", "?campaign=5", "?outlet=4201", "?state=closed", "?age=1"):
        assert path not in operator.get(f"{LIST}{query}").text, query
    house.clock.forward(days=2)
    operator.sign_in()
    assert path in operator.get(f"{LIST}?age=1").text
    for query in ("?age=x", "?outlet=-1", "?campaign=99999999999999999999", "?state=x", "?page=3"):
        assert operator.get(f"{LIST}{query}").status_code == 200, query
    assert operator.get(f"{LIST}?state=%00").status_code == 422


def test_the_navigation_counts_open_disputes(operator: Visitor, double: tuple[str, str]) -> None:
    operator.get("/console/operators")
    assert "Disputes 1" in operator.said


def test_a_dispute_shows_both_sides_and_is_ended_once(house: House, operator: Visitor, double: tuple[str, str]) -> None:
    redemption_id, dispute_id = double
    path = f"{LIST}/{dispute_id}"
    operator.get(path)
    for said in (
        "Used at another outlet today 12:00",
        "Noodles (4202)",
        "Hot pot (4201)",
        "Without the server",
        "The campaign",
        "¥20.00",
    ):
        assert said in operator.said, said
    assert operator.post(f"{path}/outcome", note="x").status_code == 422
    assert operator.post(f"{path}/outcome", outcome="campaign_pays", note=" ").status_code == 422
    assert "Say in a note" in operator.said
    operator.post(f"{path}/outcome", outcome="campaign_pays", note="Both honest.")
    assert "Ended: The campaign pays." in operator.said
    assert NAME in operator.said
    assert stands(house, redemption_id) == ("resolved", "campaign")
    operator.post(f"{path}/outcome", outcome="fraud", note="Again")
    assert "cannot be opened again" in operator.said
    assert only_dispute(house).outcome == "campaign_pays"
    assert operator.get(f"{LIST}/nothing").status_code == 404
    assert operator.post(f"{LIST}/nothing/outcome", outcome="fraud", note="x").status_code == 404


def test_rows_without_a_redemption_of_their_own_are_shown_too(house: House, operator: Visitor) -> None:
    till, other = house.till(), house.till(4202)
    row = till.redeem(house.code(), house.clock.at)
    till.void(row.fact_id, house.clock.forward(minutes=90))
    void = till.push().answers[1]
    other.redeem(house.code(), house.clock.at, redemption_id=RedemptionId(row.fact_id))
    taken = other.push().answers[0]
    revoke(house.central, TillId(till.till_id))
    till.redeem(house.code(), house.clock.at)
    quarantined = till.push().answers[2]
    for answer, said in ((void, "Voided too late"), (taken, "Number taken"), (quarantined, "Till revoked")):
        assert operator.get(f"{LIST}/{answer.dispute_id}").status_code == 200
        assert said in operator.said


def test_disputes_in_a_real_browser(
    house: House, operator: Visitor, double: tuple[str, str], open_page: OpenPage
) -> None:
    other = house.till(4203)
    other.redeem(house.code(), house.clock.at, off=2500)
    other.push()
    picture(open_page(operator, LIST), "disputes")
    picture(open_page(operator, LIST, language="zh", dark=True), "disputes-zh-dark")
    path = f"{LIST}/{double[1]}"
    picture(open_page(operator, path, language="zh"), "dispute-zh")
    picture(open_page(operator, path, size=PHONE), "dispute-phone")
    page = open_page(operator, LIST)
    page.get_by_role("link", name="Used already").click()
    picture(page, "dispute")
    page.get_by_label("The campaign pays").check()
    page.get_by_label("Note").fill("The first till had no network all evening.")
    page.get_by_role("button", name="End it for good").click()
    page.get_by_text("Ended: The campaign pays.").wait_for()
    picture(page, "dispute-ended")
    assert page.get_by_role("button", name="End it for good").count() == 0
