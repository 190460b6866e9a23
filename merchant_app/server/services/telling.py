"""Telling a till what others did with coupons that could be shown to it, and what became of its own redemptions."""

import json
from typing import Any

from sqlalchemy import Row

from merchant_app.domain.kinds import ANY_OUTLET, OutletId, TillId
from merchant_app.domain.redemption import Standing
from merchant_app.server.central import Central
from merchant_app.server.db import redemptions as redemption_rows
from merchant_app.server.db.outlets import outlet_of_till
from merchant_app.server.db.tills import adopted_by
from merchant_app.server.services.campaigns import open_campaigns
from merchant_app.wire.events import Event, EventKind, EventsAnswer

PAGE = 500


def events_for(central: Central, till_id: TillId, outlet_id: OutletId, after: int) -> EventsAnswer:
    """A page of events after a cursor; the new cursor is past everything that was looked at."""
    with central.database.reading() as connection:
        last = redemption_rows.last_cursor(connection)
        outlet = outlet_of_till(connection, till_id)
        in_scope = [
            campaign_id
            for campaign_id, campaign in open_campaigns(connection).items()
            if campaign.takes(outlet_id, outlet.district, outlet.category)
        ]
        shown, adopted = [ANY_OUTLET, outlet_id], adopted_by(connection, till_id)
        rows = redemption_rows.events_after(connection, after, till_id, adopted, shown, in_scope, PAGE)
    more = len(rows) == PAGE
    cursor = rows[-1].cursor if more else max(last, after)
    return EventsAnswer(events=[_event(row) for row in rows], cursor=cursor, more=more)


def _event(row: Row[Any]) -> Event:
    return Event(
        cursor=row.cursor,
        kind=EventKind(row.kind),
        redemption_id=row.redemption_id,
        campaign_id=row.campaign_id,
        serial=str(row.serial),
        outlet_id=row.outlet_id,
        holder_tag=row.holder_tag,
        offer_index=row.offer_index,
        redeemed_at=row.redeemed_at,
        standing=None if row.standing is None else Standing(row.standing),
        dispute_id=row.dispute_id,
        reasons=json.loads(row.reasons),
        dispute_outcome=row.dispute_outcome,
    )
