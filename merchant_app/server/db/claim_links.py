"""Reads and writes claim links: each opens one round to whoever comes by one channel."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select, update

from merchant_app.server.db.tables import claim_links, claimed


@dataclass(frozen=True, slots=True)
class KeptLink:
    """A link as it was made; `closed_at`: since when nothing can be claimed by it."""

    link_id: str
    campaign_id: int
    round_index: int
    channel: str
    made_at: datetime
    closed_at: datetime | None


def links_by_id(connection: Connection, link_ids: Collection[str]) -> dict[str, KeptLink]:
    rows = connection.execute(select(claim_links).where(claim_links.c.link_id.in_(link_ids)))
    return {row.link_id: KeptLink(*row) for row in rows}


def links_of(connection: Connection, campaign_id: int) -> list[KeptLink]:
    """By round, and in the order in which they were made."""
    here = select(claim_links).where(claim_links.c.campaign_id == campaign_id)
    order = (claim_links.c.round_index, claim_links.c.made_at, claim_links.c.link_id)
    return [KeptLink(*row) for row in connection.execute(here.order_by(*order))]


def add_link(connection: Connection, link: KeptLink) -> None:
    connection.execute(insert(claim_links).values({name: getattr(link, name) for name in KeptLink.__slots__}))


def mark_closed(connection: Connection, link_id: str, now: datetime) -> None:
    """Once: since when it was first closed is what counts."""
    still_good = (claim_links.c.link_id == link_id) & claim_links.c.closed_at.is_(None)
    connection.execute(update(claim_links).where(still_good).values(closed_at=now))


def counts_by_channel(connection: Connection, campaign_id: int) -> dict[tuple[int, str], int]:
    """How many coupons were issued, by (round_index, channel)."""
    total = func.sum(claimed.c.claimed_count).label("total")
    by = (claimed.c.round_index, claimed.c.channel)
    rows = connection.execute(select(*by, total).where(claimed.c.campaign_id == campaign_id).group_by(*by))
    return {(row.round_index, row.channel): int(row.total) for row in rows}
