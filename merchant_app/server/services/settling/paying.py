"""Marking a closed settlement as paid: when, and under which reference. Once."""

from datetime import date
from enum import StrEnum

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.central import Central
from merchant_app.server.db import periods as period_rows
from merchant_app.server.db.periods import KeptSettlement
from merchant_app.server.services.operators.deeds import Deed, note_deed


class NotPaid(StrEnum):
    """Why a settlement was not marked."""

    UNKNOWN_SETTLEMENT = "unknown_settlement"
    NOT_CLOSED = "not_closed"
    ALREADY_PAID = "already_paid"
    REFERENCE_MISSING = "reference_missing"


def mark_paid(
    central: Central,
    campaign_id: int,
    number: int,
    *,
    paid_on: date,
    reference: str,
    by: str,
    operator: OperatorId | None = None,
) -> KeptSettlement | NotPaid:
    """`paid_on` is the day of the payment, `reference` what it can be found by; `by` is the operator's name."""
    if not reference.strip():
        return NotPaid.REFERENCE_MISSING
    with central.database.writing() as connection:
        kept = period_rows.settlement_of(connection, campaign_id, number)
        if kept is None:
            return NotPaid.UNKNOWN_SETTLEMENT
        period = period_rows.period_of(connection, campaign_id, kept.period_index)
        if period is None or period.closed_at is None:
            return NotPaid.NOT_CLOSED
        if kept.paid_on is not None:
            return NotPaid.ALREADY_PAID
        period_rows.mark_paid(
            connection, kept, paid_on=paid_on, reference=reference.strip(), paid_at=central.now(), paid_by=by
        )
        subject = f"{campaign_id}/{number}"
        note_deed(connection, operator, Deed.SETTLEMENT_PAID, subject, at=central.now(), reference=reference.strip())
        paid = period_rows.settlement_of(connection, campaign_id, number)
    assert paid is not None
    return paid
