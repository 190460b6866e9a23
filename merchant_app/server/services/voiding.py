"""Whether a void is allowed: a typo within two minutes, and what was never given, always; else as the offer says."""

from datetime import datetime, timedelta

from merchant_app.domain.campaign import Campaign, VoidWithin
from merchant_app.domain.clock import bounded
from merchant_app.domain.kinds import CampaignId
from merchant_app.domain.redemption import NOT_GIVEN, Void
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.book import Book

TYPO = timedelta(minutes=2)
_CLOCKS = timedelta(minutes=1)
"""A redemption confirmed by the server has the server's time, its void the till's: they may differ a little."""


def is_void_allowed(book: Book, kept: KeptRedemption, fact: Void) -> bool:
    campaign, at = book.campaigns.get(CampaignId(kept.campaign_id)), bounded(fact.moment, book.now)
    if (
        at - kept.redeemed_at <= TYPO + _CLOCKS
        or fact.reason == NOT_GIVEN
        or campaign is None
        or kept.offer_index >= len(campaign.offers)
    ):
        return True  # where there are no terms there was no use either: it is contested anyhow
    known = (each for each in book.outdated_at(kept.campaign_id, at) if kept.offer_index < len(each.offers))
    return _allow(campaign, kept, at) or any(_allow(each, kept, at) for each in known)


def _allow(campaign: Campaign, kept: KeptRedemption, at: datetime) -> bool:
    """Whether this document's terms let the redemption be voided at `at`."""
    terms = campaign.offers[kept.offer_index].void
    if isinstance(terms, VoidWithin):
        return at - kept.redeemed_at <= timedelta(minutes=terms.minutes) + _CLOCKS
    if terms == "never":
        return False
    days = [each.astimezone(campaign.zone).date() for each in (kept.redeemed_at, at - _CLOCKS)]
    return days[0] >= days[1]
