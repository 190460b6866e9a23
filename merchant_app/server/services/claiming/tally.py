"""The tally of issued coupons, counted again from the coupons themselves and compared."""

from collections import Counter
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from merchant_app.server.central import Central
from merchant_app.server.db.campaigns import all_documents
from merchant_app.server.db.claimed import Cell, claimed_counts, issued_quarters
from merchant_app.server.services.campaigns import parsed


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell of the tally that says something else than the coupons do."""

    cell: Cell
    tallied: int
    counted: int


def check_tally(central: Central) -> list[Difference]:
    """Every difference; none where all is well. One consistent view, so it may run while coupons are claimed."""
    with central.database.reading() as connection:
        return tally_differences(connection)


def tally_differences(connection: Connection) -> list[Difference]:
    """The same, in the view of a transaction that is open."""
    counted, tallied = _counted(connection), claimed_counts(connection)
    return [
        Difference(cell, tallied.get(cell, 0), counted[cell])
        for cell in sorted(counted.keys() | tallied.keys())
        if tallied.get(cell, 0) != counted[cell]
    ]


def _counted(connection: Connection) -> Counter[Cell]:
    zones = {int(campaign.campaign_id): campaign.zone for campaign in map(parsed, all_documents(connection))}
    counts: Counter[Cell] = Counter()
    for each in issued_quarters(connection):
        day = each.begins_at.astimezone(zones.get(each.campaign_id, ZoneInfo("UTC"))).date()
        cell = Cell(each.campaign_id, day, each.round_index, each.offer_index, each.channel, each.outlet_id)
        counts[cell] += each.issued_count
    return counts
