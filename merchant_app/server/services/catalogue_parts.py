"""The parts of one outlet's catalogue, made from the database: the same content gives the same bytes."""

import json
from datetime import datetime

from sqlalchemy import Connection

from merchant_app.domain.kinds import ANY_OUTLET, OutletId
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import coupons as coupon_rows
from merchant_app.server.db.outlets import outlet_of, staff_of
from merchant_app.server.services.surroundings import Memory, Seen
from merchant_app.wire.catalogue import (
    OutletAndNeighbours,
    PartName,
    RevokedCoupon,
    StaffPart,
    Withdrawal,
    WithdrawalsPart,
)


def parts_for(connection: Connection, memory: Memory, outlet_id: OutletId, now: datetime) -> dict[PartName, bytes]:
    """Every part by its name."""
    surroundings, here = memory.surroundings(connection), outlet_of(connection, outlet_id)
    if here is None:
        return {}
    seen = surroundings.seen_from(here, now)
    in_scope = [int(each.campaign.campaign_id) for each in seen.in_scope]
    return {
        "campaigns": _campaigns(connection, seen),
        "outlet": OutletAndNeighbours(outlet=here, neighbours=seen.neighbours()).as_json(),
        "staff": StaffPart(staff=staff_of(connection, outlet_id)).as_json(),
        "withdrawals": _withdrawals(connection, outlet_id, in_scope).as_json(),
    }


def _campaigns(connection: Connection, seen: Seen) -> bytes:
    """A `CampaignsPart`: each document as it was written once for all outlets, with the outlets that matter here."""
    named = frozenset[str]().union(*(each.pictures for each in seen.in_scope))
    pictures = {sha256: sha256 for sha256 in campaign_rows.pictures_among(connection, named)}
    return f'{{"campaigns":[{",".join(seen.documents())}],"pictures":{json.dumps(pictures)}}}'.encode()


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
