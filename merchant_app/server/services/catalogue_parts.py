"""The parts of one outlet's catalogue, made from the database: the same content gives the same bytes."""

import json
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.kinds import ANY_OUTLET, OutletId
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import coupons as coupon_rows
from merchant_app.server.db.outlets import outlet_of, staff_of
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.keys import ServerKeys
from merchant_app.server.services.outlets import neighbours_of
from merchant_app.wire.catalogue import (
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

ENDED_STAY = timedelta(days=30)
"""So long after its end a campaign stays in the catalogue, so that a till can say when it ended."""


def keys_part(connection: Connection, keys: ServerKeys, version: int) -> Keys:
    """The public half of every key that tills need."""
    serving = ServingKey(
        public_key=keys.serving.verify_key.encode().hex(), valid_from=keys.serving_from, valid_until=keys.serving_until
    )
    kept = campaign_rows.all_keys(connection)
    issuing = [IssuingKeyPart(**{**asdict(key), "public_key": key.public_key.hex()}) for key in kept]
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
    documents: list[dict[str, Any]] = []
    named: set[str] = set()
    for document in campaign_rows.open_documents(connection):
        campaign = parsed(document)
        if now < campaign.ends_at + ENDED_STAY and campaign.takes(
            OutletId(here.outlet_id), here.district, here.category
        ):
            documents.append(json.loads(document))
            named.update(offer.picture for offer in campaign.offers)
    known = campaign_rows.pictures_among(connection, named)
    return CampaignsPart(campaigns=documents, pictures={sha256: sha256 for sha256 in known})


def _withdrawals(connection: Connection, outlet_id: OutletId, campaign_ids: list[int]) -> WithdrawalsPart:
    """Coupons that could be shown here and were revoked; rights that this outlet's tills have to give back."""
    revoked = coupon_rows.revoked_in(connection, campaign_ids, [ANY_OUTLET, outlet_id])
    return WithdrawalsPart(
        revoked=[
            RevokedCoupon(campaign_id=each.campaign_id, serial=str(each.serial), since=each.revoked_at)
            for each in revoked
            if each.revoked_at is not None
        ],
        withdrawals=[
            Withdrawal(
                withdrawal_id=back.withdrawal_id,
                campaign_id=back.campaign_id,
                serial=str(back.serial),
                form=back.form,
                held_until=back.held_until,
                into_wallet=back.into_wallet,
            )
            for back in coupon_rows.withdrawals_at(connection, outlet_id)
        ],
    )
