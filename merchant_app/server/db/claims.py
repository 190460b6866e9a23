"""Reads and writes claims, many at a time: what each wallet has taken, and under which id."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, or_, select

from merchant_app.server.db.tables import claims, coupons

WalletKey = tuple[int, str]
"""(campaign_id, wallet_id): what claims are keyed and spread by."""


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """A claim that was given, with its coupon."""

    campaign_id: int
    wallet_id: str
    claim_id: str
    round_index: int
    offer_index: int
    serial: int
    link_id: str
    claimed_at: datetime
    coupon_number: str
    ends_at: datetime


@dataclass(slots=True)
class Taken:
    """How many of one offer a wallet has claimed, ever and today."""

    ever: int = 0
    today: int = 0


def add_claims(connection: Connection, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(claims), rows)


def claims_by_id(connection: Connection, keys: Iterable[tuple[int, str, str]]) -> dict[tuple[int, str, str], KeptClaim]:
    """The claims that were given under these (campaign_id, wallet_id, claim_id)."""
    asked: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for campaign_id, wallet_id, claim_id in keys:
        wallets, ids = asked[campaign_id]
        wallets.add(wallet_id)
        ids.add(claim_id)
    there = or_(
        False,
        *(
            (claims.c.campaign_id == campaign_id) & claims.c.wallet_id.in_(wallets) & claims.c.claim_id.in_(ids)
            for campaign_id, (wallets, ids) in asked.items()
        ),
    )
    return {(each.campaign_id, each.wallet_id, each.claim_id): each for each in _claims(connection, there)}


def claims_of(connection: Connection, campaign_id: int, wallet_id: str) -> list[KeptClaim]:
    """What this wallet has claimed in this campaign, newest first."""
    there = (claims.c.campaign_id == campaign_id) & (claims.c.wallet_id == wallet_id)
    return sorted(_claims(connection, there), key=lambda each: each.claimed_at, reverse=True)


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted in one campaign: offers with a limit, and the instant that opens today in its zone."""

    offers: list[int]
    day_begins: datetime


def taken_by(
    connection: Connection, wallets: Mapping[int, Iterable[str]], counted: Mapping[int, Counted]
) -> dict[tuple[int, str, int], Taken]:
    """How many these wallets have of each offer, by (campaign_id, wallet_id, offer_index)."""
    found = {}
    for campaign_id, some in wallets.items():
        offers, day_begins = counted[campaign_id].offers, counted[campaign_id].day_begins
        if not offers:
            continue
        today = func.sum(case((claims.c.claimed_at >= day_begins, 1), else_=0))
        here = (claims.c.campaign_id == campaign_id) & claims.c.wallet_id.in_(some) & claims.c.offer_index.in_(offers)
        by = (claims.c.wallet_id, claims.c.offer_index)
        rows = connection.execute(select(*by, func.count(), today).where(here).group_by(*by))
        for wallet_id, offer_index, ever, of_today in rows:
            found[campaign_id, wallet_id, offer_index] = Taken(int(ever), int(of_today))
    return found


def _claims(connection: Connection, there: ColumnElement[bool]) -> Iterable[KeptClaim]:
    same = (coupons.c.campaign_id == claims.c.campaign_id) & (coupons.c.serial == claims.c.serial)
    joined = select(claims, coupons.c.coupon_number, coupons.c.ends_at).join(coupons, same)
    return (KeptClaim(*row) for row in connection.execute(joined.where(there)))
