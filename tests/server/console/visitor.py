"""Somebody with a browser, by `requests`: keeps cookies, follows redirects, sends forms as the page that shows them."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import requests

from merchant_app.server.services.operators.links import first_link, link_url, make_link
from tests.server.conftest import House

NAME, PASSWORD = "Chen Jing", "a horse on the bridge"
_CSRF = re.compile(r'<meta name="csrf" content="([^"]+)">')


@dataclass
class Visitor:
    """`get` and `post` take paths of the server; `said` is the text of the last page."""

    url: str
    session: requests.Session = field(default_factory=requests.Session)
    csrf: str = ""
    last: requests.Response = field(default_factory=requests.Response)

    def __post_init__(self) -> None:
        self.session.headers["Accept-Language"] = "en"

    def get(self, path: str, **options: Any) -> requests.Response:
        return self._kept(self.session.get(f"{self.url}{path}", timeout=60, **options))

    def post(self, path: str, files: Any = None, **fields: Any) -> requests.Response:
        """Sends a form of this site, with its token."""
        data = {"csrf": self.csrf, **fields}
        headers = {"Origin": self.url}
        answer = self.session.post(f"{self.url}{path}", data=data, files=files, headers=headers, timeout=60)
        return self._kept(answer)

    @property
    def said(self) -> str:
        """What a person reads on the last page: without tags, spaces in a row as one."""
        text = re.sub(r"<(title|style|script|svg).*?</\1>", " ", self.last.text, flags=re.DOTALL)
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split())

    def sign_in(self, name: str = NAME, password: str = PASSWORD) -> requests.Response:
        return self.post("/console/sign-in", name=name, password=password)

    def close(self) -> None:
        self.session.close()

    def _kept(self, answer: requests.Response) -> requests.Response:
        self.last = answer
        token = _CSRF.search(answer.text) if "html" in answer.headers.get("content-type", "") else None
        self.csrf = unescape(token[1]) if token else self.csrf
        return answer


def operator_of(house: House, name: str = NAME, password: str = PASSWORD) -> Visitor:
    """A new operator of this server, who came by a sign-in link and is signed in."""
    secret = first_link(house.central) or make_link(house.central, None, by=None)
    assert secret is not None
    visitor = Visitor(house.url)
    path = link_url("", secret)
    visitor.get(path)
    answer = visitor.post(path, name=name, password=password, repeated=password)
    assert answer.status_code == 200, answer.text
    assert visitor.csrf
    return visitor
