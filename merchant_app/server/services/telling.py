"""Telling a till what others did with coupons that could be shown to it, and what became of its own redemptions."""

import json

from sqlalchemy import Row, func, or_, select

from ...domain.kinds import ANY_OUTLET, OutletId, TillId
from ...domain.redemption import Standing
from ...wire.events import Event, EventKind, EventsAnswer
from ..central import Central
from ..db.tables import events
from .campaigns import open_campaigns
from .outlets import judged_at, outlet_of_till

PAGE = 500


def events_for(central: Central, till_id: TillId, outlet_id: OutletId, after: int) -> EventsAnswer:
    """A page of events after a cursor; the new cursor is past everything that was looked at."""
    with central.database.reading() as connection:
        last = connection.scalar(select(func.max(events.c.cursor))) or 0
        outlet = judged_at(outlet_of_till(connection, till_id))
        in_scope = [
            campaign_id
            for campaign_id, campaign in open_campaigns(connection).items()
            if campaign.takes(outlet.outlet_id, outlet.district, outlet.category)
        ]
        own = (events.c.till_id == till_id) & (events.c.kind == EventKind.STANDING.value)
        others = (
            (events.c.till_id != till_id)
            & (events.c.kind != EventKind.STANDING.value)
            & events.c.scope_outlet_id.in_([ANY_OUTLET, outlet_id])
            & events.c.campaign_id.in_(in_scope)
        )
        newer = select(events).where(events.c.cursor > after, or_(own, others)).order_by(events.c.cursor)
        rows = connection.execute(newer.limit(PAGE)).all()
    more = len(rows) == PAGE
    return EventsAnswer(
        events=[_event(row) for row in rows], cursor=rows[-1].cursor if more else max(last, after), more=more
    )


def _event(row: Row[tuple[object, ...]]) -> Event:
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
    )
