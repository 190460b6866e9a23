"""Taking rights back: holds that are given back, paper that moves into a wallet, coupons that are revoked.

A right that was taken back is free when every till of the outlet has acknowledged it, not before: until then one
of them may be accepting the code without asking.
"""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.coupon_code import Form
from merchant_app.domain.kinds import CampaignId, OperatorId, Serial
from merchant_app.server.central import Central
from merchant_app.server.db.coupons import (
    add_withdrawal,
    coupons_by_key,
    holds_of,
    mark_free,
    mark_revoked,
    tills_of,
    withdrawals_of,
)
from merchant_app.server.db.kept import CouponKey, KeptWithdrawal
from merchant_app.server.services.campaigns import as_it_stands, open_campaigns
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.server.services.rights import Right, Rights, paper_right, takes_back


class NotWithdrawn(StrEnum):
    """Why nothing was taken back."""

    UNKNOWN_COUPON = "unknown_coupon"
    NO_HOLD = "no_hold"
    NO_PAPER = "no_paper"


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """`waiting_for` are the tills that have not acknowledged it yet; none: the right is free."""

    withdrawal_id: str
    outlet_id: int
    waiting_for: tuple[str, ...]


def give_back_hold(central: Central, campaign_id: CampaignId, serial: Serial) -> Withdrawn | NotWithdrawn:
    """The holder gives the last hold back; every hold of the coupon at that outlet up to it is withdrawn."""
    key = (int(campaign_id), int(serial))
    with central.database.writing() as connection:
        rights = _rights(connection, key)
        of_coupon = rights.of_holds(key)
        if not of_coupon:
            return NotWithdrawn.NO_HOLD
        return _withdraw(connection, central, max(of_coupon, key=lambda right: right.made_at), into_wallet=False)


def move_paper_into_wallet(central: Central, campaign_id: CampaignId, serial: Serial) -> Withdrawn | NotWithdrawn:
    """The paper of a coupon for one outlet is taken back: who shows it is asked for the phone."""
    key = (int(campaign_id), int(serial))
    with central.database.writing() as connection:
        coupon = coupons_by_key(connection, [key]).get(key)
        if coupon is None:
            return NotWithdrawn.UNKNOWN_COUPON
        right = paper_right(as_it_stands(coupon, open_campaigns(connection)))
        if right is None:
            return NotWithdrawn.NO_PAPER
        return _withdraw(connection, central, right, into_wallet=True)


def set_free(central: Central, campaign_id: CampaignId, serial: Serial, by: OperatorId | None = None) -> bool:
    """An operator frees a trapped coupon, at the campaign's risk, and that stays written down. False: unknown."""
    now, key = central.now(), (int(campaign_id), int(serial))
    with central.database.writing() as connection:
        if key not in coupons_by_key(connection, [key]):
            return False
        mark_free(connection, key, now)
        note_deed(connection, by, Deed.COUPON_SET_FREE, f"{campaign_id}/{serial}", at=now)
    return True


def revoke_coupon(central: Central, campaign_id: CampaignId, serial: Serial, by: OperatorId | None = None) -> bool:
    """The organiser withdraws a coupon for good; False: there is no such coupon."""
    key = (int(campaign_id), int(serial))
    with central.database.writing() as connection:
        if key not in coupons_by_key(connection, [key]):
            return False
        now = central.now()
        mark_revoked(connection, key, now)
        note_deed(connection, by, Deed.COUPON_WITHDRAWN, f"{campaign_id}/{serial}", at=now)
    return True


def _withdraw(connection: Connection, central: Central, right: Right, *, into_wallet: bool) -> Withdrawn:
    """The same right is withdrawn once: asking again tells for whom it still waits."""
    before = next((back for back in withdrawals_of(connection, [right.key]) if takes_back(back, right)), None)
    withdrawal_id = central.new_id() if before is None else before.withdrawal_id
    if before is None:
        held_until = right.made_at if right.form is Form.HOLD else None
        where = (right.outlet_id, *right.key, right.form)
        new = KeptWithdrawal(withdrawal_id, *where, held_until, into_wallet, central.now())
        add_withdrawal(connection, new)
    waiting = _rights(connection, right.key, right.outlet_id).waiting_for(right)
    return Withdrawn(withdrawal_id, right.outlet_id, tuple(sorted(till.till_id for till in waiting)))


def _rights(connection: Connection, key: CouponKey, *outlet_ids: int) -> Rights:
    of_coupon = holds_of(connection, [key])
    tills = tills_of(connection, {each.outlet_id for each in of_coupon} | set(outlet_ids))
    return Rights(of_coupon, withdrawals_of(connection, [key]), tills)
