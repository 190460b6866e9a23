"""Documents that were amended, and that a till may still be judging by: it did no wrong while it had not heard.

An amendment takes nothing from a holder, so what such a till accepts the new document accepts, too, but for what is not
the holder's: stricter offline limits, and stricter terms of a void. For those a till is held to what it could know.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.server.db.campaign_versions import versions_of
from merchant_app.server.services.campaigns import parsed

LIVES_ON = timedelta(days=7)
"""So long a till may judge by a catalogue, where the campaign sets no limit of its own: as long as a snapshot lives."""


def outdated_at(connection: Connection, campaign_id: int, at: datetime) -> Iterator[Campaign]:
    """Earlier documents of a campaign by which a till may still have judged at `at`, the newest first."""
    replaced_at: datetime | None = None
    for version in versions_of(connection, campaign_id):
        campaign = parsed(version.document)
        if replaced_at is not None and at < replaced_at + (campaign.offline.catalogue_max_age or LIVES_ON):
            yield campaign
        replaced_at = version.made_at
