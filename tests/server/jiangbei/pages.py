"""Every page of the console with a whole campaign in it, in a real browser, in both languages; a picture of each."""

from collections.abc import Iterator

from playwright.sync_api import Browser
from sqlalchemy import select

from merchant_app.server.db.tables import claim_links, coupons, disputes
from tests.server.console.chromium import picture, window
from tests.server.jiangbei.campaign import Whole
from tests.server.jiangbei.shops import FIRST


def look_at_every_page(whole: Whole, browser: Browser) -> list[str]:
    """The names of the pictures. Fails where a page says that something is wrong, or its browser does."""
    seen = []
    for language in ("zh", "en"):
        context = window(browser, whole.desk.visitor, language=language, dark=language == "zh")
        page, faults = context.new_page(), []
        page.on("pageerror", lambda error: faults.append(str(error)))  # noqa: B023
        for name, path in _pages(whole):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 200, (path, answer.status)
            assert page.title(), path
            picture(page, f"{name}-{language}")
            seen.append(f"{name}-{language}")
        context.close()
        assert faults == []
    return seen


def _pages(whole: Whole) -> Iterator[tuple[str, str]]:
    campaign_id = whole.campaign_id
    with whole.house.central.database.reading() as connection:
        link_id = connection.scalar(select(claim_links.c.link_id))
        dispute_id = connection.scalar(select(disputes.c.dispute_id))
        number = connection.scalar(select(coupons.c.coupon_number))
    paths = {
        "overview": "",
        "campaigns": "campaigns",
        "campaign": f"campaigns/{campaign_id}",
        "campaign-new": "campaigns/new",
        "campaign-form": "campaigns/new/form?sample=jiangbei",
        "campaign-amend": f"campaigns/{campaign_id}/edit",
        "campaign-rehearsal": f"campaigns/{campaign_id}/rehearse",
        "links": f"campaigns/{campaign_id}/links",
        "link": f"campaigns/{campaign_id}/links/{link_id}",
        "coupon": f"coupons?coupon={number}",
        "outlets": "outlets",
        "outlet": f"outlets/{FIRST}",
        "outlets-import": "outlets/import",
        "outlets-opting": f"outlets/opting?campaign={campaign_id}",
        "tills": "tills",
        "till": f"tills/{FIRST}-01",
        "disputes": "disputes?state=all",
        "dispute": f"disputes/{dispute_id}",
        "settlement": "settlement",
        "settlement-campaign": f"settlement/{campaign_id}",
        "settlement-period": f"settlement/{campaign_id}/periods/2",
        "settlement-one": f"settlement/{campaign_id}/settlements/1",
        "report": f"report/{campaign_id}",
        "operators": "operators",
        "keys": "keys",
    }
    yield from ((name, f"/console/{path}") for name, path in paths.items())
