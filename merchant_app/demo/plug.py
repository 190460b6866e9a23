"""The till's network cable, in the hand of whoever tries the demo: pulled, nothing reaches the server."""

import threading
from typing import Any

import requests
from requests.adapters import HTTPAdapter


class Plug:
    """Gives the till its way to the network. May be pulled and put back on any thread."""

    def __init__(self) -> None:
        self._pulled = threading.Event()

    @property
    def is_pulled(self) -> bool:
        return self._pulled.is_set()

    def pull(self) -> None:
        self._pulled.set()

    def put_back(self) -> None:
        self._pulled.clear()

    def session(self) -> requests.Session:
        session = requests.Session()
        for scheme in ("http://", "https://"):
            session.mount(scheme, _PluggedAdapter(self))
        return session


class _PluggedAdapter(HTTPAdapter):
    """Refuses as a network without a cable does: at once, and before anything was sent."""

    def __init__(self, plug: Plug) -> None:
        super().__init__(max_retries=0)
        self._plug = plug

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        if self._plug.is_pulled:
            raise requests.ConnectionError("the network cable is pulled")
        return super().send(request, *args, **kwargs)
