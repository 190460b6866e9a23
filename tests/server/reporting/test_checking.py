"""The check finds whatever in a kept summary is not what the rows say, and nothing where all is well."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete, insert, select, update

from merchant_app.domain.kinds import Fen
from merchant_app.domain.redemption import Bill
from merchant_app.server.db.tables import redemptions, tallies, tallies_by_day, tallies_by_outlet
from merchant_app.server.services.reporting.checking import check_report
from tests.server.reporting.histories import Campaigning, campaigning


@pytest.fixture
def living(database: str | None) -> Iterator[Campaigning]:
    """Two tills with two coupons each on one bill, one of them taken back."""
    with campaigning(database) as made:
        made.step("issue", 0, 3, 1)
        for who in (0, 1):
            for which in (0, 1):
                code = made.life.codes[2 * who + which]
                made.tills[who].redeem(
                    code, made.life.now, bill=Bill("b", Fen(30_000)), redemption_id=made.life.new_id(who)
                )
        made.step("void", 1, 0, 0)
        made.push(0)
        made.push(1)
        yield made


def test_a_report_that_nobody_touched_is_sound(living: Campaigning) -> None:
    checked = check_report(living.central)
    assert checked.is_sound
    assert (checked.redemptions, checked.stale) == (4, 0)


@pytest.mark.parametrize("table", [tallies, tallies_by_day, tallies_by_outlet], ids=lambda table: table.name)
@pytest.mark.parametrize("measure", ["kept_count", "bill_fen", "voided_off_fen"])
def test_a_summary_that_says_something_else_is_found(living: Campaigning, table: object, measure: str) -> None:
    living.central.refreshing.refresh(living.central.database)
    with living.central.database.writing() as connection:
        connection.execute(update(table).values({measure: table.c[measure] + 1}))  # type: ignore[arg-type, attr-defined]
    assert {found.table for found in check_report(living.central).differences} >= {table.name}  # type: ignore[attr-defined]


def test_a_line_that_is_missing_or_has_no_rows_is_found(living: Campaigning) -> None:
    living.central.refreshing.refresh(living.central.database)
    with living.central.database.writing() as connection:
        row = connection.execute(select(tallies).where(tallies.c.outlet_id == 4201)).one()._asdict()
        connection.execute(delete(tallies).where(tallies.c.outlet_id == 4201))
        connection.execute(insert(tallies).values({**row, "outlet_id": 4203}))
    keys = {(found.table, found.key[0]) for found in check_report(living.central).differences}
    assert {("tallies", 4201), ("tallies", 4203), ("tallies_by_outlet", 4203)} <= keys


def test_a_redemption_that_was_changed_behind_the_servers_back_is_found(living: Campaigning) -> None:
    living.central.refreshing.refresh(living.central.database)
    with living.central.database.writing() as connection:
        connection.execute(update(redemptions).values(amount_off_fen=1))
    assert not check_report(living.central).is_sound
