"""`GET /api/events`: what others did that this till should know, and new standings of its own, by cursor."""

from typing import Annotated

from fastapi import APIRouter, Query

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.who import CentralPart, GoodTill
from merchant_app.server.services.telling import events_for
from merchant_app.wire.events import EventsAnswer
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api", tags=["events"])


@router.get("/events", responses=refusals(Code.REVOKED))
def list_events(
    central: CentralPart, till: GoodTill, after: Annotated[int, Query(ge=0, lt=1 << 62)] = 0
) -> EventsAnswer:
    """Events after this cursor, oldest first."""
    return events_for(central, till.till_id, till.outlet_id, after)
