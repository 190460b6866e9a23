"""A campaign of any size, written straight into the tables by the database itself: a million rows in seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, text

from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.migrate import migrate
from merchant_app.server.db.tables import outlets

CAMPAIGN_ID = 20220628
FIRST_DAY = datetime(2022, 6, 28, tzinfo=UTC)
_DAY_MICROSECONDS = 86_400_000_000
DISTRICTS = ("jiangbei", "yuzhong", "nan'an", "shapingba", "jiulongpo", "yubei", "banan", "beibei", "dadukou", "bishan")
CATEGORIES = (
    "catering/foods",
    "hotel/resort",
    "hotel/express_hotel",
    "leisure/ktv",
    "leisure/pubs",
    "movie/movie_ticket",
)


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything. Every fifth pair of redemptions is one bill; one in fifty is voided."""

    coupons: int
    redemptions: int
    outlets: int = 3000
    days: int = 17

    @property
    def said(self) -> str:
        return f"{self.coupons:,} coupons, {self.redemptions:,} redemptions, {self.outlets:,} outlets, {self.days} days"


SMALL = Size(coupons=500_000, redemptions=100_000, outlets=600, days=10)
FULL = Size(coupons=10_000_000, redemptions=2_000_000)


def _drawn(of: str, factor: int, below: int) -> str:
    """A number from 0 that looks drawn, and is the same each time."""
    return f"({of} * {factor} % 1000003 % {below})"


_CHANNELS = f"""CASE {_drawn("i", 7907, 5)} WHEN 0 THEN 'short_video' WHEN 1 THEN 'live_stream' WHEN 2 THEN 'wang'
 WHEN 3 THEN 'outlet' END"""
_COUPONS = """INSERT INTO coupons (campaign_id, serial, round_index, offer_index, issued_at, ends_at, on_paper,
 outlet_id, channel, coupon_number)
 SELECT :campaign, i, {day_index} / 6, (i / 3 % 2), :start + {day_index} * :day, :start + 20 * :day, FALSE, 0,
 {channels}, '88' || (100000000000000 + i) FROM {numbers}"""
_CLAIMED = """INSERT INTO claimed (campaign_id, day, round_index, offer_index, channel, outlet_id, claimed_count)
 SELECT campaign_id, {date}, round_index, offer_index, COALESCE(channel, ''), outlet_id, COUNT(*) FROM coupons
 GROUP BY 1, 2, 3, 4, 5, 6"""
_REDEMPTIONS = """INSERT INTO redemptions (redemption_id, stored_order, till_id, outlet_id, campaign_id, serial, use,
 round_index, offer_index, scope_outlet_id, cashier, bill_id, bill_fen, amount_off_fen, redeemed_at, stored_at,
 standing, waits_for_use, reasons, day, channel)
 SELECT 'r-' || i, i, {outlet} || '-01', {outlet}, :campaign, i, CASE WHEN i % 50 = 0 THEN NULL ELSE 1 END,
 {day_index} / 6, (i / 3 % 2), 0, '02', 'b-' || CASE WHEN (i / 2) % 5 = 0 THEN i / 2 * 2 ELSE i END, 10000 + i % 9973,
 CASE WHEN i % 2 = 0 THEN 2000 ELSE 1500 END, :start + {day_index} * :day + i * 1000, 0,
 CASE WHEN i % 50 = 0 THEN 'voided' WHEN i % 97 = 0 THEN 'contested' ELSE 'confirmed' END, FALSE, '[]', {date},
 {channels} FROM {numbers}"""


@contextmanager
def big_campaign(url: str | None, folder: Path, size: Size) -> Iterator[Database]:
    """A new database with all of it; every summary of it is stale."""
    database = Database(database_url(url, folder))
    migrate(database)
    try:
        with database.writing(patient=True) as connection:
            _fill(connection, size, is_sqlite=database.is_sqlite)
        with database.writing(patient=True) as connection:
            connection.exec_driver_sql("ANALYZE")
        yield database
    finally:
        database.close()


def _fill(connection: Connection, size: Size, *, is_sqlite: bool) -> None:
    connection.execute(insert(outlets), list(_outlets(size)))
    values = {"campaign": CAMPAIGN_ID, "start": int(FIRST_DAY.timestamp()) * 1_000_000, "day": _DAY_MICROSECONDS}
    day_index = _drawn("(i / 2)", 15485863, size.days)
    shapes = {
        "channels": _CHANNELS,
        "day_index": day_index,
        "outlet": f"(4000 + {_drawn('(i / 2)', 104729, size.outlets)})",
        "date": f"date('2022-06-28', {day_index} || ' days')"
        if is_sqlite
        else f"(DATE '2022-06-28' + {day_index}::int)",
    }
    numbers = _NUMBERS_SQLITE if is_sqlite else _NUMBERS_POSTGRESQL
    for statement, count in ((_COUPONS, size.coupons), (_REDEMPTIONS, size.redemptions)):
        made = statement.format(**shapes, numbers=f"({numbers.format(count=count)}) AS numbers")
        connection.execute(text(made), values)
    issued = f"(issued_at - {values['start']}) / {_DAY_MICROSECONDS}"
    date = f"date('2022-06-28', ({issued}) || ' days')" if is_sqlite else f"(DATE '2022-06-28' + ({issued})::int)"
    connection.execute(text(_CLAIMED.format(date=date)))
    connection.exec_driver_sql("INSERT INTO stale_tallies SELECT DISTINCT campaign_id, day, outlet_id FROM redemptions")


_NUMBERS_SQLITE = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) SELECT i FROM n"
_NUMBERS_POSTGRESQL = "SELECT i::bigint AS i FROM generate_series(1, {count}) AS i"


def _outlets(size: Size) -> Iterator[dict[str, object]]:
    for number in range(size.outlets):
        yield {
            "outlet_id": 4000 + number,
            "name_zh": f"门店{number}",
            "name_en": f"Outlet {number}",
            "district": DISTRICTS[number % len(DISTRICTS)],
            "category": CATEGORIES[number % len(CATEGORIES)],
            "hours": "",
            "address_zh": "",
            "address_en": "",
        }
