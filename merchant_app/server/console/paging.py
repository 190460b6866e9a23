"""Which part of a long list a page shows."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

PAGE_SIZE = 50
PageNumber = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]
"""`?page=2`, from 1."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Page `number` (from 1) of a list of `total` things."""

    number: int
    total: int
    size: int = PAGE_SIZE

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def offset(self) -> int:
        return (self.number - 1) * self.size

    @property
    def first(self) -> int:
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.offset + self.size, self.total)
