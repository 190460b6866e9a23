"""Steps in a campaign's life: opened with an issuing key of its own, paused, resumed, closed."""

from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.campaign_life import CampaignState, LifeStep, may_take
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.campaign_versions import KeptVersion, add_version
from merchant_app.server.db.campaigns import KeptCampaign
from merchant_app.server.services.campaign_desk.author import AT_THE_COMMAND_LINE, Author
from merchant_app.server.services.keeping_keys.issuing_keys import add_issuing_key
from merchant_app.server.services.operators.deeds import Deed, note_deed


class NotChanged(StrEnum):
    """Why a campaign stays as it is."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    NOT_OPEN = "not_open"
    ALREADY_OPEN = "already_open"
    ALREADY_PAUSED = "already_paused"
    CLOSED = "closed"
    CHANGED_MEANWHILE = "changed_meanwhile"
    NOTHING_CHANGED = "nothing_changed"


class Opening(StrEnum):
    """What came of opening a campaign."""

    OPENED = "opened"
    ALREADY_OPEN = "already_open"
    UNKNOWN = "unknown_campaign"


_STAYS = {
    CampaignState.DRAFT: NotChanged.NOT_OPEN,
    CampaignState.OPEN: NotChanged.ALREADY_OPEN,
    CampaignState.PAUSED: NotChanged.ALREADY_PAUSED,
    CampaignState.CLOSED: NotChanged.CLOSED,
}

_DEEDS = {
    LifeStep.OPEN: Deed.CAMPAIGN_OPENED,
    LifeStep.PAUSE: Deed.CAMPAIGN_PAUSED,
    LifeStep.RESUME: Deed.CAMPAIGN_RESUMED,
    LifeStep.CLOSE: Deed.CAMPAIGN_CLOSED,
}


def take_step(
    central: Central, campaign_id: int, step: LifeStep, by: Author = AT_THE_COMMAND_LINE
) -> NotChanged | None:
    """Opens, pauses, resumes or closes a campaign; or why it stays as it is."""
    with central.database.writing() as connection:
        kept = campaign_rows.campaign_of(connection, campaign_id)
        if kept is None:
            return NotChanged.UNKNOWN_CAMPAIGN
        if not may_take(step, kept.state):
            return _STAYS[kept.state]
        if step is LifeStep.OPEN:
            add_issuing_key(connection, central, campaign_id)
            _keep_first_version(connection, central, kept, by)
        campaign_rows.mark(connection, campaign_id, step, central.now())
        note_deed(connection, by.operator_id, _DEEDS[step], campaign_id, at=central.now())
    return None


def open_campaign(central: Central, campaign_id: int, by: Author = AT_THE_COMMAND_LINE) -> Opening:
    """From now on it is in the catalogue, and its coupons can be issued."""
    match take_step(central, campaign_id, LifeStep.OPEN, by):
        case None:
            return Opening.OPENED
        case NotChanged.UNKNOWN_CAMPAIGN:
            return Opening.UNKNOWN
        case _:
            return Opening.ALREADY_OPEN


def _keep_first_version(connection: Connection, central: Central, kept: KeptCampaign, by: Author) -> None:
    add_version(connection, KeptVersion(kept.campaign_id, 1, kept.document, central.now(), by.name, ""))
