"""Disputes that an earlier version opened: after the migration each says what it is about, whose, and who is to pay."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from merchant_app.domain.disputes import About, Payer
from merchant_app.server.db.database import Database, database_url
from merchant_app.server.db.disputes import DisputesWanted, KeptDispute, page_of
from merchant_app.server.db.migrate import migrate

FACT = {"campaign_id": 7, "serial": "99", "amount_off_fen": 1500, "moment": {"at": "2026-06-29T17:00:00Z"}}
ROWS = {1: ("redemption", FACT), 2: ("redemption", FACT), 3: ("void", {"moment": {"at": "2026-06-30T17:00:00Z"}})}
DISPUTES = {"own": (1, "already_redeemed"), "beside": (2, "id_taken"), "void": (3, "void_not_allowed")}


@pytest.fixture(params=["sqlite", "postgresql"])
def on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    url = None
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres").new_database(migrated=False)
    opened = Database(database_url(url, tmp_path))
    yield opened
    opened.close()


def fill(database: Database) -> None:
    """One redemption that was contested, one row under a taken id, one void that came too late."""
    with database.writing() as connection:

        def insert(table: str, *values: object) -> None:
            named = {f"v{number}": value for number, value in enumerate(values)}
            places = ", ".join(f":{name}" for name in named)
            connection.execute(text(f"INSERT INTO {table} VALUES ({places})"), named)

        insert("campaigns", 7, '{"time_zone": "Asia/Shanghai"}', 0, 0)
        insert("outlets", 4201, "a", "a", "d", "c", None, None, "", "", "")
        insert("tills", "4201-01", 4201, "t", "1", b"", 0, None, None, None)
        insert("chains", "chain", "4201-01", 3, b"", None, 0)
        for seq, (kind, fact) in ROWS.items():
            content = json.dumps({"kind": kind, "fact": fact}).encode()
            insert("rows", "chain", seq, content, b"", "applied", kind, "r-1", "r-1", 0)
        insert(
            "redemptions", "r-1", 1, "4201-01", 4201, 7, 99, None, 0, 0, 0, None, "02", "b", 12000, 2000, 10000,
            0, 0, "contested", None, True, "[]", "own",
        )  # fmt: skip
        for dispute_id, (seq, code) in DISPUTES.items():
            reasons = json.dumps([{"code": code}])
            insert("disputes", dispute_id, "chain", seq, "r-1", None, None, reasons, None, seq, None, None)


def told(dispute: KeptDispute) -> tuple[object, ...]:
    return dispute.about, dispute.outlet_id, dispute.till_id, dispute.amount_off_fen, dispute.proposed_payer


def test_each_says_what_it_is_about_whose_it_is_and_who_is_proposed_to_pay(on_either: Database) -> None:
    migrate(on_either, to="0003")
    fill(on_either)
    migrate(on_either)
    with on_either.reading() as connection:
        found = {each.dispute_id: each for each in page_of(connection, DisputesWanted(), limit=9)}
    assert {name: told(each) for name, each in found.items()} == {
        "own": (About.REDEMPTION, 4201, "4201-01", 2000, Payer.CAMPAIGN),
        "beside": (About.ROW, 4201, "4201-01", 1500, Payer.OUTLET),
        "void": (About.VOID, 4201, "4201-01", 0, Payer.OUTLET),
    }
    assert {(each.campaign_id, each.serial) for each in found.values()} == {(7, 99)}
    assert all(each.outcome is None and each.owed_fen == 0 for each in found.values())
