"""How the hot questions are answered: by an index, on both engines, and on PostgreSQL in the one partition that knows.

Whoever scans a whole table is quick in a test and slow with ten million coupons; so the plans are looked at.
"""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event

from merchant_app.server.db import chains, coupons, redemptions
from merchant_app.server.db.database import Database
from merchant_app.server.db.partitions import SPREAD
from tests.server.conftest import House
from tests.server.documents import CAMPAIGN_ID
from tests.server.till_client import TillClient

ROWS = 200
BIG = {*SPREAD, "rows", "events", "disputes", "reversals"}
"""Tables with rows for every coupon or every redemption."""
Question = Callable[[Connection, "Known"], object]


class Known:
    """Something that is stored, to ask for."""

    def __init__(self, house: House, till: TillClient) -> None:
        made = house.coupons(count=ROWS)
        for coupon in made:
            till.redeem(str(coupon.code), house.clock.at)
        till.push()
        held = house.coupons()[0]
        house.hold(held)
        self.key, self.held_key = (CAMPAIGN_ID, made[7].serial), (CAMPAIGN_ID, held.serial)
        self.number, self.since = made[7].coupon_number, house.clock.at - timedelta(hours=50)
        self.redemption_id, self.till_id, self.chain_id = till.rows[7].fact_id, till.till_id, till.chain_id


IN_ONE_PARTITION: dict[str, Question] = {
    "a coupon by its key": lambda db, known: coupons.coupons_by_key(db, [known.key]),
    "a coupon by its number": lambda db, known: coupons.coupons_by_number(db, [known.number]),
    "the holds of a coupon": lambda db, known: coupons.holds_of(db, [known.held_key]),
    "the redemptions of a coupon": lambda db, known: redemptions.of_keys(db, [known.key]),
    "a redemption by its id": lambda db, known: redemptions.by_ids(db, [known.redemption_id]),
}
BY_AN_INDEX: dict[str, Question] = {
    "what a bill had": lambda db, known: redemptions.of_bills(db, known.till_id, ["bill-1"]),
    "what a holder redeemed": lambda db, known: redemptions.of_holders(db, CAMPAIGN_ID, [7], known.since),
    "the last order": lambda db, _known: redemptions.last_order(db),
    "the last cursor": lambda db, _known: redemptions.last_cursor(db),
    "a till's events": lambda db, known: redemptions.events_after(
        db, 5, known.till_id, [], [0, 4201], [CAMPAIGN_ID], 500
    ),
    "the rows of a push": lambda db, known: chains.rows_among_or_ahead(db, known.chain_id, [7, 8], ROWS),
    "reversals of ids": lambda db, known: redemptions.reversed_ids(db, [known.till_id], [known.redemption_id]),
}


@pytest.fixture
def known(house: House) -> Known:
    return Known(house, house.till())


@contextmanager
def listening() -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is sent meanwhile, with its values."""
    heard: list[tuple[str, Any]] = []

    def hear(_c: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, _many: bool) -> None:
        heard.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(Engine, "before_cursor_execute", hear)


def tables_read(database: Database, question: Question, known: Known) -> list[tuple[str, bool]]:
    """Every table, or partition, that is looked into, and whether all of it is read. Not told: what is pruned."""
    with database.reading() as connection, listening() as heard:
        question(connection, known)
    asked = [(statement, values) for statement, values in heard if statement.lstrip().startswith("SELECT")]
    with database.reading() as connection:
        if database.is_sqlite:
            return [each for one in asked for each in _sqlite_plan(connection, *one)]
        connection.exec_driver_sql(
            "SET LOCAL enable_seqscan = off"
        )  # small tables are read whole where that is allowed
        return [each for one in asked for each in _postgresql_plan(connection, *one)]


def _sqlite_plan(connection: Connection, statement: str, values: Any) -> Iterator[tuple[str, bool]]:
    for *_, detail in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values):
        found = re.match(r"(SCAN|SEARCH) (\w+)", detail)
        if found:
            yield found[2], found[1] == "SCAN"


def _postgresql_plan(connection: Connection, statement: str, values: Any) -> Iterator[tuple[str, bool]]:
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {statement}", values).scalar_one()
    nodes = [(json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]]
    while nodes:
        node = nodes.pop()
        nodes += node.get("Plans", [])
        if "Relation Name" in node:
            yield node["Relation Name"], node["Node Type"] == "Seq Scan"


def of_table(name: str) -> str:
    return re.sub(r"_p\d+$", "", name)


@pytest.mark.parametrize("what", [*IN_ONE_PARTITION, *BY_AN_INDEX])
def test_no_table_is_read_whole(house: House, known: Known, what: str) -> None:
    read = tables_read(house.central.database, (IN_ONE_PARTITION | BY_AN_INDEX)[what], known)
    assert {of_table(name) for name, _ in read} & BIG, "it asks for nothing: the test sees nothing"
    assert [name for name, is_whole in read if is_whole and of_table(name) in BIG] == []


@pytest.mark.parametrize("what", list(IN_ONE_PARTITION))
def test_one_partition_answers_for_one_coupon(house: House, known: Known, what: str) -> None:
    read = tables_read(house.central.database, IN_ONE_PARTITION[what], known)
    spread = [name for name, _ in read if of_table(name) in SPREAD]
    assert len(spread) == len({of_table(name) for name in spread}), "more than one partition of a table"
