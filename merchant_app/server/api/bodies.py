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
"""Bytes of bodies that are waited for or worked on at one time, in this process."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Bytes, and seconds for all of them."""

    largest: int = LARGEST_REQUEST
    seconds: float = BODY_SECONDS


OF_FILES = ("/console/", Bounds(32 * 1024 * 1024, 120.0))
"""Pages take tables and pictures, from whoever is at the end of a slow line."""


class WholeBodies:
    """Too much is refused unread, too slow is cut off, compressed is refused, and of too many at once some wait."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        bounds: Bounds | None = None,
        of_files: tuple[str, Bounds] = OF_FILES,
        most_held: int = MOST_HELD,
    ) -> None:
        self._app = app
        self._bounds = bounds or Bounds()
        self._of_files = of_files
        self._most_held = most_held
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        bounds = self._bounds_of(scope["path"])
        refused = _refused_unread(Headers(scope=scope), bounds)
        if refused is not None:
            await refuse(*refused)(scope, receive, send)
            return
        body = _Held(self)
        try:
            async with asyncio.timeout(bounds.seconds):
                came = await body.read(receive, bounds.largest)
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
        prefix, bounds = self._of_files
        return bounds if path.startswith(prefix) else self._bounds

    def hold(self, count: int) -> None:
        """Raises `_TooManyError` where all that is held would be too much."""
        if self._held + count > self._most_held:
            raise _TooManyError
        self._held += count

    def let_go(self, count: int) -> None:
        self._held -= count


class _TooLargeError(Exception):
    """More came than is taken."""


class _TooManyError(Exception):
    """So much is held already that this one has to come again."""


class _Held:
    """One body, counted while it is held."""

    def __init__(self, bodies: WholeBodies) -> None:
        self._bodies = bodies
        self.content = bytearray()

    async def read(self, receive: Receive, largest: int) -> bool:
        """False where the other side has gone before it was whole."""
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            chunk = message.get("body", b"")
            if len(self.content) + len(chunk) > largest:
                raise _TooLargeError
            self._bodies.hold(len(chunk))
            self.content += chunk
            if not message.get("more_body", False):
                return True

    def let_go(self) -> None:
        self._bodies.let_go(len(self.content))


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
