"""Tables for people to keep: a column knows what stands in it, so each kind of file can write it in its own way."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, auto
from zoneinfo import ZoneInfo

from merchant_app.wording import Words

Cell = str | int | date | datetime | None


class Kind(Enum):
    """What stands in a column. Money is whole fen; a rate is in hundredths of a percent; times are aware and are shown
    on the outlet's clock."""

    TEXT = auto()
    COUNT = auto()
    MONEY = auto()
    RATE = auto()
    TIME = auto()
    DAY = auto()

    @property
    def is_number(self) -> bool:
        return self in (Kind.COUNT, Kind.MONEY, Kind.RATE)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """`total`, where there is one, is the last line and holds the sums of the lines before it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None

    @property
    def lines(self) -> Sequence[tuple[Cell, ...]]:
        return self.rows if self.total is None else (*self.rows, self.total)


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed or saved: a heading, lines under it, tables. `zone` is the clock its times are shown on."""

    heading: str
    under: tuple[str, ...]
    tables: tuple[Table, ...]
    zone: ZoneInfo


def as_text(cell: Cell, kind: Kind, words: Words, zone: ZoneInfo) -> str:
    """A cell as a person reads it."""
    if cell is None:
        return ""
    if kind is Kind.MONEY and isinstance(cell, int):
        return words.money(cell, sign=False)
    if kind is Kind.COUNT and isinstance(cell, int):
        return words.number(cell)
    if kind is Kind.RATE and isinstance(cell, int):
        return f"{Decimal(cell) / 100:.2f}%"
    if isinstance(cell, datetime):
        return f"{cell.astimezone(zone):%Y-%m-%d %H:%M:%S}"
    return str(cell)
