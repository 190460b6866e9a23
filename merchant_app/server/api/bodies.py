"""A request's body is taken whole before anything is done with it: within bounds, in time, not everybody's at once.

This stands outside the framework, so that nothing is begun for a body that does not come, and nothing is half written.
"""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from merchant_app.server.api.refusals import as_response, refuse
from merchant_app.wire.refusal import Refusal, RefusalCode

LARGEST_REQUEST = 4 * 1024 * 1024
"""Bytes; the largest batch of facts is about a quarter of it."""
BODY_SECONDS = 20.0
MOST_HELD = 256 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes of one body, and seconds for all of them; `most_held`: bytes of all that are waited for or worked on at one
    time in this process."""

    largest: int = LARGEST_REQUEST
    seconds: float = BODY_SECONDS
    most_held: int = MOST_HELD


OF_STRANGERS = Bounds(64 * 1024, BODY_SECONDS, 8 * 1024 * 1024)
"""Forms that are sent before anybody has signed in."""
OF_FILES = Bounds(32 * 1024 * 1024, 120.0)
"""Pages take tables and pictures, from whoever is at the end of a slow line."""
BY_PATH = (
    ("/console/sign-in", OF_STRANGERS),
    ("/console/welcome", OF_STRANGERS),
    ("/console/language", OF_STRANGERS),
    ("/console/", OF_FILES),
)
"""The first prefix that fits. What each has is counted by itself: whoever fills the console's keeps no till waiting."""


class WholeBodies:
    """Too much is refused unread, too slow is cut off, compressed is refused, and of too many at once some wait."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        bounds: Bounds | None = None,
        by_path: tuple[tuple[str, Bounds], ...] = BY_PATH,
    ) -> None:
        self._app = app
        self._bounds = bounds or Bounds()
        self._by_path = by_path
        self._held: dict[Bounds, int] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bounds = self._bounds_of(scope["path"])
        refused = _refused_unread(Headers(scope=scope), bounds)
        if refused is not None:
            await refuse(*refused)(scope, receive, send)
            return
        body = _Held(self, bounds)
        try:
            async with asyncio.timeout(bounds.seconds):
                came = await body.read(receive)
            if came:
                await self._app(scope, _replay(bytes(body.content), receive), send)
        except TimeoutError:
            await refuse(408, "too_slow", f"within {bounds.seconds:g} seconds")(scope, receive, send)
        except _TooLargeError:
            await refuse(413, "too_large", f"at most {bounds.largest} bytes")(scope, receive, send)
        except _TooManyError:
            await as_response(503, Refusal(code=RefusalCode.BUSY), retry_after=2)(scope, receive, send)
        finally:
            body.let_go()

    def _bounds_of(self, path: str) -> Bounds:
        return next((bounds for prefix, bounds in self._by_path if path.startswith(prefix)), self._bounds)

    def hold(self, bounds: Bounds, count: int) -> None:
        """Raises `_TooManyError` where all that is held within these bounds would be too much."""
        held = self._held.get(bounds, 0) + count
        if held > bounds.most_held:
            raise _TooManyError
        self._held[bounds] = held

    def let_go(self, bounds: Bounds, count: int) -> None:
        self._held[bounds] -= count


class _TooLargeError(Exception):
    """More came than is taken."""


class _TooManyError(Exception):
    """So much is held already that this one has to come again."""


class _Held:
    """One body, counted while it is held."""

    def __init__(self, bodies: WholeBodies, bounds: Bounds) -> None:
        self._bodies = bodies
        self._bounds = bounds
        self.content = bytearray()

    async def read(self, receive: Receive) -> bool:
        """False where the other side has gone before it was whole."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            chunk = message.get("body", b"")
            if len(self.content) + len(chunk) > self._bounds.largest:
                raise _TooLargeError
            self._bodies.hold(self._bounds, len(chunk))
            self.content += chunk
            if not message.get("more_body", False):
                return True

    def let_go(self) -> None:
        if self.content:
            self._bodies.let_go(self._bounds, len(self.content))


def _refused_unread(headers: Headers, bounds: Bounds) -> tuple[int, str, str] | None:
    if headers.get("content-encoding", "identity").strip().lower() != "identity":
        return 415, "encoded_body", "bodies are taken as they are, not compressed"
    length = headers.get("content-length", "0")
    if not length.isdecimal() or len(length) > 18 or int(length) > bounds.largest:
        return 413, "too_large", f"at most {bounds.largest} bytes"
    return None


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again
