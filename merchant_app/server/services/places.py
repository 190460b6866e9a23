"""Places on the map: which of thousands are nearest, found without looking at them all.

A k-d tree over points on the unit sphere: straight distances there are in the order of the ways over ground, and
neither the poles nor the date line are special.
"""

import heapq
from collections.abc import Callable, Iterable
from math import asin, cos, radians, sin

_EARTH_M = 6_371_000
_LEAF = 8

Degrees = tuple[float, float]
"""North and east."""
_Point = tuple[float, float, float]
_Entry = tuple[_Point, int]
_Near = tuple[float, int]
"""A distance squared, as a negative number: the farthest of a heap comes first; and whose it is, negative too."""


class Places:
    """Places by their number. `nearest` takes about a hundred microseconds among three thousand."""

    def __init__(self, places: Iterable[tuple[int, Degrees]]) -> None:
        self._root = _Node.of([(_point(degrees), number) for number, degrees in places], 0)

    def nearest(self, here: Degrees, count: int, is_wanted: Callable[[int], bool]) -> list[tuple[int, int]]:
        """(number, metres) of the `count` nearest that are wanted, nearest first; of equals the lower number."""
        found: list[_Near] = []
        self._root.search(_point(here), count, is_wanted, found)
        return [(-number, _metres(-near)) for near, number in sorted(found, reverse=True)]


class _Node:
    """Either a few entries, or two halves on either side of `middle` along one axis."""

    __slots__ = ("axis", "entries", "halves", "middle")

    def __init__(self, entries: list[_Entry], axis: int, middle: float, halves: "tuple[_Node, _Node] | None") -> None:
        self.entries, self.axis, self.middle, self.halves = entries, axis, middle, halves

    @classmethod
    def of(cls, entries: list[_Entry], depth: int) -> "_Node":
        if len(entries) <= _LEAF:
            return cls(entries, 0, 0.0, None)
        axis, half = depth % 3, len(entries) // 2
        entries = sorted(entries, key=lambda entry: entry[0][axis])
        halves = (cls.of(entries[:half], depth + 1), cls.of(entries[half:], depth + 1))
        return cls([], axis, entries[half][0][axis], halves)

    def search(self, here: _Point, count: int, is_wanted: Callable[[int], bool], found: list[_Near]) -> None:
        if self.halves is None:
            for point, number in self.entries:
                near = -_squared(here, point), -number
                if (len(found) < count or near > found[0]) and is_wanted(number):
                    heapq.heappush(found, near) if len(found) < count else heapq.heapreplace(found, near)
            return
        beyond = here[self.axis] - self.middle
        closer = beyond >= 0
        self.halves[closer].search(here, count, is_wanted, found)
        if len(found) < count or beyond * beyond <= -found[0][0]:
            self.halves[not closer].search(here, count, is_wanted, found)


def _point(degrees: Degrees) -> _Point:
    north, east = radians(degrees[0]), radians(degrees[1])
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _squared(one: _Point, other: _Point) -> float:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2


def _metres(squared: float) -> int:
    """The way over ground, from the straight way through."""
    return round(2 * _EARTH_M * asin(min(1.0, (squared**0.5) / 2)))
