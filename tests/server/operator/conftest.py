"""An operator's program with its token."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import requests

from merchant_app.server.services.operator_tokens import make_token_for
from tests.server.conftest import House
from tests.server.console.visitor import NAME, operator_of


@dataclass
class Program:
    """Speaks to `/api/operator`; `token_id` names its token."""

    url: str
    token_id: str
    secret: str
    session: requests.Session = field(default_factory=requests.Session)

    def ask(self, method: str, path: str, **options: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.secret}"}
        return self.session.request(method, f"{self.url}/api/operator{path}", headers=headers, timeout=60, **options)

    def get(self, path: str, **params: Any) -> requests.Response:
        return self.ask("GET", path, params=params)

    def post(self, path: str, **body: Any) -> requests.Response:
        return self.ask("POST", path, json=body)


@pytest.fixture
def program(house: House) -> Iterator[Program]:
    operator_of(house).close()
    made = make_token_for(house.central, NAME, "ledger of the district")
    assert made is not None
    program = Program(house.url, *made)
    yield program
    program.session.close()
