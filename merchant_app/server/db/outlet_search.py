"""Finds outlets for a person: by words, district, category, merchant, campaign; a page at a time."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, cast, exists, func, or_, select
from sqlalchemy.types import Text

from merchant_app.domain.campaign import Campaign
from merchant_app.server.db.tables import merchants, outlets, participants, tills
from merchant_app.wire.catalogue import OutletPart


@dataclass(frozen=True, slots=True)
class Wanted:
    """None or empty: any. `category` may be a primary one; `by_opt_in` belongs to `campaign`."""

    words: str = ""
    district: str = ""
    category: str = ""
    merchant_id: int | None = None
    campaign: Campaign | None = None
    by_opt_in: bool = False
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """An outlet with whose it is and how many tills it has that were not revoked."""

    part: OutletPart
    merchant_id: int | None
    merchant_zh: str | None
    merchant_en: str | None
    closed_at: datetime | None
    tills: int


def count(connection: Connection, wanted: Wanted) -> int:
    return connection.scalar(select(func.count()).select_from(outlets).where(*_conditions(wanted))) or 0


def ids(connection: Connection, wanted: Wanted) -> set[int]:
    return set(connection.scalars(select(outlets.c.outlet_id).where(*_conditions(wanted))))


def page(connection: Connection, wanted: Wanted, offset: int, limit: int) -> list[Listed]:
    """By their number."""
    of_outlet = (tills.c.outlet_id == outlets.c.outlet_id) & tills.c.revoked_at.is_(None)
    counted = select(func.count()).select_from(tills).where(of_outlet).scalar_subquery()
    whose = outlets.outerjoin(merchants, merchants.c.merchant_id == outlets.c.merchant_id)
    columns = (outlets, merchants.c.name_zh.label("merchant_zh"), merchants.c.name_en.label("merchant_en"))
    found = select(*columns, counted.label("tills")).select_from(whose).where(*_conditions(wanted))
    rows = connection.execute(found.order_by(outlets.c.outlet_id).offset(offset).limit(limit))
    return [
        Listed(OutletPart(**row._asdict()), row.merchant_id, row.merchant_zh, row.merchant_en, row.closed_at, row.tills)
        for row in rows
    ]


def listed(connection: Connection, outlet_id: int) -> Listed | None:
    """One outlet, open or closed."""
    for closed in (False, True):
        found = page(connection, Wanted(words=f"={outlet_id}", closed=closed), 0, 1)
        if found:
            return found[0]
    return None


def districts(connection: Connection) -> list[str]:
    """Every district that an outlet lies in."""
    return list(connection.scalars(select(outlets.c.district).distinct().order_by(outlets.c.district)))


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    closed_at = outlets.c.closed_at
    conditions: list[ColumnElement[bool]] = [closed_at.is_not(None) if wanted.closed else closed_at.is_(None)]
    if wanted.words.strip():
        conditions.append(_says(wanted.words.strip()))
    if wanted.district:
        conditions.append(outlets.c.district == wanted.district)
    if wanted.category:
        conditions.append(_is_of(wanted.category))
    if wanted.merchant_id is not None:
        conditions.append(outlets.c.merchant_id == wanted.merchant_id)
    if wanted.campaign is not None:
        conditions += _takes(wanted.campaign, by_opt_in=wanted.by_opt_in)
    return conditions


def _says(words: str) -> ColumnElement[bool]:
    """In its names or address, in any case of letters; a number is the beginning of the outlet's; "=4201" is 4201."""
    if words.startswith("=") and words[1:].isdecimal():
        return outlets.c.outlet_id == int(words[1:])
    if words.isascii() and words.isdecimal():
        return cast(outlets.c.outlet_id, Text).startswith(words)
    columns = (outlets.c.name_zh, outlets.c.name_en, outlets.c.address_zh, outlets.c.address_en)
    return or_(*(column.icontains(words, autoescape=True) for column in columns))


def _is_of(category: str) -> ColumnElement[bool]:
    exactly = outlets.c.category == category
    return exactly if "/" in category else or_(exactly, outlets.c.category.startswith(f"{category}/", autoescape=True))


def _takes(campaign: Campaign, *, by_opt_in: bool) -> list[ColumnElement[bool]]:
    """The campaign's scope, as `Campaign.takes` and who opted in give it."""
    conditions: list[ColumnElement[bool]] = []
    if campaign.districts is not None:
        conditions.append(outlets.c.district.in_(campaign.districts))
    if campaign.categories is not None:
        conditions.append(or_(False, *map(_is_of, sorted(campaign.categories))))
    if campaign.outlets is not None:
        conditions.append(outlets.c.outlet_id.in_(campaign.outlets))
    if by_opt_in:
        here = (participants.c.campaign_id == campaign.campaign_id) & participants.c.opted_out_at.is_(None)
        conditions.append(exists().where(here, participants.c.outlet_id == outlets.c.outlet_id))
    return conditions
