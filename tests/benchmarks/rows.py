"""One line of the benchmark table: a figure, what it is held against, and whether it holds."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """A measured value and its limit in the same unit: "x" (times a peer), "%", "points", or a count ("").

    `detail` says what was measured, as it was: both sides of a ratio, how many, which seed.
    """

    name: str
    value: float
    limit: float
    unit: str = "x"
    holds: bool = True
    detail: str = ""

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def at_most(name: str, value: float, limit: float, unit: str = "x", detail: str = "") -> Row:
    """A row that holds while the value is not above its limit."""
    return Row(name, value, limit, unit, value <= limit, detail)


def at_least(name: str, value: float, limit: float, unit: str = "%", detail: str = "") -> Row:
    """A row that holds while the value is not below its limit."""
    return Row(name, value, limit, unit, value >= limit, detail)
