"""Counts a campaign anew from what the tills wrote down and from the coupons, with nothing of the server's sums.

A redemption is one fact of one till, however often it was pushed. It is taken; it is kept unless its till took it back.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True)
class Taken:
    """A redemption as its till wrote it."""

    redemption_id: str
    outlet_id: int
    till_id: str
    serial: int
    round_index: int
    offer_index: int
    bill_id: str
    bill_fen: int
    amount_off_fen: int
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Sums:
    redeemed: int
    amount_off_fen: int
    bill_fen: int


def taken(connection: Connection) -> list[Taken]:
    """Every redemption in the rows that the tills pushed."""
    facts: dict[str, dict[str, Any]] = {}
    back: set[str] = set()
    for (content,) in connection.execute(text("SELECT content FROM rows ORDER BY stored_at, chain_id, seq")):
        row = json.loads(bytes(content))
        if row["kind"] == "redemption":
            facts.setdefault(row["fact_id"], row["fact"])
        elif row["kind"] in ("void", "reversal"):
            back.add(row["fact"]["redemption_id"])
    return [_taken(each, fact, each not in back) for each, fact in facts.items()]


def sums(rows: Iterable[Taken]) -> Sums:
    """A bill is driven once, however many coupons were on it."""
    kept = [row for row in rows if row.is_kept]
    bills = {(row.till_id, row.bill_id): row.bill_fen for row in kept}
    return Sums(len(kept), sum(row.amount_off_fen for row in kept), sum(bills.values()))


def by(rows: Iterable[Taken], name: str) -> dict[Any, Sums]:
    groups: dict[Any, list[Taken]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, name)].append(row)
    return {key: sums(group) for key, group in groups.items() if any(row.is_kept for row in group)}


def claimed(connection: Connection, campaign_id: int) -> dict[str, int]:
    """Channel -> coupons."""
    counted = text("SELECT channel, COUNT(*) AS count FROM coupons WHERE campaign_id = :campaign_id GROUP BY channel")
    rows = connection.execute(counted, {"campaign_id": campaign_id})
    return {row.channel: row.count for row in rows}


def _taken(redemption_id: str, fact: dict[str, Any], is_kept: bool) -> Taken:
    return Taken(
        redemption_id,
        fact["outlet_id"],
        fact["till_id"],
        int(fact["serial"]),
        fact["round_index"],
        fact["offer_index"],
        fact["bill"]["bill_id"],
        fact["bill"]["bill_fen"] or 0,
        fact["amount_off_fen"],
        is_kept,
    )
