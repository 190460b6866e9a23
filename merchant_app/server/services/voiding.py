"""Whether a void is allowed: a typo within two minutes, and what was never given, always; else as the offer says."""

from datetime import timedelta

from merchant_app.domain.campaign import VoidWithin
from merchant_app.domain.clock import bounded
from merchant_app.domain.kinds import CampaignId
from merchant_app.domain.redemption import NOT_GIVEN, Void
from merchant_app.server.db.kept import KeptRedemption
from merchant_app.server.services.book import Book

TYPO = timedelta(minutes=2)
_CLOCKS = timedelta(minutes=1)
"""A redemption confirmed by the server has the server's time, its void the till's: they may differ a little."""


def is_void_allowed(book: Book, kept: KeptRedemption, fact: Void) -> bool:
    campaign = book.campaigns.get(CampaignId(kept.campaign_id))
    after = bounded(fact.moment, book.now) - kept.redeemed_at
    if (
        after <= TYPO + _CLOCKS
        or fact.reason == NOT_GIVEN
        or campaign is None
        or kept.offer_index >= len(campaign.offers)
    ):
        return True  # where there are no terms there was no use either: it is contested anyhow
    terms = campaign.offers[kept.offer_index].void
    if isinstance(terms, VoidWithin):
        return after <= timedelta(minutes=terms.minutes) + _CLOCKS
    if terms == "never":
        return False
    day_of = [
        at.astimezone(campaign.zone).date() for at in (kept.redeemed_at, bounded(fact.moment, book.now) - _CLOCKS)
    ]
    return day_of[0] >= day_of[1]
