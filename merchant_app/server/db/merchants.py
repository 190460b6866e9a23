"""Reads and writes merchants: whose outlets these are."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, select, update

from merchant_app.server.db.tables import merchants


@dataclass(frozen=True, slots=True)
class Merchant:
    """Who runs one outlet or many."""

    merchant_id: int
    name_zh: str
    name_en: str


def all_merchants(connection: Connection) -> list[Merchant]:
    return [Merchant(*row) for row in connection.execute(select(merchants).order_by(merchants.c.merchant_id))]


def put_merchants(connection: Connection, new: list[Merchant]) -> None:
    """New ones are added, known ones get the names given here."""
    known = {each.merchant_id for each in all_merchants(connection)}
    for each in new:
        if each.merchant_id in known:
            here = update(merchants).where(merchants.c.merchant_id == each.merchant_id)
            connection.execute(here.values(name_zh=each.name_zh, name_en=each.name_en))
        else:
            connection.execute(insert(merchants).values(asdict(each)))
