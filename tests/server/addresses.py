"""People come from many addresses: loopback has as many as a test wants."""

from typing import Any

from requests.adapters import HTTPAdapter


class FromAddress(HTTPAdapter):
    """Connections from an address of their own, such as 127.0.1.7: one address alone is slowed down."""

    def __init__(self, address: str) -> None:
        self._address = address
        super().__init__()

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs, source_address=(self._address, 0))
