"""Which outlets a campaign really takes: where it goes by opting in, those that did, within its document's own scope.

Three thousand of them are read once per process and change, not per request: they are remembered under the state of
the campaign's participants (`db.participants`), of which no two are ever the same.
"""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.db import participants as participant_rows

LEFT_STAYS = timedelta(hours=72)
"""So long after an outlet left, what its tills redeemed without the network is judged as if it had not: as long as a
till may go on by its own clock before it has heard of it."""
_REMEMBERED = 128

_remembered: OrderedDict[str, tuple[Campaign, Campaign]] = OrderedDict()
_lock = Lock()


def as_taken_part_in(connection: Connection, campaigns: Mapping[CampaignId, Campaign]) -> dict[CampaignId, Campaign]:
    """The campaigns, each with the outlets that it takes now."""
    states = participant_rows.states(connection)
    return {
        campaign_id: _of_state(connection, campaign, states[campaign_id]) if campaign_id in states else campaign
        for campaign_id, campaign in campaigns.items()
    }


def as_before_leaving(campaign: Campaign, outlet_id: OutletId, left_at: datetime | None, at: datetime) -> Campaign:
    """The campaign as this outlet's tills may still have known it at `at`, if the outlet left it at `left_at`."""
    if left_at is None or campaign.outlets is None or at >= left_at + LEFT_STAYS:
        return campaign
    return replace(campaign, outlets=campaign.outlets | {outlet_id})


def _of_state(connection: Connection, campaign: Campaign, state: str) -> Campaign:
    with _lock:
        known = _remembered.get(state)
        if known is not None and known[0] is campaign:
            _remembered.move_to_end(state)
            return known[1]
    taken = frozenset(map(OutletId, participant_rows.taking_part(connection, campaign.campaign_id)))
    narrowed = replace(campaign, outlets=taken if campaign.outlets is None else campaign.outlets & taken)
    with _lock:
        _remembered[state] = campaign, narrowed
        while len(_remembered) > _REMEMBERED:
            _remembered.popitem(last=False)
    return narrowed
