"""Tokens in the console: made and shown once, revoked, and good for the API in between."""

import re

import requests

from tests.server.conftest import House
from tests.server.console.chromium import picture
from tests.server.console.conftest import OpenPage
from tests.server.console.visitor import NAME, Visitor

TOKENS = "/console/tokens"


def opens(house: House, secret: str) -> int:
    headers = {"Authorization": f"Bearer {secret}"}
    return requests.get(f"{house.url}/api/operator/campaigns", headers=headers, timeout=30).status_code


def test_a_token_is_shown_once_and_good_until_it_is_revoked(house: House, operator: Visitor) -> None:
    operator.get(TOKENS)
    (secret,) = re.findall(r"mop_[\w-]{43}", operator.post(TOKENS, name="district ledger").text)
    assert opens(house, secret) == 200
    listed = operator.get(TOKENS).text
    assert secret not in listed
    assert "district ledger" in operator.said
    assert NAME in operator.said
    (path,) = re.findall(r'action="(/console/tokens/[^"]+/revoke)"', listed)
    assert "opens nothing any more" in operator.post(path).text
    assert opens(house, secret) == 401


def test_what_has_no_name_is_refused(house: House, operator: Visitor) -> None:
    operator.get(TOKENS)
    for name in ("", "   ", "x" * 61, "a\x07b"):
        assert operator.post(TOKENS, name=name).status_code == 422
    assert operator.post(f"{TOKENS}/none/revoke").status_code == 404


def test_it_looks_well(house: House, operator: Visitor, open_page: OpenPage) -> None:
    operator.get(TOKENS)
    operator.post(TOKENS, name="district ledger")
    for language in ("en", "zh"):
        picture(open_page(operator, TOKENS, language=language), f"tokens-{language}")
