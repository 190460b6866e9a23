"""Makes a campaign's report: what is stale is added up first, then everything is read in one consistent view."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.campaign_report import Breakdown, CampaignReport, Figures, Wanted
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.central import Central
from merchant_app.server.db import figures as figure_rows
from merchant_app.server.db.campaigns import campaign_of
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.reporting.reading import read_added

FOR_A_PAGE = 3.0
"""Seconds that somebody who looks at a page waits for what is stale; what takes longer goes on with the next look."""
_MOMENT = timedelta(microseconds=1)


class NoReport(StrEnum):
    """Why there is none."""

    UNKNOWN_CAMPAIGN = "unknown_campaign"
    WRONG_WAY_ROUND = "days_wrong_way_round"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asks for; a day that is not given is the campaign's own first or last one up to today."""

    campaign_id: CampaignId
    first_day: date | None = None
    last_day: date | None = None
    district: str | None = None
    category: str | None = None
    outlet_id: OutletId | None = None
    round_index: int | None = None
    offer_index: int | None = None
    channel: str | None = None


def make_report(
    central: Central, asked: Asked, breakdowns: Collection[Breakdown], *, within: float | None = None
) -> CampaignReport | NoReport:
    """The report with these breakdowns. `within`: wait no longer than so many seconds for what is stale."""
    left_stale = central.refreshing.refresh(central.database, within=within)
    with central.database.reading() as connection:
        kept = campaign_of(connection, asked.campaign_id)
        if kept is None:
            return NoReport.UNKNOWN_CAMPAIGN
        campaign, now = parsed(kept.document), central.now()
        wanted = _wanted(connection, asked, campaign, now)
        if wanted.last_day < wanted.first_day:
            return NoReport.WRONG_WAY_ROUND
        return CampaignReport(
            wanted=wanted,
            name=campaign.name,
            zone=campaign.zone,
            offers=tuple(offer.title for offer in campaign.offers),
            merchants=figure_rows.merchant_names(connection) if Breakdown.MERCHANT in breakdowns else {},
            added=read_added(connection, wanted, breakdowns),
            before=_before(connection, asked, wanted),
            made_at=now,
            left_stale=left_stale,
        )


def _wanted(connection: Connection, asked: Asked, campaign: Campaign, now: datetime) -> Wanted:
    """The days are those of the campaign so far, and every other on which anything was claimed or redeemed."""
    begins = min(campaign.starts_at, *(each.opens_at for each in campaign.rounds))
    first, last = (at.astimezone(campaign.zone).date() for at in (begins, min(campaign.ends_at - _MOMENT, now)))
    days = [first, max(first, last), *figure_rows.days_with_any(connection, campaign.campaign_id)]
    names = ("district", "category", "outlet_id", "round_index", "offer_index", "channel")
    narrowed = {name: getattr(asked, name) for name in names}
    return Wanted(asked.campaign_id, asked.first_day or min(days), asked.last_day or max(days), **narrowed)


def _before(connection: Connection, asked: Asked, wanted: Wanted) -> Figures | None:
    """Nothing went before the campaign as a whole."""
    if asked.first_day is None:
        return None
    return read_added(connection, wanted.before(), ()).total
