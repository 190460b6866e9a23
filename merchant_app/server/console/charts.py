"""Charts as plain geometry: numbers in, the places of bars and points out; a template draws them as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

WIDTH, HEIGHT = 640.0, 200.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 8.0, 8.0, 20.0, 24.0


@dataclass(frozen=True, slots=True)
class Datum:
    """One value with how it is said: `label` under it, `said` above it and to a screen reader."""

    label: str
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    said: str
    x: float
    y: float
    width: float
    height: float
    middle: float
    has_label: bool
    """Where bars are many, not each has room for its label."""


@dataclass(frozen=True, slots=True)
class BarChart:
    """`top` is the value at the upper line; `base` the y of zero."""

    bars: tuple[Bar, ...]
    top: float
    base: float
    width: float = WIDTH
    height: float = HEIGHT


@dataclass(frozen=True, slots=True)
class LineChart:
    """`path` and `area` are SVG paths; `bars` are the same values, for labels and for what is pointed at."""

    path: str
    area: str
    bars: tuple[Bar, ...]
    top: float
    base: float
    width: float = WIDTH
    height: float = HEIGHT


def bar_chart(data: Sequence[Datum], *, width: float = WIDTH) -> BarChart:
    """Upright bars from zero; nothing below zero is drawn. `width` is about that of its place, in pixels."""
    top, base = nice_top(data), HEIGHT - _BOTTOM
    return BarChart(_bars(data, top, base, width), top, base, width)


def line_chart(data: Sequence[Datum]) -> LineChart:
    """A line through the middle of where bars would stand, and the area under it."""
    top, base = nice_top(data), HEIGHT - _BOTTOM
    bars = _bars(data, top, base, WIDTH)
    steps = " L".join(f"{bar.middle:g} {bar.y:g}" for bar in bars)
    path = f"M{steps}" if bars else ""
    area = f"{path} L{bars[-1].middle:g} {base:g} L{bars[0].middle:g} {base:g} Z" if bars else ""
    return LineChart(path, area, bars, top, base)


def nice_top(data: Sequence[Datum]) -> float:
    """The upper end of the scale: 1, 2 or 5 times a power of ten, not below any value; 1 where all is zero."""
    largest = max((datum.value for datum in data), default=0)
    if largest <= 0:
        return 1.0
    unit = 10.0 ** floor(log10(largest))
    return next(step * unit for step in (1, 2, 5, 10) if step * unit >= largest)


def _bars(data: Sequence[Datum], top: float, base: float, whole: float) -> tuple[Bar, ...]:
    if not data:
        return ()
    slot = (whole - _LEFT - _RIGHT) / len(data)
    width = min(slot * 0.7, 56.0)
    every = max(1, ceil(len(data) * 44 / (whole - _LEFT - _RIGHT)))
    return tuple(
        _bar(datum, middle=_LEFT + slot * (index + 0.5), width=width, top=top, base=base, has_label=index % every == 0)
        for index, datum in enumerate(data)
    )


def _bar(datum: Datum, *, middle: float, width: float, top: float, base: float, has_label: bool) -> Bar:
    height = max(0.0, datum.value) / top * (base - _TOP)
    return Bar(
        label=datum.label,
        said=datum.said,
        x=round(middle - width / 2, 2),
        y=round(base - height, 2),
        width=round(width, 2),
        height=round(height, 2),
        middle=round(middle, 2),
        has_label=has_label,
    )
