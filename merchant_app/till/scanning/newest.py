"""A place for one thing between two threads: what is put replaces what was there, so nobody works on what is old."""

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Newest(Generic[T]):
    """Holds the newest thing put until it is taken; closing wakes whoever waits."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._thing: T | None = None
        self._is_closed = False

    def put(self, thing: T) -> bool:
        """Puts the thing in place of what is there; True if nothing was waiting to be taken."""
        with self._changed:
            was_empty = self._thing is None
            if not self._is_closed:
                self._thing = thing
            self._changed.notify()
            return was_empty

    def take(self, timeout_s: float | None = None) -> T | None:
        """Takes the thing, waiting for one up to `timeout_s` (None: until closed, 0: not at all); None if none came."""
        with self._changed:
            self._changed.wait_for(lambda: self._thing is not None or self._is_closed, timeout_s)
            thing, self._thing = self._thing, None
            return thing

    def close(self) -> None:
        """What is there is dropped, and nothing comes any more."""
        with self._changed:
            self._is_closed = True
            self._thing = None
            self._changed.notify_all()
