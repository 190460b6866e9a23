"""Whether the server can be reached, since when, and who wants to know."""

import threading
from collections.abc import Callable
from datetime import datetime


class Line:
    """Thread-safe. A till that has not heard its server yet counts as offline: the cashier never waits to find out."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._online = False
        self._since: datetime | None = None
        self.changed: Callable[[], None] = lambda: None
        """Called, on whichever thread noticed, when the line went up or down."""

    @property
    def online(self) -> bool:
        return self._online

    @property
    def since(self) -> datetime | None:
        return self._since

    def up(self) -> None:
        self._set(online=True)

    def down(self) -> None:
        self._set(online=False)

    def _set(self, *, online: bool) -> None:
        with self._lock:
            if self._since is not None and self._online == online:
                return
            self._online, self._since = online, self._now()
        self.changed()
