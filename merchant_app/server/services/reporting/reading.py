"""Reads a campaign's report in one consistent view."""

from collections.abc import Collection

from sqlalchemy import Connection

from merchant_app.domain.campaign_report import BY_PLACE, Added, Breakdown, Wanted, added
from merchant_app.server.db import figures as figure_rows


def read_added(connection: Connection, wanted: Wanted, breakdowns: Collection[Breakdown]) -> Added:
    """What was claimed and what was redeemed, added up; outlets are read only where a breakdown is by place."""
    releases = [
        *figure_rows.redeemed_by_release(connection, wanted),
        *figure_rows.claimed_by_release(connection, wanted),
    ]
    if not BY_PLACE.intersection(breakdowns):
        return added(releases, [], {}, breakdowns)
    outlets = [
        *figure_rows.redeemed_by_outlet(connection, wanted),
        *figure_rows.claimed_by_outlet(connection, wanted),
    ]
    return added(releases, outlets, figure_rows.places(connection), breakdowns)
