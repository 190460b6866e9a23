"""Reporting: the business days of this till, from the rows of its ledger."""

from datetime import date, datetime

from sqlite_utils import Database

from merchant_app.domain.business_day import OfferKey, OutletDays, ReportRow, bounds, day_report
from merchant_app.domain.kinds import Bilingual
from merchant_app.till.db import attempts, redemptions
from merchant_app.till.services.knowledge import Knowledge


def report_days(db: Database, knowledge: Knowledge, first_day: date, last_day: date, *, now: datetime) -> OutletDays:
    """The days from `first_day` to `last_day` in the outlet's zone, each redemption as it stands now."""
    start, end = bounds(first_day, last_day, knowledge.zone)
    since = redemptions.standing_since(db, start, end)
    rows = [
        ReportRow(stored.redemption, stored.standing, since.get(stored.redemption.redemption_id))
        for stored in redemptions.between(db, start, end)
    ]
    refused = attempts.between(db, start, end)
    report = day_report(rows, refused, first_day=first_day, last_day=last_day, zone=knowledge.zone)
    return OutletDays(report, _outlet_name(knowledge), _offer_titles(knowledge), now)


def _outlet_name(knowledge: Knowledge) -> Bilingual:
    outlet = knowledge.outlet
    return Bilingual("", "") if outlet is None else Bilingual(outlet.name_zh, outlet.name_en)


def _offer_titles(knowledge: Knowledge) -> dict[OfferKey, Bilingual]:
    return {
        OfferKey(campaign.campaign_id, offer.offer_index): offer.title
        for campaign in knowledge.campaigns.values()
        for offer in campaign.offers
    }
