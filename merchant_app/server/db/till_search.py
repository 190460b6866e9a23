"""Finds tills for a person: by words and by what is the matter with them; a page at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, Join, func, or_, select

from merchant_app.server.db.tables import chains, outlets, tills
from merchant_app.server.db.tills import EnrolledTill

SILENT_AFTER = timedelta(hours=24)
CLOCK_IS_OFF = timedelta(minutes=2)


class TillMatter(StrEnum):
    """What tills can be looked for by."""

    SILENT = "silent"
    WAITING = "waiting"
    CLOCK = "clock"
    FROZEN = "frozen"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class ListedTill:
    """A till with the names of its outlet."""

    till: EnrolledTill
    outlet_zh: str
    outlet_en: str
    frozen: bool


def count(connection: Connection, words: str, matter: TillMatter | None, now: datetime) -> int:
    found = select(func.count()).select_from(_joined()).where(*_conditions(words, matter, now))
    return connection.scalar(found) or 0


def page(
    connection: Connection, words: str, matter: TillMatter | None, now: datetime, offset: int, limit: int
) -> list[ListedTill]:
    """By outlet, and in the order in which they came."""
    columns = [tills.c[name] for name in EnrolledTill.__slots__]
    names = (outlets.c.name_zh.label("outlet_zh"), outlets.c.name_en.label("outlet_en"), _is_frozen().label("frozen"))
    found = select(*columns, *names).select_from(_joined()).where(*_conditions(words, matter, now))
    rows = connection.execute(found.order_by(tills.c.outlet_id, tills.c.till_id).offset(offset).limit(limit))
    return [
        ListedTill(EnrolledTill(*row[: len(columns)]), row.outlet_zh, row.outlet_en, bool(row.frozen)) for row in rows
    ]


def listed(connection: Connection, till_id: str) -> ListedTill | None:
    columns = [tills.c[name] for name in EnrolledTill.__slots__]
    names = (outlets.c.name_zh, outlets.c.name_en, _is_frozen())
    row = connection.execute(select(*columns, *names).select_from(_joined()).where(tills.c.till_id == till_id)).first()
    return None if row is None else ListedTill(EnrolledTill(*row[:-3]), row[-3], row[-2], bool(row[-1]))


def _joined() -> Join:
    return tills.join(outlets, outlets.c.outlet_id == tills.c.outlet_id)


def _is_frozen() -> ColumnElement[bool]:
    of_till = select(chains.c.chain_id).where(chains.c.till_id == tills.c.till_id, chains.c.frozen_at.is_not(None))
    return of_till.exists()


def _conditions(words: str, matter: TillMatter | None, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        tills.c.revoked_at.is_not(None) if matter is TillMatter.REVOKED else tills.c.revoked_at.is_(None)
    ]
    if words.strip():
        columns = (tills.c.till_id, tills.c.name, outlets.c.name_zh, outlets.c.name_en)
        conditions.append(or_(*(column.icontains(words.strip(), autoescape=True) for column in columns)))
    milliseconds = CLOCK_IS_OFF // timedelta(milliseconds=1)
    match matter:
        case TillMatter.SILENT:
            conditions.append(or_(tills.c.last_seen_at.is_(None), tills.c.last_seen_at < now - SILENT_AFTER))
        case TillMatter.WAITING:
            conditions.append(tills.c.waiting > 0)
        case TillMatter.CLOCK:
            conditions.append(func.abs(tills.c.clock_ahead_ms) > milliseconds)
        case TillMatter.FROZEN:
            conditions.append(_is_frozen())
        case TillMatter.REVOKED | None:
            pass
    return conditions
