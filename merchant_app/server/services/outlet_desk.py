"""The operator's work on outlets: finding them, one with all that belongs to it, closing and opening it again."""

from dataclasses import dataclass
from datetime import datetime

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import CampaignId, OperatorId, OutletId
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db import outlet_search
from merchant_app.server.db import participants as participant_rows
from merchant_app.server.db import tills as till_rows
from merchant_app.server.db.merchants import Merchant, all_merchants
from merchant_app.server.db.outlet_search import Listed, Wanted
from merchant_app.server.db.outlets import is_open, mark_closed, staff_of
from merchant_app.server.db.tills import EnrolledTill
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.operators.deeds import Deed, note_deed
from merchant_app.wire.catalogue import StaffMember


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for among the outlets; None or empty: any."""

    words: str = ""
    district: str = ""
    category: str = ""
    merchant_id: int | None = None
    campaign_id: int | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen from when looking for outlets."""

    districts: list[str]
    merchants: list[Merchant]
    campaigns: list[Campaign]

    @property
    def districts_named(self) -> list[tuple[str, str]]:
        """(value, label) of each."""
        return [(each, each) for each in self.districts]


@dataclass(frozen=True, slots=True)
class PartIn:
    """What an outlet has to do with a campaign. `opted_out_at`: when it left."""

    campaign: Campaign
    in_scope: bool
    by_opt_in: bool
    takes_part: bool
    opted_out_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutletStory:
    """One outlet and what belongs to it."""

    listed: Listed
    tills: list[EnrolledTill]
    staff: list[StaffMember]
    parts: list[PartIn]


def find(central: Central, sought: Sought, offset: int, limit: int) -> tuple[int, list[Listed]]:
    """How many there are, and a page of them."""
    with central.database.reading() as connection:
        kept = None if sought.campaign_id is None else campaign_rows.campaign_of(connection, sought.campaign_id)
        wanted = Wanted(
            words=sought.words,
            district=sought.district,
            category=sought.category,
            merchant_id=sought.merchant_id,
            campaign=None if kept is None else parsed(kept.document),
            by_opt_in=sought.campaign_id in participant_rows.states(connection),
            closed=sought.closed,
        )
        return outlet_search.count(connection, wanted), outlet_search.page(connection, wanted, offset, limit)


def choices(central: Central) -> Choices:
    with central.database.reading() as connection:
        campaigns = [parsed(kept.document) for kept in campaign_rows.all_campaigns(connection)]
        return Choices(outlet_search.districts(connection), all_merchants(connection), campaigns)


def story_of(central: Central, outlet_id: OutletId) -> OutletStory | None:
    """None: there is no such outlet."""
    with central.database.reading() as connection:
        listed = outlet_search.listed(connection, outlet_id)
        if listed is None:
            return None
        states, own = participant_rows.states(connection), participant_rows.campaigns_of(connection, outlet_id)
        campaigns = [parsed(kept.document) for kept in campaign_rows.all_campaigns(connection)]
        parts = [_part(each, listed, by_opt_in=each.campaign_id in states, own=own) for each in campaigns]
        tills = till_rows.tills_at(connection, outlet_id)
        return OutletStory(listed, tills, staff_of(connection, outlet_id), parts)


def close(central: Central, outlet_id: OutletId, *, by: OperatorId | None = None) -> bool:
    """Nobody is told of it any more; its tills go on until they are revoked. False: it is not open."""
    with central.database.writing() as connection:
        if not is_open(connection, outlet_id):
            return False
        mark_closed(connection, outlet_id, central.now())
        note_deed(connection, by, Deed.OUTLET_CHANGED, outlet_id, at=central.now(), closed=True)
    return True


def reopen(central: Central, outlet_id: OutletId, *, by: OperatorId | None = None) -> bool:
    """False: there is no such outlet."""
    with central.database.writing() as connection:
        if outlet_search.listed(connection, outlet_id) is None:
            return False
        mark_closed(connection, outlet_id, None)
        note_deed(connection, by, Deed.OUTLET_CHANGED, outlet_id, at=central.now(), closed=False)
    return True


def _part(campaign: Campaign, listed: Listed, *, by_opt_in: bool, own: dict[int, datetime | None]) -> PartIn:
    here, campaign_id = listed.part, CampaignId(campaign.campaign_id)
    in_scope = campaign.takes(OutletId(here.outlet_id), here.district, here.category)
    is_in = campaign_id in own and own[campaign_id] is None
    return PartIn(campaign, in_scope, by_opt_in, in_scope and (is_in or not by_opt_in), own.get(campaign_id))
