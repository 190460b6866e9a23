"""Tells a USB scanner's keystrokes from a person's, by how fast they come. No clock, no Qt: times are arguments."""

from dataclasses import dataclass

GAP_S = 0.05
"""Keys of a scanner follow one another faster than this; a person's do not, for long."""
PAUSE_S = 0.12
"""A scan without a closing Enter or Tab is over after so long a silence."""
SHORTEST_SCAN = 8
"""Fewer keys than this are a person's, however quick."""
LONGEST_SCAN = 4096
"""What comes after so many characters is dropped: no code is that long."""

SUFFIXES = frozenset("\r\n\t")
_FULL_WIDTH = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What to do now: a scan that is complete, held keystrokes that were typed after all, and this keystroke's fate.

    `typed` are the held keystrokes (oldest first, as many as were held) that must now reach the field they were meant
    for, before this one; `passes` says whether this keystroke goes on at once. One that does not pass is held back:
    it comes out in a later `typed`, or is part of a scan and must reach no field.
    """

    scanned: str | None = None
    typed: tuple[str, ...] = ()
    passes: bool = False


class Keystrokes:
    """Assembles scans from single keystrokes, wherever the focus is.

    Give it every keystroke that makes a character (digits of either keyboard row as "0" to "9", Enter as "\\r", Tab
    as "\\t") with the time of the event, not of its handling, in seconds; and call `pause` when `due_s` has come.
    """

    def __init__(self, *, prefix: str = "") -> None:
        self._prefix = prefix
        self._held: list[str] = []
        self._last_s = float("-inf")
        self._ended_s = float("-inf")

    @property
    def due_s(self) -> float | None:
        """When `pause` must be called unless another keystroke comes first; None while nothing is held."""
        if not self._held:
            return None
        return self._last_s + (PAUSE_S if self._is_scan else GAP_S)

    def press(self, character: str, at_s: float, *, is_repeat: bool = False) -> Outcome:
        """One keystroke; `is_repeat` if the system says that the key is being held down."""
        before = self._silence(at_s)
        # Within a burst a repeat is a scanner's second "0", so quick that the system took it for a key held down.
        if is_repeat and not self._held:
            return self._joined(before, Outcome(passes=True))
        if character in SUFFIXES:
            return self._joined(before, self._end(at_s))
        if len(self._held) < LONGEST_SCAN:
            self._held.append(character)
        self._last_s = at_s
        return before

    def pause(self, now_s: float) -> Outcome:
        """What the silence since the last keystroke means: a scan without a suffix, or a person."""
        return self._silence(now_s)

    @property
    def _is_scan(self) -> bool:
        has_prefix = bool(self._prefix) and "".join(self._held).startswith(self._prefix)
        return len(self._held) >= SHORTEST_SCAN or (has_prefix and len(self._held) > len(self._prefix))

    def _silence(self, now_s: float) -> Outcome:
        due_s = self.due_s
        if due_s is None or now_s < due_s:
            return Outcome()
        return self._as_scan() if self._is_scan else self._as_typed(passes=False)

    def _end(self, at_s: float) -> Outcome:
        if self._is_scan:
            self._ended_s = at_s
            return self._as_scan()
        # The second half of a scanner's CR LF: part of the scan that has just been given out.
        if not self._held and at_s - self._ended_s < GAP_S:
            return Outcome()
        return self._as_typed(passes=True)

    def _as_scan(self) -> Outcome:
        text = "".join(self._held).translate(_FULL_WIDTH)
        self._held.clear()
        return Outcome(scanned=text.removeprefix(self._prefix))

    def _as_typed(self, *, passes: bool) -> Outcome:
        typed = tuple(self._held)
        self._held.clear()
        return Outcome(typed=typed, passes=passes)

    @staticmethod
    def _joined(first: Outcome, second: Outcome) -> Outcome:
        return Outcome(first.scanned or second.scanned, first.typed + second.typed, second.passes)
