"""The API against its own description: whatever is sent, the answer is one that the description names.

Requests are made by schemathesis from the description: its examples, every bound of every field, and random ones; as
nobody, and signed as an enrolled till.
"""

import copy
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import schemathesis
from nacl.signing import SigningKey
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from schemathesis.schemas import BaseSchema
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from merchant_app.domain.kinds import OutletId
from merchant_app.server.app import ServerApp, create_app
from merchant_app.server.services.campaign_desk import add, open_campaign
from merchant_app.server.services.enrolling import enrol, invite
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.server.settings import Settings
from merchant_app.wire import signing
from merchant_app.wire.enrolment import EnrolRequest
from tests.server.documents import OUTLETS, document

NOW = datetime(2026, 6, 30, 4, 0, tzinfo=UTC)
CHAIN = "chain-1"


class AsTill:
    """Signs every request that comes by, whatever is in it, as the till `till_id`.

    Its description asks for no signature: the client has none to give, nor to leave out.
    """

    def __init__(self, app: ServerApp, till_id: str, key: SigningKey) -> None:
        self._app, self._till_id, self._key = app, till_id, key
        described = copy.deepcopy(app.api.openapi())
        for operation in (each for path in described["paths"].values() for each in path.values()):
            if "TillSignature" in operation.get("security", [{}])[0]:
                del operation["security"]
        self._described = JSONResponse(described)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/openapi.json":
            await self._described(scope, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)

        async def again() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        query = scope["query_string"].decode("latin-1")
        path = scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
        signature = self._key.sign(signing.request_message(scope["method"], path, "n", body)).signature
        names = (signing.TILL_ID, signing.TILL_NONCE, signing.TILL_SIGNATURE)
        ours = {name.lower().encode() for name in names}
        signed = zip(names, (self._till_id, "n", signature.hex()), strict=True)
        headers = [(name, value) for name, value in scope["headers"] if name.lower() not in ours]
        headers += [(name.lower().encode(), value.encode()) for name, value in signed]
        await self._app({**scope, "headers": headers}, again, send)


class AsNobody:
    """The application as it is, already started: each request of the client would start and stop it again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._app(scope, receive, send)
            return
        for wanted in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{wanted}.complete"})


def configured() -> SchemathesisConfig:
    """The same requests in every run."""
    return SchemathesisConfig.from_dict(
        {
            "seed": 1,
            "generation": {"max-examples": 8},
            "phases": {"stateful": {"enabled": False}},
        }
    )


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerApp]:
    """A server with outlets and an open campaign."""
    minutes = (timedelta(seconds=10 * n) for n in count())  # wrong guesses are forgotten again
    made = create_app(Settings(tmp_path_factory.mktemp("server")), now=lambda: NOW + next(minutes))
    import_outlets(made.central, OUTLETS)
    add(made.central, document(), {})
    open_campaign(made.central, document()["campaign_id"])
    made.api.state.claim_door.open()
    yield made
    made.api.state.claim_door.close()
    made.central.database.close()


@pytest.fixture(scope="module")
def as_nobody(app: ServerApp) -> Any:
    return schemathesis.openapi.from_asgi("/openapi.json", AsNobody(app), config=configured())


@pytest.fixture(scope="module")
def as_till(app: ServerApp) -> Any:
    invited, key = invite(app.central, OutletId(4201), "http://127.0.0.1"), SigningKey.generate()
    assert invited is not None
    public_key = key.verify_key.encode().hex()
    request = EnrolRequest(
        secret=invited[0].secret, public_key=public_key, chain_id=CHAIN, till_name="1", version="0.1.0"
    )
    till_id = enrol(app.central, request, "here")
    assert isinstance(till_id, str)
    return schemathesis.openapi.from_asgi(
        "/openapi.json",
        AsNobody(AsTill(app, till_id, key)),
        config=configured(),
    )


def found_wrong(schema: BaseSchema) -> str:
    """Every answer that is not as it is described, by the request that was answered so."""
    wrong = []
    for event in from_schema(schema).execute():
        if isinstance(event, ScenarioFinished):
            for case_id, done in event.recorder.checks.items():
                case = event.recorder.cases[case_id].value
                said = (f"{each.name}: {each.failure_info.failure}" for each in done if each.failure_info is not None)
                wrong += [f"{case.as_curl_command()}: {each}" for each in said]
        elif isinstance(event, NonFatalError | FatalError):
            wrong.append(str(event))
    return "\n\n".join(sorted(wrong))


def test_nobody_is_answered_as_it_is_described(as_nobody: BaseSchema) -> None:
    assert found_wrong(as_nobody) == ""


def test_a_till_is_answered_as_it_is_described(as_till: BaseSchema) -> None:
    assert found_wrong(as_till) == ""
