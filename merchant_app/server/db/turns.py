"""A lock that goes to whoever has waited longest.

Python's own goes to anybody: a thread that gives it back and takes it again at once, as one does that serves a rush of
claims group by group, could keep a cashier's ask out for as long as the rush lasts.
"""

import threading
from collections import deque


class Turns:
    """Held by one thread at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._is_held = False

    def acquire(self, timeout: float) -> bool:
        """False: its turn did not come within `timeout` seconds."""
        with self._guard:
            if not self._is_held:
                self._is_held = True
                return True
            turn = threading.Event()
            self._waiting.append(turn)
        if turn.wait(timeout):
            return True
        with self._guard:
            if turn.is_set():  # it came in this very moment
                return True
            self._waiting.remove(turn)
        return False

    def release(self) -> None:
        """Hands it to the next, who has it from this moment on."""
        with self._guard:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._is_held = False
