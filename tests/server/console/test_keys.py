"""The page of keys: what is told of each, and that a change is made, refused with a sentence, and written down."""

import re

import pytest

from merchant_app.server.db.deeds import deeds_before
from merchant_app.server.services.campaign_desk import add
from merchant_app.server.services.keeping_keys.overview import overview
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, Visitor
from tests.server.documents import CAMPAIGN_ID, document

PAGE = "/console/keys"


def test_each_key_is_shown_with_its_standing_and_without_its_private_half(house: House, operator: Visitor) -> None:
    operator.get(PAGE)
    assert "None yet" in operator.said
    assert overview(house.central).root_hex[:8] in operator.said
    assert operator.said.count("Signs now") == 2
    for path in house.central.keys.folder.iterdir():
        for secret in re.findall(r"[0-9a-f]{64}", path.read_text()):
            assert secret not in operator.last.text


def test_keys_are_replaced_and_each_change_is_written_down(house: House, operator: Visitor) -> None:
    before = overview(house.central)
    operator.get(PAGE)
    operator.post(f"{PAGE}/serving/rotate")
    assert "signs from tomorrow on" in operator.said
    assert "Begins later" in operator.said
    operator.post(f"{PAGE}/issuing/rotate", campaign_id=str(CAMPAIGN_ID))
    assert "Issuing key 2 signs from now on" in operator.said
    operator.post(f"{PAGE}/issuing/revoke", key_index="1")
    assert "Revoked" in operator.said
    operator.post(f"{PAGE}/serving/revoke", key=before.serving[0].public_hex)
    assert "It is off the list" in operator.said
    operator.post(f"{PAGE}/root/rotate")
    assert "back it up before anything else" in operator.said
    assert overview(house.central).root_hex != before.root_hex
    with house.central.database.reading() as connection:
        written = deeds_before(connection, before=None, count=5)
    assert [each.what for each in written] == [
        "key_rotated",
        "key_revoked",
        "key_revoked",
        "key_rotated",
        "key_rotated",
    ]
    assert {each.operator for each in written} == {NAME}


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ("serving/revoke", {"key": "00000000"}),
        ("serving/revoke", {}),
        ("issuing/revoke", {"key_index": "99"}),
        ("issuing/revoke", {"key_index": "x" * 5000}),
        ("issuing/rotate", {"campaign_id": "9" * 30}),
    ],
)
def test_what_names_nothing_changes_nothing(
    house: House, operator: Visitor, change: str, fields: dict[str, str]
) -> None:
    before = overview(house.central)
    operator.get(PAGE)
    assert operator.post(f"{PAGE}/{change}", **fields).status_code == 200
    assert "There is no such" in operator.said
    assert overview(house.central) == before


def test_with_the_root_key_away_the_page_names_the_place_for_it(house: House, operator: Visitor) -> None:
    path = house.central.keys.root_path
    path.rename(path.with_name("elsewhere"))
    operator.get(PAGE)
    assert "Away, as it should be" in operator.said
    for change in ("serving/rotate", "root/rotate"):
        operator.post(f"{PAGE}/{change}")
        assert str(path) in operator.said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_it_is_seen_in_a_browser(operator: Visitor, open_page: OpenPage, language: str) -> None:
    operator.get(PAGE)
    operator.post(f"{PAGE}/serving/rotate")
    operator.post(f"{PAGE}/issuing/rotate", campaign_id=str(CAMPAIGN_ID))
    seen = open_page(operator, PAGE, language=language)
    assert seen.locator("table").count() == 2
    picture(seen, f"keys-{language}")
    seen.locator("details.confirm summary").first.click()
    assert seen.locator("details.confirm[open] form").count() == 1
    picture(seen, f"keys-confirm-{language}")
    seen.keyboard.press("Escape")
    seen.locator("table details.confirm summary").last.click()
    seen.locator("table details.confirm[open] form button.danger").click(trial=True)  # nothing covers it
    picture(seen, f"keys-leaked-{language}")
    narrow = open_page(operator, PAGE, language=language, size=PHONE)
    assert narrow.evaluate("document.querySelector('main').scrollWidth <= window.innerWidth")
    picture(narrow, f"keys-phone-{language}")


def test_a_campaign_is_not_opened_while_the_root_key_is_away_and_the_page_says_where_to_put_it(
    house: House, operator: Visitor
) -> None:
    add(house.central, document(campaign_id=8), {})
    path = house.central.keys.root_path
    path.rename(path.with_name("elsewhere"))
    operator.get("/console/campaigns/8")
    assert operator.post("/console/campaigns/8/step/open").status_code == 503
    assert str(path) in operator.said
    path.with_name("elsewhere").rename(path)
    operator.get("/console/campaigns/8")
    assert operator.post("/console/campaigns/8/step/open").status_code == 200
    assert len(overview(house.central).issuing) == 2
