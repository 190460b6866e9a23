"""The operators' API against its own description, asked with a token: whatever is sent, the answer is described."""

import copy
from typing import Any

import pytest
import schemathesis
from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.app import ServerApp
from merchant_app.server.db.operators import KeptOperator, add_operator
from merchant_app.server.services.operator_tokens import make_token
from tests.server.api.test_described import NOW, AsNobody, app, configured, found_wrong

__all__ = ["app"]


class AsOperator:
    """Sends a token with every request to `/api/operator`; the others are left out of its description."""

    def __init__(self, app: ServerApp, secret: str) -> None:
        self._app, self._secret = app, secret
        described = copy.deepcopy(app.api.openapi())
        described["paths"] = {path: each for path, each in described["paths"].items() if "/operator/" in path}
        for operation in (each for path in described["paths"].values() for each in path.values()):
            del operation["security"]
        self._described = JSONResponse(described)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/openapi.json":
            await self._described(scope, receive, send)
            return
        headers = [(name, value) for name, value in scope["headers"] if name.lower() != b"authorization"]
        headers.append((b"authorization", f"Bearer {self._secret}".encode()))
        await self._app({**scope, "headers": headers}, receive, send)


@pytest.fixture(scope="module")
def as_operator(app: ServerApp) -> Any:
    with app.central.database.writing() as connection:
        add_operator(connection, KeptOperator(OperatorId("one"), "Chen", "chen", "x", NOW, None))
    _, secret = make_token(app.central, OperatorId("one"), "schemathesis")
    return schemathesis.openapi.from_asgi("/openapi.json", AsNobody(AsOperator(app, secret)), config=configured())


def test_a_program_is_answered_as_it_is_described(as_operator: Any) -> None:
    assert found_wrong(as_operator) == ""
