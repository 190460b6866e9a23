"""A bill is driven once wherever its coupons fall, and nothing that changes a redemption leaves a summary as it was."""

import ast
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from merchant_app.domain.campaign_report import Breakdown, Wanted
from merchant_app.domain.kinds import CampaignId, Fen
from merchant_app.domain.redemption import Bill
from merchant_app.server.services.reporting.checking import check_report
from merchant_app.server.services.reporting.reading import read_added
from merchant_app.server.services.reporting.refreshing import Refreshing
from tests.house.tree import python_files
from tests.server.documents import CAMPAIGN_ID
from tests.server.reporting.histories import Campaigning, campaigning

ALL = Wanted(CampaignId(CAMPAIGN_ID), date(2026, 6, 1), date(2026, 8, 1))
BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)
BILL = Bill("over-midnight", Fen(30_000))


@pytest.fixture
def living(database: str | None) -> Iterator[Campaigning]:
    with campaigning(database) as made:
        made.step("issue", 0, 3, 1)
        yield made


def driven(living: Campaigning) -> dict[date, int]:
    """The bill amount driven, by day."""
    living.central.refreshing.refresh(living.central.database)
    with living.central.database.reading() as connection:
        lines = read_added(connection, ALL, [Breakdown.DAY]).lines[Breakdown.DAY]
    return {line.key: int(line.figures.bill_fen) for line in lines}  # type: ignore[misc]


def test_a_bill_that_goes_on_past_midnight_is_driven_on_the_first_day_of_those_that_were_kept(
    living: Campaigning,
) -> None:
    till, life = living.tills[0], living.life
    first, second = life.new_id(0), life.new_id(0)
    life.now += timedelta(minutes=30)
    till.redeem(life.codes[0], life.now - timedelta(minutes=30), bill=BILL, redemption_id=first)
    till.redeem(life.codes[1], life.now, bill=BILL, redemption_id=second)
    living.push(0)
    assert driven(living) == {BEFORE: 30_000, AFTER: 0}
    till.void(first, life.now)
    living.push(0)
    assert driven(living) == {BEFORE: 0, AFTER: 30_000}
    till.void(second, life.now)
    living.push(0)
    assert driven(living) == {BEFORE: 0, AFTER: 0}


def test_the_same_bill_number_at_two_tills_is_two_bills(living: Campaigning) -> None:
    for who in (0, 1):
        living.tills[who].redeem(living.life.codes[who], living.life.now, bill=BILL)
        living.push(who)
    assert driven(living) == {BEFORE: 60_000}


def test_what_is_fresh_is_not_added_up_again(living: Campaigning) -> None:
    living.tills[0].redeem(living.life.codes[0], living.life.now, bill=BILL)
    living.push(0)
    assert living.central.refreshing.refresh(living.central.database, within=-1) == 1
    assert driven(living) == {BEFORE: 30_000}
    assert living.central.refreshing.refresh(living.central.database, within=-1) == 0


def test_a_day_of_many_outlets_is_added_up_in_turns_and_then_as_a_whole(living: Campaigning) -> None:
    for who in (0, 1):
        living.tills[who].redeem(living.life.codes[who], living.life.now, bill=BILL)
        living.push(who)
    clock = iter(range(1000))
    few = Refreshing(clock=lambda: next(clock), rest=lambda _seconds: None, outlets_at_once=1)
    assert few.refresh(living.central.database, within=3) > 0
    assert not check_report(living.central).differences
    assert driven(living) == {BEFORE: 60_000}


def test_redemptions_are_written_in_one_place_which_marks_what_it_makes_stale() -> None:
    """Whoever else wrote to the table would leave a report standing that is not true any more."""
    writers = {
        path.name
        for path in python_files("merchant_app/server")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ("insert", "update", "delete")
        if node.args and ast.unparse(node.args[0]) == "redemptions"
    }
    assert writers == {"redemptions.py"}
