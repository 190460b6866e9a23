"""Checks the report's kept summaries against a recount of every row, beside a server that may be running."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from merchant_app.server.central import Central
from merchant_app.server.db.adding_up import by_day, sharing_a_bill
from merchant_app.server.db.claimed import Cell
from merchant_app.server.db.recounting import Difference, differences, redemptions_count
from merchant_app.server.db.stale import stale_cells
from merchant_app.server.services.claiming.tally import tally_differences


@dataclass(frozen=True, slots=True)
class Checked:
    """How many redemptions were counted, and where a summary says something else than they do.

    `stale`: how many outlets' days were changed meanwhile, known to be so, and left out.
    """

    redemptions: int
    stale: int
    differences: tuple[Difference, ...]

    @property
    def is_sound(self) -> bool:
        return not self.differences


def check_report(central: Central) -> Checked:
    """What is stale is added up first; what becomes stale meanwhile is left out, with the days that share its bills."""
    central.refreshing.refresh(central.database)
    with central.database.reading() as connection:
        if not central.database.is_sqlite:
            connection.execute(text("SET LOCAL statement_timeout = 0"))  # every row is counted, however many
        stale = stale_cells(connection)
        unsure = {cell[:2] for cell in stale} | set(_sharing_bills(connection, by_day(stale)))
        found = sorted(each for each in differences(connection) if (each.campaign_id, each.day) not in unsure)
        found += (Difference("claimed", cell.campaign_id, cell.day, cell[2:]) for cell in _claimed_wrongly(connection))
        return Checked(redemptions_count(connection), len(stale), tuple(found))


def _claimed_wrongly(connection: Connection) -> Iterable[Cell]:
    """Cells of the tally of issued coupons that the coupons do not bear out; it is raised with each, never stale."""
    return (each.cell for each in tally_differences(connection))


def _sharing_bills(connection: Connection, stale: dict[tuple[int, date], list[int]]) -> Iterable[tuple[int, date]]:
    for (campaign_id, day), outlet_ids in stale.items():
        for cell in sharing_a_bill(connection, campaign_id, day, outlet_ids):
            yield cell[:2]
