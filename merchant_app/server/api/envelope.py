"""Round every request: its answer is signed for the till that asks.

This stands outside the framework, so that errors, and answers without a body, are signed too.
"""

import logging
import re
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from merchant_app.server.services.keeping_keys.server_keys import ServerKeys
from merchant_app.wire import signing

log = logging.getLogger(__name__)

_NONCE = re.compile(r"^[!-~]{1,128}$")


def is_nonce(text: str) -> bool:
    return _NONCE.match(text) is not None


class SignedAnswers:
    """Signs the answer to every request that carries a nonce, with the time at which it leaves."""

    def __init__(self, app: ASGIApp, *, keys: ServerKeys, now: Callable[[], datetime]) -> None:
        self._app = app
        self._keys = keys
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        nonce = Headers(scope=scope).get(signing.TILL_NONCE) if scope["type"] == "http" else None
        if nonce is None or not is_nonce(nonce):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def hold_back(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                self._sign(start, nonce, bytes(body))
                await send(start)
                await send({"type": "http.response.body", "body": bytes(body)})

        await self._app(scope, receive, hold_back)

    def _sign(self, start: Message, nonce: str, body: bytes) -> None:
        at = self._now()
        pair = self._keys.signing_at(at)
        if pair is None:
            log.error("no serving key is good at %s: this answer goes out unsigned, and no till believes it", at)
            return
        signature = pair.key.sign(signing.answer_message(nonce, start["status"], at, body)).signature
        headers = MutableHeaders(raw=start["headers"])
        headers[signing.SERVER_TIME] = at.isoformat()
        headers[signing.SERVER_KEY] = pair.public_hex
        headers[signing.SERVER_SIGNATURE] = signature.hex()
