"""Reads and writes the versions of an opened campaign's document: the first was opened, each other amended it."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from merchant_app.server.db.notes import note_change
from merchant_app.server.db.tables import campaign_versions, campaigns


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A document as JSON text; `made_by` is empty where it was made at the command line."""

    campaign_id: int
    version: int
    document: str
    made_at: datetime
    made_by: str
    note: str


def add_version(connection: Connection, new: KeptVersion) -> None:
    """From now on this is the campaign's document."""
    connection.execute(insert(campaign_versions).values(asdict(new)))
    here = campaigns.c.campaign_id == new.campaign_id
    connection.execute(update(campaigns).where(here).values(document=new.document, version=new.version))
    note_change(connection)


def versions_of(connection: Connection, campaign_id: int) -> list[KeptVersion]:
    """The newest first."""
    columns = [campaign_versions.c[name] for name in KeptVersion.__slots__]
    of_campaign = select(*columns).where(campaign_versions.c.campaign_id == campaign_id)
    return [KeptVersion(*row) for row in connection.execute(of_campaign.order_by(campaign_versions.c.version.desc()))]
