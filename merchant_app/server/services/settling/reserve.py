"""The reserve from which a campaign pays doubles: stated by the operator, watched against the disputes."""

from merchant_app.domain.kinds import Fen, OperatorId
from merchant_app.domain.settlement import Reserve
from merchant_app.server.central import Central
from merchant_app.server.db import periods as period_rows
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.db.disputes import drawn_on_reserve
from merchant_app.server.services.operators.deeds import Deed, note_deed

LARGEST_RESERVE = 10**12
"""Fen: ten thousand million yuan; more is a slip of the finger."""


def state_reserve(
    central: Central, campaign_id: int, reserve_fen: Fen, *, by: str, operator: OperatorId | None = None
) -> bool:
    """False: there is no such campaign, or no such amount. `by` is the operator's name."""
    with central.database.writing() as connection:
        if campaign_of(connection, campaign_id) is None or not 0 <= reserve_fen <= LARGEST_RESERVE:
            return False
        now = central.now()
        period_rows.put_reserve(connection, campaign_id, reserve_fen, by=by, now=now)
        note_deed(connection, operator, Deed.RESERVE_STATED, campaign_id, at=now, reserve_fen=reserve_fen)
    return True


def reserve_of(central: Central, campaign_id: int) -> Reserve:
    """What is stated, and what disputes draw on it."""
    with central.database.reading() as connection:
        proposed, drawn = drawn_on_reserve(connection, campaign_id)
        return Reserve(period_rows.reserve_of(connection, campaign_id), proposed, drawn)
