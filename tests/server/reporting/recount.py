"""An independent recount of a campaign's report: from the raw rows, in plain Python, sharing no code with it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import text

from merchant_app.server.db.database import Database

ZONE = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
NAMES = (
    "claimed",
    "redeemed",
    "amount_off_fen",
    "bill_fen",
    "contested",
    "contested_off_fen",
    "voided",
    "voided_off_fen",
)
KEYS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "day": lambda row: row["day"],
    "round": lambda row: row["round_index"],
    "offer": lambda row: row["offer_index"],
    "channel": lambda row: row["channel"] or None,
    "district": lambda row: row["place"][0],
    "category": lambda row: row["place"][1] and row["place"][1].split("/")[0],
    "sub_category": lambda row: row["place"][1],
    "merchant": lambda row: row["place"][2],
    "outlet": lambda row: row["outlet_id"] or None,
}


def raw_rows(database: Database, campaign_id: int) -> list[dict[str, Any]]:
    """One dictionary for each coupon that was issued and each redemption that was stored, with what it adds."""
    with database.reading() as connection:

        def read(table: str) -> list[dict[str, Any]]:
            return [dict(row._mapping) for row in connection.execute(text(f"SELECT * FROM {table}"))]

        redeemed = [row for row in read("redemptions") if row["campaign_id"] == campaign_id]
        issued = [row for row in read("coupons") if row["campaign_id"] == campaign_id]
        places = {row["outlet_id"]: (row["district"], row["category"], row["merchant_id"]) for row in read("outlets")}
    seen: set[tuple[str, str]] = set()
    rows = []
    for row in sorted(redeemed, key=lambda row: (row["redeemed_at"], row["redemption_id"])):
        bill = (row["till_id"], row["bill_id"])
        adds = dict.fromkeys(NAMES, 0)
        if row["standing"] == "voided":
            adds |= {"voided": 1, "voided_off_fen": row["amount_off_fen"]}
        else:
            driven = 0 if bill in seen else row["bill_fen"] or 0
            seen.add(bill)
            adds |= {"redeemed": 1, "amount_off_fen": row["amount_off_fen"], "bill_fen": driven}
            if row["standing"] == "contested":
                adds |= {"contested": 1, "contested_off_fen": row["amount_off_fen"]}
        day = row["day"] if isinstance(row["day"], date) else date.fromisoformat(row["day"])
        rows.append({**row, "day": day, "place": places[row["outlet_id"]], "adds": adds})
    for row in issued:
        day = (EPOCH + timedelta(microseconds=row["issued_at"])).astimezone(ZONE).date()
        place = places.get(row["outlet_id"], (None, None, None))
        rows.append({**row, "day": day, "place": place, "adds": dict.fromkeys(NAMES, 0) | {"claimed": 1}})
    return rows


def recount(
    rows: list[dict[str, Any]], key: Callable[[dict[str, Any]], Any] = lambda _row: "total"
) -> dict[Any, dict[str, int]]:
    """The sums of what the rows add, by a key."""
    sums: dict[Any, dict[str, int]] = defaultdict(lambda: dict.fromkeys(NAMES, 0))
    for row in rows:
        for name, amount in row["adds"].items():
            sums[key(row)][name] += amount
    return dict(sums)
