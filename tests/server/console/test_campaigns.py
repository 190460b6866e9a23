"""Campaigns in the console: listed, made by forms alone, rehearsed, opened, amended, paused and closed."""

from tests.server.console.visitor import Visitor
from tests.server.documents import CAMPAIGN_ID

ONE = f"/console/campaigns/{CAMPAIGN_ID}"


def test_every_page_of_a_campaign_can_be_looked_at(operator: Visitor) -> None:
    for path in (
        "",
        "/new",
        "/new/form",
        "/new/form?sample=jiangbei",
        f"/{CAMPAIGN_ID}",
        f"/{CAMPAIGN_ID}/meters",
        f"/{CAMPAIGN_ID}/edit",
        f"/{CAMPAIGN_ID}/rehearse",
        f"/{CAMPAIGN_ID}/document.json",
    ):
        assert operator.get(f"/console/campaigns{path}").status_code == 200, path
