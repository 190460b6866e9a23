"""The parts of one outlet's catalogue, made from the database: the same content gives the same bytes."""

import json
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from ...domain.coupon_code import Form
from ...domain.kinds import ANY_OUTLET, OutletId
from ...wire.catalogue import (
    CampaignsPart,
    IssuingKeyPart,
    Keys,
    OutletAndNeighbours,
    OutletPart,
    PartName,
    RevokedCoupon,
    ServingKey,
    StaffPart,
    Withdrawal,
    WithdrawalsPart,
)
from ..db.tables import campaigns, coupons, issuing_keys, pictures, withdrawals
from .campaigns import parsed
from .keys import ServerKeys
from .outlets import neighbours_of, outlet_of, staff_of

ENDED_STAY = timedelta(days=30)
"""So long after its end a campaign stays in the catalogue, so that a till can say when it ended."""


def keys_part(connection: Connection, keys: ServerKeys, version: int) -> Keys:
    """The public half of every key that tills need."""
    serving = ServingKey(
        public_key=keys.serving.verify_key.encode().hex(), valid_from=keys.serving_from, valid_until=keys.serving_until
    )
    rows = connection.execute(select(issuing_keys).order_by(issuing_keys.c.key_index))
    issuing = [IssuingKeyPart(**{**row._asdict(), "public_key": row.public_key.hex()}) for row in rows]
    return Keys(version=version, serving_keys=[serving], issuing_keys=issuing)


def parts_for(connection: Connection, outlet_id: OutletId, now: datetime) -> dict[PartName, bytes]:
    """Every part by its name."""
    here = outlet_of(connection, outlet_id)
    if here is None:
        return {}
    in_scope = _campaigns(connection, here, now)
    return {
        "campaigns": in_scope.as_json(),
        "outlet": OutletAndNeighbours(outlet=here, neighbours=neighbours_of(connection, here)).as_json(),
        "staff": StaffPart(staff=staff_of(connection, outlet_id)).as_json(),
        "withdrawals": _withdrawals(
            connection, outlet_id, [each["campaign_id"] for each in in_scope.campaigns]
        ).as_json(),
    }


def _campaigns(connection: Connection, here: OutletPart, now: datetime) -> CampaignsPart:
    """The open campaigns that this outlet is in the scope of."""
    rows = connection.scalars(
        select(campaigns.c.document).where(campaigns.c.opened_at.is_not(None)).order_by(campaigns.c.campaign_id)
    )
    documents: list[dict[str, Any]] = []
    named: set[str] = set()
    for document in rows:
        campaign = parsed(document)
        if now < campaign.ends_at + ENDED_STAY and campaign.takes(
            OutletId(here.outlet_id), here.district, here.category
        ):
            documents.append(json.loads(document))
            named.update(offer.picture for offer in campaign.offers)
    known = connection.scalars(
        select(pictures.c.sha256).where(pictures.c.sha256.in_(named)).order_by(pictures.c.sha256)
    )
    return CampaignsPart(campaigns=documents, pictures={sha256: sha256 for sha256 in known})


def _withdrawals(connection: Connection, outlet_id: OutletId, campaign_ids: list[int]) -> WithdrawalsPart:
    """Coupons that could be shown here and were revoked; rights that this outlet's tills have to give back."""
    revoked = connection.execute(
        select(coupons.c.campaign_id, coupons.c.serial, coupons.c.revoked_at)
        .where(
            coupons.c.revoked_at.is_not(None),
            coupons.c.campaign_id.in_(campaign_ids),
            coupons.c.outlet_id.in_([ANY_OUTLET, outlet_id]),
        )
        .order_by(coupons.c.campaign_id, coupons.c.serial)
    )
    back = connection.execute(
        select(withdrawals).where(withdrawals.c.outlet_id == outlet_id).order_by(withdrawals.c.withdrawal_id)
    )
    return WithdrawalsPart(
        revoked=[
            RevokedCoupon(campaign_id=row.campaign_id, serial=str(row.serial), since=row.revoked_at) for row in revoked
        ],
        withdrawals=[
            Withdrawal(
                withdrawal_id=row.withdrawal_id,
                campaign_id=row.campaign_id,
                serial=str(row.serial),
                form=Form(row.form),
                held_until=row.held_until,
                into_wallet=row.into_wallet,
            )
            for row in back
        ],
    )
