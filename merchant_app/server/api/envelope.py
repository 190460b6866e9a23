"""Round every request: its body is taken whole, in time and within bounds; its answer is signed for the till that asks.

This stands outside the framework, so that errors, and answers without a body, are signed too.
"""

import asyncio
import logging
import re
from collections.abc import Callable
from datetime import datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from merchant_app.server.api.refusals import refuse
from merchant_app.server.services.keeping_keys.server_keys import ServerKeys
from merchant_app.wire import signing

log = logging.getLogger(__name__)

LARGEST_REQUEST = 4 * 1024 * 1024
"""Bytes; the largest batch of facts is about a quarter of it."""
BODY_SECONDS = 20.0
_NONCE = re.compile(r"^[!-~]{1,128}$")


def is_nonce(text: str) -> bool:
    return _NONCE.match(text) is not None


class WholeBodies:
    """Reads a request's body before anything is done with it; too much is refused unread, too slow is refused."""

    def __init__(self, app: ASGIApp, *, largest: int = LARGEST_REQUEST, seconds: float = BODY_SECONDS) -> None:
        self._app = app
        self._largest = largest
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if headers.get("content-encoding", "identity").strip().lower() != "identity":
            await refuse(415, "encoded_body", "bodies are taken as they are, not compressed")(scope, receive, send)
            return
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._largest:
            await refuse(413, "too_large", f"at most {self._largest} bytes")(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._seconds):
                body = await self._read(receive)
        except TimeoutError:
            await refuse(408, "too_slow", f"within {self._seconds:g} seconds")(scope, receive, send)
            return
        if body is None:
            return
        if len(body) > self._largest:
            await refuse(413, "too_large", f"at most {self._largest} bytes")(scope, receive, send)
            return
        await self._app(scope, _replay(body, receive), send)

    async def _read(self, receive: Receive) -> bytes | None:
        """The body, a little more than the largest where there is more; None where the other side has gone."""
        body = bytearray()
        while len(body) <= self._largest:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            body += message.get("body", b"")
            if not message.get("more_body", False):
                break
        return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


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
