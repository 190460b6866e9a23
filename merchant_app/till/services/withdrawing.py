"""Acknowledging withdrawals: from this commit on the till refuses the code, and its fact tells the server so."""

from sqlite_utils import Database

from merchant_app.domain.kinds import CampaignId, Serial
from merchant_app.domain.redemption import WithdrawalAck
from merchant_app.till.db import catalogue, facts
from merchant_app.till.services.counter import Counter
from merchant_app.wire.catalogue import Withdrawal


def acknowledge(db: Database, counter: Counter, withdrawals: list[Withdrawal]) -> None:
    """Notes every withdrawal not noted yet, in the caller's transaction: no redemption can straddle it."""
    for withdrawal in withdrawals:
        if catalogue.has_withdrawal(db, withdrawal.withdrawal_id):
            continue
        catalogue.put_withdrawal(db, withdrawal)
        ack = WithdrawalAck(
            withdrawal_id=withdrawal.withdrawal_id,
            campaign_id=CampaignId(withdrawal.campaign_id),
            serial=Serial(int(withdrawal.serial)),
            form=withdrawal.form,
            held_until=withdrawal.held_until,
            moment=counter.clock.moment(),
        )
        facts.append(db, withdrawal.withdrawal_id, ack)
