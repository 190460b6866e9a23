"""Campaigns and keys as the server judges by them, read anew in each transaction, parsed once."""

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from nacl.signing import VerifyKey
from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.campaign_life import CampaignState
from merchant_app.domain.coupon_code import IssuingKey
from merchant_app.domain.judging.validity import last_instant
from merchant_app.domain.kinds import CampaignId
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaigns import KeptCampaign
from merchant_app.server.db.kept import KeptCoupon
from merchant_app.server.services.taking_part import as_taken_part_in
from merchant_app.wire.campaign_document import parse_campaign


def open_campaigns(connection: Connection) -> dict[CampaignId, Campaign]:
    """The campaigns that tills judge by, each with the outlets that take part in it."""
    documents = campaign_rows.open_documents(connection)
    return as_taken_part_in(connection, {campaign.campaign_id: campaign for campaign in map(parsed, documents)})


def is_issuing(kept: KeptCampaign) -> bool:
    """Whether coupons may be taken from its stock, as far as the operator is concerned; its rounds have their times."""
    return kept.state is CampaignState.OPEN


@lru_cache(maxsize=512)
def parsed(document: str) -> Campaign:
    """A document that was checked when it was added."""
    return parse_campaign(json.loads(document))


def as_it_stands(coupon: KeptCoupon, campaigns: Mapping[CampaignId, Campaign]) -> KeptCoupon:
    """The coupon with its end as the campaign has it now: an amendment may have moved it since it was issued."""
    campaign = campaigns.get(CampaignId(coupon.campaign_id))
    if campaign is None:
        return coupon
    offer, issue_round = campaign.offers[coupon.offer_index], campaign.rounds[coupon.round_index]
    ends_at = last_instant(coupon.issued_at, campaign, offer, issue_round)
    return coupon if ends_at == coupon.ends_at else replace(coupon, ends_at=ends_at)


def key_ring(connection: Connection) -> dict[int, IssuingKey]:
    """Every issuing key by its index."""
    return {
        key.key_index: IssuingKey(
            key.key_index,
            CampaignId(key.campaign_id),
            _verify_key(key.public_key),
            key.valid_from,
            key.valid_until,
            key.revoked_at,
        )
        for key in campaign_rows.all_keys(connection)
    }


@lru_cache(maxsize=1024)
def _verify_key(public_key: bytes) -> VerifyKey:
    return VerifyKey(public_key)
