"""Campaigns and keys as the server judges by them, read anew in each transaction, parsed once."""

import json
from functools import lru_cache

from nacl.signing import VerifyKey
from sqlalchemy import Connection, select

from ...domain.campaign import Campaign
from ...domain.coupon_code import IssuingKey
from ...domain.kinds import CampaignId
from ...wire.campaign_document import parse_campaign
from ..db.tables import campaigns, issuing_keys


def campaign_of(connection: Connection, campaign_id: int) -> Campaign | None:
    """The campaign, open or not; None where there is none."""
    document = connection.scalar(select(campaigns.c.document).where(campaigns.c.campaign_id == campaign_id))
    return None if document is None else parsed(document)


def open_campaigns(connection: Connection) -> dict[CampaignId, Campaign]:
    """The campaigns that tills judge by."""
    documents = connection.scalars(select(campaigns.c.document).where(campaigns.c.opened_at.is_not(None)))
    return {campaign.campaign_id: campaign for campaign in map(parsed, documents)}


@lru_cache(maxsize=512)
def parsed(document: str) -> Campaign:
    """A document that was checked when it was added."""
    return parse_campaign(json.loads(document))


def key_ring(connection: Connection) -> dict[int, IssuingKey]:
    """Every issuing key by its index."""
    return {
        row.key_index: IssuingKey(
            row.key_index,
            CampaignId(row.campaign_id),
            _verify_key(row.public_key),
            row.valid_from,
            row.valid_until,
            row.revoked_at,
        )
        for row in connection.execute(select(issuing_keys))
    }


@lru_cache(maxsize=1024)
def _verify_key(public_key: bytes) -> VerifyKey:
    return VerifyKey(public_key)


def issuing_key_index(connection: Connection, campaign_id: int) -> int:
    """The key that signs this campaign's codes now: the newest that was not revoked. An open campaign has one."""
    good = (issuing_keys.c.campaign_id == campaign_id) & issuing_keys.c.revoked_at.is_(None)
    newest = select(issuing_keys.c.key_index).where(good).order_by(issuing_keys.c.key_index.desc()).limit(1)
    return int(connection.execute(newest).scalar_one())
