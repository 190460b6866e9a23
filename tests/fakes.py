"""Fakes for what lies outside of the program: the clock on the wall, the way to the network."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import requests
from requests.adapters import HTTPAdapter


@dataclass
class FakeClock:
    """A wall clock and a monotonic one that move only when told; the wall clock can be set wrong by itself."""

    at: datetime = datetime(2022, 6, 28, 4, 0, tzinfo=UTC)
    elapsed: float = 0.0

    def wall(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.elapsed

    def pass_by(self, **span: float) -> None:
        """Time passes, for both clocks."""
        self.at += timedelta(**span)
        self.elapsed += timedelta(**span).total_seconds()

    def set_wrong(self, at: datetime) -> None:
        """Somebody sets the computer's clock."""
        self.at = at


@dataclass
class Plug:
    """The network cable: pulled, nothing reaches the server; `lose_answers`: it hears us, and we do not hear it."""

    pulled: bool = False
    lose_answers: bool = False
    hold_back: bool = False
    """Requests get stuck on the way: nobody is heard, and they can still arrive later (`deliver`)."""
    held_back: list[requests.PreparedRequest] = field(default_factory=list)
    lose_at: int | None = None
    """The so-many-th answer from now is lost, and all that follow."""
    requests_sent: list[str] = field(default_factory=list)

    def session(self) -> requests.Session:
        session = requests.Session()
        session.mount("http://", _PluggedAdapter(self))
        return session

    def deliver(self) -> list[int]:
        """What got stuck arrives after all; the statuses of the answers that nobody waits for any more."""
        stuck, self.held_back = self.held_back, []
        with requests.Session() as session:
            return [session.send(request).status_code for request in stuck]


class _PluggedAdapter(HTTPAdapter):
    def __init__(self, plug: Plug) -> None:
        super().__init__(max_retries=0)
        self._plug = plug

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if self._plug.pulled:
            raise requests.ConnectionError("the network cable is pulled")
        if self._plug.hold_back:
            self._plug.held_back.append(request)
            raise requests.ConnectionError("stuck on the way")
        self._plug.requests_sent.append(f"{request.method} {request.path_url}")
        response = super().send(request, *args, **kwargs)
        if self._plug.lose_at is not None:
            self._plug.lose_at -= 1
        if self._plug.lose_answers or (self._plug.lose_at is not None and self._plug.lose_at <= 0):
            response.close()
            raise requests.ConnectionError("the answer was lost")
        return response
