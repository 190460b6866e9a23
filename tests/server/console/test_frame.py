"""The frame: who comes in, in which language, under which headers, and that it works in a real browser."""

import re
from collections.abc import Iterator

import pytest
from fastapi.openapi.utils import get_openapi
from starlette.routing import Mount

from tests.server.conftest import House
from tests.server.console.chromium import PHONE, picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, Visitor

OPEN_TO_ALL = {"/static/{folder}/{name}", "/sign-in", "/welcome/{secret}", "/language"}


def routes_of(house: House) -> Iterator[tuple[str, str]]:
    """(method, path) of every route of the console, with something in the place of each parameter."""
    mounts = (route for route in house.running.app.api.routes if isinstance(route, Mount))
    (mounted,) = (route for route in mounts if route.path == "/console")
    described = get_openapi(title="console", version="0", routes=mounted.app.routes)  # type: ignore[attr-defined]
    for path, methods in described["paths"].items():
        if path not in OPEN_TO_ALL:
            yield from ((method.upper(), f"/console{re.sub(r'{[^}]*}', '1', path)}") for method in methods)


def test_every_route_demands_a_session(house: House, stranger: Visitor) -> None:
    found = list(routes_of(house))
    assert len(found) >= 15
    for method, path in found:
        answer = stranger.session.request(method, f"{house.url}{path}", allow_redirects=False, timeout=30)
        assert answer.status_code == 303, (method, path)
        assert answer.headers["location"].startswith("/console/sign-in?to="), (method, path)


def test_every_change_demands_its_forms_token(house: House, operator: Visitor) -> None:
    for method, path in routes_of(house):
        if method == "POST":
            assert operator.session.post(f"{house.url}{path}", timeout=30).status_code == 403, path
    assert operator.get("/console/").status_code == 200


def test_the_language_is_the_browsers_until_another_is_chosen(operator: Visitor) -> None:
    operator.session.headers["Accept-Language"] = "zh-CN,zh;q=0.9,en;q=0.8"
    assert '<html lang="zh-CN">' in operator.get("/console/operators").text
    answer = operator.post("/console/language", language="en", back="/console/operators?page=1")
    assert answer.url.endswith("/console/operators?page=1")
    assert '<html lang="en">' in answer.text


@pytest.mark.parametrize(
    "path", ["/console/", "/console/nothing", "/console/sign-in", "/console/static/web/tokens.css"]
)
def test_every_answer_tells_the_browser_to_run_only_our_own(operator: Visitor, path: str) -> None:
    headers = operator.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == ("no-store" if "static" not in path else "public, max-age=3600")


def test_a_page_in_a_real_browser(operator: Visitor, open_page: OpenPage) -> None:
    page = open_page(operator, "/console/operators")
    assert page.get_by_role("heading", level=1).inner_text() == "Operators"
    assert page.get_by_role("rowheader", name=NAME).is_visible()
    picture(page, "operators-light")
    picture(open_page(operator, "/console/operators", language="zh", dark=True), "operators-zh-dark")
    picture(open_page(operator, "/console/operators", size=PHONE), "operators-phone")
