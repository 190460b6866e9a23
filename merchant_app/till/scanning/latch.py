"""One showing of a code is one scan; two codes in view are offered and none is taken. No clock, camera or thread."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

AWAY_S = 1.5
"""How long a code must be out of view before it counts as shown again."""
TOGETHER_S = 0.5
"""Codes read this close after one another are in view together, even if no single frame gave both."""


@dataclass(frozen=True, slots=True)
class Taken:
    """This code is scanned, once."""

    text: str


@dataclass(frozen=True, slots=True)
class Offered:
    """These codes are in view together and one must be chosen; with none, an earlier offer is over."""

    texts: tuple[str, ...]


Scan: TypeAlias = Taken | Offered | None


class Latch:
    """Turns what each frame shows into scans. Times are monotonic seconds that never go back.

    A code is latched from when it was taken or offered until it has been out of view for `away_s`; while latched it is
    taken only by `choose`. So a code that flickers is one scan, and hiding one of two codes for a moment takes neither.
    """

    def __init__(self, *, away_s: float = AWAY_S, together_s: float = TOGETHER_S) -> None:
        self._away_s = away_s
        self._together_s = together_s
        self._seen_at: dict[str, float] = {}
        self._latched: set[str] = set()
        self._offered: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """The codes among which one is to be chosen now."""
        return self._offered

    def see(self, texts: Iterable[str], now_s: float) -> Scan:
        """What follows from a frame with these codes in it, none included; to be called for every frame."""
        for text in texts:
            self._seen_at[text] = now_s
        self._forget_those_away(now_s)
        together = tuple(text for text, at_s in self._seen_at.items() if now_s - at_s < self._together_s)
        if len(together) > 1:
            return self._offer(together)
        if self._offered and not any(text in self._seen_at for text in self._offered):
            self._offered = ()
            return Offered(())
        for text in together:
            if text not in self._latched:
                self._latched.add(text)
                return Taken(text)
        return None

    def choose(self, text: str) -> Scan:
        """The cashier's choice among the codes offered, one after the other; what was not offered is not taken."""
        return Taken(text) if text in self._offered else None

    def forget(self) -> None:
        """Starts afresh: a code that is in view counts as new. For another camera, or "scan again"."""
        self._seen_at.clear()
        self._latched.clear()
        self._offered = ()

    def _offer(self, together: tuple[str, ...]) -> Scan:
        if self._latched.issuperset(together) and (not self._offered or set(together) <= set(self._offered)):
            return None
        self._latched.update(together)
        self._offered = together
        return Offered(together)

    def _forget_those_away(self, now_s: float) -> None:
        for text in [text for text, at_s in self._seen_at.items() if now_s - at_s >= self._away_s]:
            del self._seen_at[text]
            self._latched.discard(text)
