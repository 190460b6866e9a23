"""Links and channels in the console: made, shown with address and QR picture, counted, closed."""

import re

from merchant_app.domain.kinds import CampaignId
from merchant_app.paper.qr_picture import qr_modules
from merchant_app.server.services.claiming.links import links_in
from merchant_app.server.services.claiming.serving import serve
from tests.server.claiming.wallets import RUSH, link_to, rush, wanted
from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import Visitor

HERE = f"/console/campaigns/{RUSH}/links"


def link_ids(house: House) -> list[str]:
    found = links_in(house.central, CampaignId(RUSH))
    assert found is not None
    return [each.link.link_id for each in found.links]


def test_a_link_is_made_shown_and_closed(house: House, operator: Visitor) -> None:
    first = rush(house)
    assert f'href="{HERE}"' in operator.get(f"/console/campaigns/{RUSH}").text
    operator.get(HERE)
    operator.post(HERE, round_index="0", channel=" 陈主播 ")
    (link_id,) = set(link_ids(house)) - {first.link_id}
    assert operator.last.url.endswith(f"{HERE}/{link_id}")
    assert "The link is made." in operator.said
    assert f"{house.url}/c/{link_id}" in operator.said
    assert operator.session.get(f"{house.url}/c/{link_id}", timeout=60).status_code == 200
    operator.post(f"{HERE}/{link_id}/close")
    assert operator.last.url.endswith(HERE)
    assert re.search(r"陈主播 1 0 .*? Closed", operator.said)
    assert "This link was closed" in operator.get(f"{HERE}/{link_id}").text


def test_what_makes_no_link_is_said_at_its_field(house: House, operator: Visitor) -> None:
    rush(house, channels=["short_video"])
    operator.get(HERE)
    for fields, said in (
        ({"round_index": "7", "channel": "short_video"}, "The campaign has no such round."),
        ({"round_index": "all", "channel": "short_video"}, "The campaign has no such round."),
        ({"round_index": "0", "channel": "tv"}, "The campaign names no such channel."),
        ({"round_index": "0"}, "A channel is a name of 1 to 40 characters."),
    ):
        answer = operator.post(HERE, **fields)
        assert answer.status_code == 422
        assert said in operator.said
    assert len(link_ids(house)) == 1


def test_what_is_not_there_is_no_page(house: House, operator: Visitor) -> None:
    rush(house)
    for path in ("/console/campaigns/99/links", f"{HERE}/nothing", f"{HERE}/nothing/qr.png"):
        assert operator.get(path).status_code == 404, path
    operator.get(HERE)
    assert operator.post(f"{HERE}/nothing/close").status_code == 404


def test_the_picture_says_the_links_address(house: House, operator: Visitor) -> None:
    link = rush(house)
    answer = operator.get(f"{HERE}/{link.link_id}/qr.png")
    assert answer.headers["content-type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    modules = qr_modules(f"{house.url}/c/{link.link_id}")
    assert f'viewBox="0 0 {len(modules) + 8} {len(modules) + 8}"' in operator.get(f"{HERE}/{link.link_id}").text


def test_the_pages_in_a_real_browser(house: House, operator: Visitor, open_page: OpenPage) -> None:
    links = [rush(house, stock=500), link_to(house, channel="live_stream"), link_to(house, channel="#心动江北")]
    serve(house.central, [wanted(links[who % 7 % 3], who) for who in range(180)])
    page = open_page(operator, HERE)
    page.get_by_role("textbox", name="Channel").fill("陈主播")
    picture(page, "links-light")
    page.get_by_role("button", name="Make the link").click()
    assert page.get_by_role("img", name="QR code of the link's address").is_visible()
    picture(page, "link-light")
    page.get_by_text("Close the link").click()
    assert page.get_by_role("button", name="Close it").is_visible()
    picture(page, "link-closing")
    picture(open_page(operator, HERE, language="zh", dark=True), "links-zh-dark")
    picture(open_page(operator, f"{HERE}/{links[0].link_id}", language="zh"), "link-zh")
    picture(open_page(operator, HERE, size=PHONE), "links-phone")
