"""A campaign in figures: what was claimed, redeemed, taken off and driven, and by what each of it can be broken down.

redeemed is what was taken and kept: without what was voided, with what is contested. A bill with several coupons is
driven once in a campaign: its amount counts with the first of its redemptions that was kept. So every breakdown adds up
to the totals, to the fen.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import reduce
from operator import add
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
    MERCHANT = "merchant"
    OUTLET = "outlet"


BY_PLACE = frozenset(Breakdown) - {Breakdown.DAY, Breakdown.ROUND, Breakdown.OFFER, Breakdown.CHANNEL}
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


Amounts = tuple[int, ...]
"""`Figures` as bare numbers, in the order of its fields: there are many to add up."""
NOTHING: Amounts = (0,) * len(fields(Figures))


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
    """An outlet with what it is called, and with what it is grouped by."""

    name: Bilingual
    district: str
    category: str
    merchant_id: int | None = None


LineKey = date | int | str | None
"""A day, an index, a name or an outlet's id. None: no place, or no known channel."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a breakdown."""

    key: LineKey
    figures: Figures


@dataclass(frozen=True, slots=True)
class Added:
    """What was asked for, added up: the totals, the breakdowns whose lines add up to them, and the places in these."""

    total: Figures
    lines: Mapping[Breakdown, tuple[Line, ...]]
    places: Mapping[OutletId, Place]


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """A report with the names that people know its parts by. `before`: the totals over as many days just before.

    `left_stale`: so many outlets' days have changed and were not added up again yet; 0: nothing is missing.
    """

    wanted: Wanted
    name: Bilingual
    zone: ZoneInfo
    offers: tuple[Bilingual, ...]
    merchants: Mapping[int, Bilingual]
    added: Added
    before: Figures | None
    made_at: datetime
    left_stale: int = 0

    def name_of(self, by: Breakdown, key: LineKey) -> Bilingual | None:
        """What people call the line of this key, where somebody has given it a name."""
        if not isinstance(key, int):
            return None
        if by is Breakdown.OUTLET:
            place = self.added.places.get(OutletId(key))
            return None if place is None else place.name
        if by is Breakdown.MERCHANT:
            return self.merchants.get(key)
        return self.offers[key] if by is Breakdown.OFFER and key < len(self.offers) else None

    def rate_of(self, by: Breakdown | None, figures: Figures) -> int | None:
        """The redemption rate of a line of `by`, or of the total (None). None where claims and redemptions are not of
        the same coupons: by place, and by day."""
        if self.wanted.is_of_places or by in BY_PLACE or by is Breakdown.DAY:
            return None
        return figures.rate


def added(
    releases: Sequence[tuple[Release, Amounts]],
    outlets: Sequence[tuple[OutletId, Amounts]],
    places: Mapping[OutletId, Place],
    breakdowns: Iterable[Breakdown],
) -> Added:
    """Both rows hold the same figures, once by release and once by outlet; the latter matter for places alone."""

    def lines(by: Breakdown) -> tuple[Line, ...]:
        if by in BY_PLACE:
            return _broken_down(outlets, lambda outlet_id: _of_place(by, outlet_id, places))
        return _broken_down(releases, lambda release: _of_release(by, release))

    total = reduce(_plus, (amounts for _, amounts in releases), NOTHING)
    return Added(_as_figures(total), {by: lines(by) for by in breakdowns}, places)


def _broken_down(rows: Iterable[tuple[Key, Amounts]], key: Callable[[Key], LineKey]) -> tuple[Line, ...]:
    """Rows added up by a key, in the order of their keys; what has none comes last."""
    parts: dict[LineKey, Amounts] = {}
    for of, amounts in rows:
        each = key(of)
        parts[each] = _plus(parts.get(each, NOTHING), amounts)
    in_order = sorted(parts, key=lambda key: (key is None, key or 0))
    return tuple(Line(each, _as_figures(parts[each])) for each in in_order)


def _plus(one: Amounts, other: Amounts) -> Amounts:
    return tuple(map(add, one, other))


def _as_figures(amounts: Amounts) -> Figures:
    return Figures(*amounts)  # type: ignore[arg-type]


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
    return None if place is None else _OF_PLACE[by](place)


_OF_PLACE: dict[Breakdown, Callable[[Place], LineKey]] = {
    Breakdown.DISTRICT: lambda place: place.district,
    Breakdown.CATEGORY: lambda place: place.category.partition("/")[0],
    Breakdown.SUB_CATEGORY: lambda place: place.category,
    Breakdown.MERCHANT: lambda place: place.merchant_id,
}
