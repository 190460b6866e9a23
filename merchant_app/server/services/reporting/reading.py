"""Reads a campaign's report in one consistent view."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection

from merchant_app.domain.campaign_report import BY_PLACE, Added, Amounts, Breakdown, Release, Wanted, added
from merchant_app.domain.kinds import OutletId
from merchant_app.server.db import figures as figure_rows


def read_added(connection: Connection, wanted: Wanted, breakdowns: Collection[Breakdown]) -> Added:
    """What was claimed and what was redeemed, added up; outlets are read only where a breakdown is by place."""
    releases = [
        *figure_rows.redeemed_by_release(connection, wanted),
        *figure_rows.claimed_by_release(connection, wanted),
    ]
    if not BY_PLACE.intersection(breakdowns):
        return added(releases, [], {}, breakdowns)
    outlets = _by_outlet(connection, wanted, releases)
    places = figure_rows.places(connection, {outlet_id for outlet_id, _ in outlets})
    return added(releases, outlets, places, breakdowns)


def _by_outlet(
    connection: Connection, wanted: Wanted, releases: Sequence[tuple[Release, Amounts]]
) -> list[tuple[OutletId, Amounts]]:
    """Where one outlet is asked for, all that was read is its own."""
    if wanted.outlet_id is not None:
        return [(wanted.outlet_id, amounts) for _, amounts in releases]
    return [
        *figure_rows.redeemed_by_outlet(connection, wanted),
        *figure_rows.claimed_by_outlet(connection, wanted),
    ]
