"""A campaign like Jiangbei in a real browser, by the forms alone: made, rehearsed, opened, amended, paused, closed."""

import json
import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from merchant_app.domain.campaign_life import CampaignState
from merchant_app.resources import resource_path
from merchant_app.server.services.campaign_desk import look
from merchant_app.wire.campaign_document import parse_campaign
from tests.server.conftest import House
from tests.server.console.chromium import picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor

JIANGBEI = json.loads(resource_path("campaigns", "jiangbei.json").read_text(encoding="utf-8"))
NUMBER = 20220628


def fill(page: Page, **texts: str) -> None:
    """By the fields' paths, with __ for a dot."""
    for path, text in texts.items():
        page.locator(f'[name="{path.replace("__", ".")}"]').fill(text)


def choose(page: Page, path: str, value: str) -> None:
    page.locator(f'select[name="{path}"]').select_option(value)


def yuan(fen: int) -> str:
    return f"{fen / 100:.2f}"


def confirm(page: Page, name: str, yes: str) -> None:
    page.locator("details.confirm > summary", has_text=re.compile(rf"^\s*{name}\s*$")).click()
    page.get_by_role("button", name=yes).click()


def fill_basics(page: Page) -> None:
    fill(
        page,
        name__zh=JIANGBEI["name"]["zh"],
        name__en=JIANGBEI["name"]["en"],
        organiser__zh=JIANGBEI["organiser"]["zh"],
        organiser__en=JIANGBEI["organiser"]["en"],
        starts_at="2022-06-28T10:00",
        ends_at="2022-07-20T00:00",
        budget_fen="1000000",
        campaign_id=str(NUMBER),
        channels="short_video, live_stream, outlet",
        districts="jiangbei",
    )
    for category in JIANGBEI["categories"]:
        page.locator(f'input[name="categories"][value="{category}"]').check()


def fill_offer(page: Page, index: int, offer: dict[str, Any]) -> None:
    path = f"offers.{index}"
    fill_benefit(page, f"{path}.benefit", offer["benefit"])
    for name in ("title", "terms"):
        fill_both(page, f"{path}.{name}", offer[name])
    least = offer.get("min_spend_fen", 0)
    page.locator(f'[name="{path}.min_spend_fen"]').fill(yuan(least) if least else "")


def fill_benefit(page: Page, path: str, benefit: dict[str, Any]) -> None:
    """Each kind has fields of its own, which appear when it is chosen."""
    if benefit["kind"] != "amount_off":
        choose(page, f"{path}.kind", benefit["kind"])
        expect(page.locator(f'[name="{path}.amount_fen"]')).to_have_count(0)
    for name, given in benefit.items():
        if name.endswith("_fen"):
            page.locator(f'[name="{path}.{name}"]').fill(yuan(given))
        elif name == "percent":
            page.locator(f'[name="{path}.percent"]').fill(str(given))
        elif name == "item":
            fill_both(page, f"{path}.item", given)


def fill_both(page: Page, path: str, texts: dict[str, str]) -> None:
    for language in ("zh", "en"):
        page.locator(f'[name="{path}.{language}"]').fill(texts[language])


def fill_rounds(page: Page) -> None:
    for index, issue_round in enumerate(JIANGBEI["rounds"]):
        if index:
            page.locator("#add-round").click()
            expect(page.get_by_role("heading", name=f"Round {index + 1}")).to_be_visible()
        for name in ("opens_at", "closes_at", "coupons_end_at"):
            page.locator(f'[name="rounds.{index}.{name}"]').fill(issue_round.get(name, "")[:16])
        for offer_index, stock in issue_round["stock"].items():
            page.locator(f'[name="rounds.{index}.stock.{offer_index}"]').fill(str(stock))


def error_at(page: Page, path: str) -> Locator:
    return page.locator(f"#field-{path.replace('.', '-')}-error")


def test_a_campaign_is_made_by_forms_alone_and_lives_its_life(
    house: House, operator: Visitor, open_page: OpenPage
) -> None:
    page = open_page(operator, "/console/campaigns")
    page.get_by_role("link", name="New campaign").click()
    picture(page, "campaigns-new")
    page.get_by_role("link", name="Begin").click()
    page.get_by_role("button", name="Save the draft").click()
    expect(error_at(page, "name.zh")).to_be_visible()
    fill_basics(page)
    for index, offer in enumerate(JIANGBEI["offers"]):
        if index:
            page.locator("#add-offer").click()
            expect(page.get_by_role("heading", name=f"Offer {index + 1}")).to_be_visible()
        fill_offer(page, index, offer)
    fill_rounds(page)
    picture(page, "campaigns-form")
    page.get_by_role("button", name="Save the draft").click()
    expect(page.get_by_text("The draft is saved.")).to_be_visible()
    picture(page, "campaigns-draft")
    made, wanted = look(house.central, NUMBER), parse_campaign(JIANGBEI)
    assert made is not None
    assert (made.campaign.rounds, made.campaign.budget_fen) == (wanted.rounds, wanted.budget_fen)
    assert [each.benefit for each in made.campaign.offers] == [each.benefit for each in wanted.offers]
    assert (made.campaign.categories, made.campaign.channels) == (wanted.categories, wanted.channels)

    page.get_by_role("button", name="Rehearse").click()
    expect(page.get_by_text("cases, all as they have to be")).to_be_visible()
    picture(page, "campaigns-rehearsal")
    page.get_by_role("link", name="Back to the campaign").click()
    confirm(page, "Open", "Yes, open it")
    expect(page.get_by_text(f"Campaign {NUMBER} is open.")).to_be_visible()

    page.get_by_role("link", name="Amend").click()
    page.locator('[name="offers.0.min_spend_fen"]').fill("120.00")
    page.locator('[name="note"]').fill("A smaller threshold")
    page.get_by_role("button", name="Save as a new version").click()
    expect(error_at(page, "offers.0.min_spend_fen")).to_contain_text("no more than before")
    picture(page, "campaigns-amend-refused")
    page.locator('[name="offers.0.min_spend_fen"]').fill("88.00")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_text(f"Campaign {NUMBER} has version 2 now.")).to_be_visible()
    expect(page.get_by_role("table", name="Versions")).to_contain_text("A smaller threshold")
    picture(page, "campaigns-amended")

    confirm(page, "Pause", "Yes, pause it")
    page.get_by_role("button", name="Resume").click()
    expect(page.get_by_text(f"Campaign {NUMBER} goes on.")).to_be_visible()
    confirm(page, "Close", "Yes, close it")
    expect(page.get_by_text(f"Campaign {NUMBER} is closed.")).to_be_visible()
    ended = look(house.central, NUMBER)
    assert ended is not None
    assert (ended.kept.state, ended.kept.version) == (CampaignState.CLOSED, 2)
