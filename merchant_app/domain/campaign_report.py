"""A campaign in figures: what was claimed, redeemed, taken off and driven, and by what each of it can be broken down.

redeemed is what was taken and kept: without what was voided, with what is contested. A bill with several coupons is
driven once in a campaign: its amount counts with the first of its redemptions that was kept. So every breakdown adds up
to the totals, to the fen.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from merchant_app.domain.kinds import ANY_OUTLET, NO_MONEY, Bilingual, CampaignId, Fen, OutletId

Key = TypeVar("Key", bound=Hashable)


class Breakdown(StrEnum):
    """By what: a category is the first part of "catering/foods", a sub-category all of it."""

    DAY = "day"
    ROUND = "round"
    OFFER = "offer"
    CHANNEL = "channel"
    DISTRICT = "district"
    CATEGORY = "category"
    SUB_CATEGORY = "sub_category"
    OUTLET = "outlet"


BY_PLACE = frozenset({Breakdown.DISTRICT, Breakdown.CATEGORY, Breakdown.SUB_CATEGORY, Breakdown.OUTLET})
"""A coupon that is good at many outlets was claimed at none of them: its claim stands in a line without a place."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts, and amounts in fen. `contested` is part of `redeemed`, `voided` is not."""

    claimed: int = 0
    redeemed: int = 0
    amount_off_fen: Fen = NO_MONEY
    bill_fen: Fen = NO_MONEY
    contested: int = 0
    contested_off_fen: Fen = NO_MONEY
    voided: int = 0
    voided_off_fen: Fen = NO_MONEY

    @property
    def rate(self) -> int | None:
        """Redeemed per claimed, in hundredths of a percent; None where nothing was claimed."""
        return (self.redeemed * 10_000 + self.claimed // 2) // self.claimed if self.claimed else None

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) + getattr(other, name) for name in _NAMES))


_NAMES = tuple(field.name for field in fields(Figures))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: one campaign, the days from first to last, and what else it is narrowed down to.

    `category` "catering" takes all of its sub-categories. `channel` "" asks for what came through no known channel.
    """

    campaign_id: CampaignId
    first_day: date
    last_day: date
    district: str | None = None
    category: str | None = None
    outlet_id: OutletId | None = None
    round_index: int | None = None
    offer_index: int | None = None
    channel: str | None = None

    @property
    def is_of_places(self) -> bool:
        """Narrowed down to places: what is claimed for many outlets is then not in it."""
        return (self.district, self.category, self.outlet_id) != (None, None, None)

    @property
    def is_of_releases(self) -> bool:
        return (self.round_index, self.offer_index, self.channel) != (None, None, None)

    def before(self) -> "Wanted":
        """The same over as many days just before."""
        days = self.last_day - self.first_day + timedelta(days=1)
        return replace(self, first_day=self.first_day - days, last_day=self.last_day - days)


class Release(NamedTuple):
    """When, and by what way, coupons came to people. `channel` None: not known."""

    day: date
    round_index: int
    offer_index: int
    channel: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """An outlet with what it is grouped by."""

    outlet_id: OutletId
    district: str
    category: str


LineKey = date | int | str | None
"""A day, an index, a name or an outlet's id. None: no place, or no known channel."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown."""

    key: LineKey
    figures: Figures


@dataclass(frozen=True, slots=True)
class Added:
    """What was asked for, added up: the totals, and the breakdowns whose lines add up to them."""

    total: Figures
    lines: Mapping[Breakdown, tuple[Line, ...]]


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """A report with the names that people know its parts by. `before`: the totals over as many days just before.

    `left_stale`: so many outlets' days have changed and were not added up again yet; 0: nothing is missing.
    """

    wanted: Wanted
    name: Bilingual
    zone: ZoneInfo
    offers: tuple[Bilingual, ...]
    outlets: Mapping[OutletId, Bilingual]
    added: Added
    before: Figures | None
    made_at: datetime
    left_stale: int = 0

    def rate_of(self, by: Breakdown | None, figures: Figures) -> int | None:
        """The redemption rate of a line of `by`, or of the total (None). None where claims and redemptions are not of
        the same coupons: by place, and by day."""
        if self.wanted.is_of_places or by in BY_PLACE or by is Breakdown.DAY:
            return None
        return figures.rate


def added(
    releases: Iterable[tuple[Release, Figures]],
    outlets: Iterable[tuple[OutletId, Figures]],
    places: Mapping[OutletId, Place],
    breakdowns: Iterable[Breakdown],
) -> Added:
    """Both rows hold the same figures, once by release and once by outlet; the latter matter for places alone."""
    releases, outlets = list(releases), list(outlets)

    def lines(by: Breakdown) -> tuple[Line, ...]:
        if by in BY_PLACE:
            return _broken_down(outlets, lambda outlet_id: _of_place(by, outlet_id, places))
        return _broken_down(releases, lambda release: _of_release(by, release))

    total = sum((figures for _, figures in releases), Figures())
    return Added(total, {by: lines(by) for by in breakdowns})


def _broken_down(rows: Iterable[tuple[Key, Figures]], key: Callable[[Key], LineKey]) -> tuple[Line, ...]:
    """Rows added up by a key, in the order of their keys; what has none comes last."""
    parts: dict[LineKey, Figures] = {}
    for of, figures in rows:
        parts[key(of)] = parts.get(key(of), Figures()) + figures
    return tuple(Line(each, parts[each]) for each in sorted(parts, key=lambda key: (key is None, key or 0)))


def _of_release(by: Breakdown, release: Release) -> LineKey:
    match by:
        case Breakdown.DAY:
            return release.day
        case Breakdown.ROUND:
            return release.round_index
        case Breakdown.OFFER:
            return release.offer_index
        case _:
            return release.channel


def _of_place(by: Breakdown, outlet_id: OutletId, places: Mapping[OutletId, Place]) -> LineKey:
    if outlet_id == ANY_OUTLET:
        return None
    if by is Breakdown.OUTLET:
        return outlet_id
    place = places.get(outlet_id)
    if place is None:
        return None
    if by is Breakdown.DISTRICT:
        return place.district
    return place.category if by is Breakdown.SUB_CATEGORY else place.category.partition("/")[0]
