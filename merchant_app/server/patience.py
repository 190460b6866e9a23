"""HTTP for people who wait, with an end to it: headers have to come in time, as bodies do behind this."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10.0


class PatientProtocol(H11Protocol):
    """uvicorn's own, which waits for ever for the first request of a connection, and for the end of its headers.

    Where `header_seconds` is over the connection is closed: whoever sends a byte now and then gets no answer.
    """

    header_seconds = HEADER_SECONDS

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()  # the headers are there
        elif self._deadline is None:
            self._wait()  # the next request of this connection has begun

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self.conn.their_state is h11.IDLE and self.conn.trailing_data[0] and self._deadline is None:
            self._wait()  # the next request had begun before this one was answered

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_waiting()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._deadline = self.loop.call_later(self.header_seconds, self._on_late)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _on_late(self) -> None:
        if self.conn.their_state is h11.IDLE and not self.transport.is_closing():
            self.transport.close()


def patient(header_seconds: float) -> type[PatientProtocol]:
    """uvicorn builds its protocols itself, so the measure is given by a class of its own."""
    return type("Patient", (PatientProtocol,), {"header_seconds": header_seconds})
