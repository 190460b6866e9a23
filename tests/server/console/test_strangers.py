"""The console as somebody meets it who means no good: foreign forms, redirects, cookies, names with markup in them."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.responses import Response
from starlette.types import Message

from merchant_app.server.api.bodies import OF_STRANGERS
from merchant_app.server.console.headers import GuardedPages
from merchant_app.server.console.language import asked_language
from merchant_app.server.console.pages import own_path
from merchant_app.server.services.operators.accounts import disable, operators_known
from merchant_app.server.services.operators.links import first_link, link_url, make_link
from merchant_app.server.services.operators.passwords import is_right
from merchant_app.server.services.outlet_import import import_outlets
from tests.server.conftest import House
from tests.server.console.visitor import NAME, PASSWORD, Visitor, operator_of
from tests.server.documents import CAMPAIGN_ID, OUTLETS

MARKUP = "<script>alert(1)</script>"
FOREIGN: list[dict[str, str]] = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
]


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
def test_a_form_of_another_site_is_refused_even_with_the_right_token(
    house: House, operator: Visitor, headers: dict[str, str]
) -> None:
    fields = {"csrf": operator.csrf, "name": NAME, "password": PASSWORD, "language": "zh", "back": "/console/"}
    for path in ("/console/sign-in", "/console/language", "/console/first-steps/outlets", "/console/sign-out"):
        answer = operator.session.post(f"{house.url}{path}", data=fields, headers=headers, timeout=30)
        assert answer.status_code == 403, path
    assert operator.get("/console/").url.endswith("/console/")


def test_a_token_is_that_of_its_own_session(house: House, operator: Visitor) -> None:
    second = operator_of(house, "Li Wei", "another horse, another bridge")
    operator.csrf = second.csrf
    assert operator.post("/console/first-steps/outlets").status_code == 403
    assert "nothing was changed" in operator.said
    for token in ("", "x", "\N{SNOWMAN}"):
        operator.csrf = token
        assert operator.post("/console/sign-out").status_code == 403
    second.close()


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/console/",
        "//evil.example/console/",
        "/\\evil.example",
        "/console\\@evil.example",
        "javascript:alert(1)",
        "/api/keys",
        "/consolex/",
        "/console/\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_sent_on_to_another_site(house: House, operator: Visitor, to: str) -> None:
    assert own_path(to) == "/console/"
    answer = operator.post("/console/sign-in", name=NAME, password=PASSWORD, to=to)
    assert answer.url == f"{house.url}/console/"
    answer = operator.post("/console/language", language="en", back=to)
    assert answer.url == f"{house.url}/console/"


def test_a_session_of_somebody_elses_choice_is_never_taken_over(house: House, stranger: Visitor) -> None:
    operator_of(house).close()
    stranger.session.cookies.set("merchant_app_session", "chosen", domain="127.0.0.1", path="/console")
    stranger.sign_in()
    held = [cookie.value for cookie in stranger.session.cookies if cookie.name == "merchant_app_session"]
    assert len(set(held) - {"chosen"}) == 1


def test_cookies_are_for_this_console_alone_and_for_no_script(house: House, operator: Visitor) -> None:
    answer = operator.session.post(
        f"{house.url}/console/sign-in", data={"name": NAME, "password": PASSWORD}, allow_redirects=False, timeout=30
    )
    said = answer.headers["set-cookie"].lower()
    assert "httponly" in said
    assert "samesite=strict" in said
    assert "path=/console" in said
    assert "expires" not in said
    answer = operator.session.post(
        f"{house.url}/console/sign-in",
        data={"name": NAME, "password": PASSWORD},
        headers={"X-Forwarded-Proto": "https"},
        allow_redirects=False,
        timeout=30,
    )
    assert answer.status_code == 303


def test_over_https_the_browser_is_told_to_stay_there() -> None:
    assert "strict-transport-security" in headers_of("https", "/console/")
    assert "strict-transport-security" not in headers_of("http", "/console/")
    assert "content-security-policy" not in headers_of("https", "/api/keys")
    assert "content-security-policy" in headers_of("https", "/console")


def headers_of(scheme: str, path: str) -> dict[str, str]:
    """What is added to a bare answer."""
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope: dict[str, Any] = {"type": "http", "scheme": scheme, "path": path, "method": "GET", "headers": []}
    with ThreadPoolExecutor(1) as pool:  # the browser of other tests has a loop of its own in this thread
        pool.submit(asyncio.run, GuardedPages(Response("x"))(scope, receive, send)).result()
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_a_name_with_markup_in_it_is_a_name(house: House) -> None:
    operator = operator_of(house, f"Li {MARKUP}")
    import_outlets(house.central, OUTLETS.replace("Hot pot", f'"{MARKUP}"').replace("火锅", f'"{MARKUP}"'))
    operator.post("/console/operators/invite", name=f"Li {MARKUP}")
    operator.post("/console/first-steps/till")
    pages = ["", "outlets", "tills", "operators", "operators/deeds", "campaigns", f"campaigns/{CAMPAIGN_ID}"]
    for path in pages:
        answer = operator.get(f"/console/{path}")
        assert MARKUP not in answer.text, path
    operator.get("/console/operators")
    assert f"Li {MARKUP}" in operator.said.replace("&lt;", "<") or "Li" in operator.said
    operator.close()


def test_the_link_of_a_disabled_operator_opens_nothing(house: House, operator: Visitor, stranger: Visitor) -> None:
    operator_of(house, "Li Wei", "another horse, another bridge").close()
    mine, other = (each.operator_id for each in operators_known(house.central))
    path = link_url("", make_link(house.central, "Li Wei", by=mine) or "")
    assert disable(house.central, other, by=mine)
    assert stranger.get(path).status_code == 410
    assert stranger.post(path, password=PASSWORD, repeated=PASSWORD).status_code == 410


def test_whoever_finds_a_session_open_cannot_try_passwords(operator: Visitor) -> None:
    wrong = {"old": "not this one", "password": "a new one for today", "repeated": "a new one for today"}
    for _ in range(10):
        operator.post("/console/operators/password", **wrong)
        assert "This is not your password" in operator.said
    operator.post("/console/operators/password", **{**wrong, "old": PASSWORD})
    assert "Too many wrong passwords" in operator.said


def test_without_an_operator_of_that_name_a_password_is_looked_at_all_the_same() -> None:
    assert not is_right("nobody has this password", None)
    assert not is_right("x" * 100_000, None)
    assert not is_right("\ud800", None)


def test_strange_input_is_refused_and_never_a_failure(house: House, stranger: Visitor) -> None:
    path = link_url("", first_link(house.central) or "")
    for name in ("\x00", "a\x00b", "x" * 5000, "\u202eabc", " "):
        assert stranger.post(path, name=name, password=PASSWORD, repeated=PASSWORD).status_code == 422, repr(name)
        assert stranger.sign_in(name=name).status_code in (403, 422, 429), repr(name)
    for path in (
        "/console/welcome/%00",
        "/console/welcome/%ED%A0%80",
        "/console/static/web/..%2f..%2fx",
        "/console/%00",
    ):
        assert stranger.get(path).status_code in (404, 410, 422), path
    files = {"name": ("name.txt", b"x")}
    assert stranger.post("/console/sign-in", files=files, password=PASSWORD).status_code == 403
    too_much = b"x" * (OF_STRANGERS.largest + 1)
    assert stranger.session.post(f"{house.url}/console/sign-in", data=too_much, timeout=30).status_code == 413


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,en;q=0.9", "en"),
        ("fr,en;q=0.5,zh;q=0.7", "zh"),
        ("zh;q=0,en", "en"),
        ("", "en"),
        ("*;q=x,,;", "en"),
    ],
)
def test_the_language_that_a_browser_asks_for(accepted: str, language: str) -> None:
    assert asked_language(accepted) == language


def test_a_null_in_an_address_or_a_field_is_refused_for_operators_too(operator: Visitor) -> None:
    for path in ("operators/deeds?who=%00", "operators/deeds?what=%00", "operators?page=%00", "outlets?search=%00"):
        assert operator.get(f"/console/{path}").status_code in (404, 422), path
    assert operator.post("/console/operators/invite", name="a\x00").status_code == 422
    assert operator.post("/console/operators/%00/disable").status_code == 422


def test_a_null_is_refused_in_each_of_several_fields_of_one_name_and_in_a_name(operator: Visitor) -> None:
    assert operator.post("/console/operators/invite", name=["a\x00", "b"]).status_code == 422
    assert operator.post("/console/operators/invite", **{"name": "b", "na\x00me": "b"}).status_code == 422
    assert operator.get("/console/outlets?search=%00&search=b").status_code == 422
