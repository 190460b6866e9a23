"""Whether a claim is given: one rule after another, by what was read in the transaction that gives it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.campaign_life import CampaignState
from merchant_app.domain.judging.validity import last_instant, midnight
from merchant_app.server.db.campaigns import KeptCampaign
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.db.claims import Taken
from merchant_app.server.services.campaigns import is_issuing
from merchant_app.server.services.claiming.asking import NotClaimed, NotClaimedWhy
from merchant_app.server.services.numbering import to_the_second
from merchant_app.server.services.stock import Stock

_STOPPED = {
    CampaignState.DRAFT: NotClaimedWhy.CAMPAIGN_NOT_OPEN,
    CampaignState.PAUSED: NotClaimedWhy.CAMPAIGN_PAUSED,
    CampaignState.CLOSED: NotClaimedWhy.CAMPAIGN_CLOSED,
}


@dataclass(frozen=True, slots=True)
class Sight:
    """What a claim is decided by. `taken`: what this wallet has of the offer already."""

    link: KeptLink
    kept: KeptCampaign
    stock: Stock
    taken: Taken
    offer_index: int
    now: datetime

    @property
    def campaign(self) -> Campaign:
        return self.stock.campaign


def why_not(sight: Sight) -> NotClaimed | None:
    """The first rule that refuses the claim; None: it is given, and counted in the stock and for the wallet."""
    refused = closed(sight.link, sight.kept) or _not_in_the_round(sight) or _not_now(sight) or _beyond_limits(sight)
    if refused is not None:
        return refused
    beyond = sight.stock.take(sight.link.round_index, sight.offer_index)
    if beyond is not None:
        return NotClaimed(NotClaimedWhy(beyond.value))
    sight.taken.ever += 1
    sight.taken.today += 1
    return None


def closed(link: KeptLink, kept: KeptCampaign) -> NotClaimed | None:
    """Whether an operator has stopped it."""
    if link.closed_at is not None:
        return NotClaimed(NotClaimedWhy.LINK_CLOSED)
    return None if is_issuing(kept) else NotClaimed(_STOPPED[kept.state])


def next_day(campaign: Campaign, now: datetime) -> datetime:
    """The midnight that ends today in the campaign's zone."""
    return midnight(now.astimezone(campaign.zone).date() + timedelta(days=1), campaign.zone)


def _not_in_the_round(sight: Sight) -> NotClaimed | None:
    rounds, offer_index = sight.campaign.rounds, sight.offer_index
    in_round = (
        sight.link.round_index < len(rounds) and dict(rounds[sight.link.round_index].stock).get(offer_index, 0) > 0
    )
    return None if in_round else NotClaimed(NotClaimedWhy.NO_SUCH_OFFER)


def _not_now(sight: Sight) -> NotClaimed | None:
    """The round's hours; and a coupon that would have ended when it is issued is of no use to anybody."""
    issue_round, offer = sight.campaign.rounds[sight.link.round_index], sight.campaign.offers[sight.offer_index]
    if sight.now < issue_round.opens_at:
        return NotClaimed(NotClaimedWhy.NOT_OPEN_YET, issue_round.opens_at)
    ends_at = last_instant(to_the_second(sight.now), sight.campaign, offer, issue_round)
    if sight.now >= min(issue_round.closes_at, ends_at):
        return NotClaimed(NotClaimedWhy.ROUND_OVER)
    return None


def _beyond_limits(sight: Sight) -> NotClaimed | None:
    """How many of an offer one wallet may claim, ever and on one day of the campaign's zone."""
    limits = sight.campaign.offers[sight.offer_index].per_holder
    if limits.claims is not None and sight.taken.ever >= limits.claims:
        return NotClaimed(NotClaimedWhy.LIMIT_REACHED)
    if limits.claims_per_day is not None and sight.taken.today >= limits.claims_per_day:
        return NotClaimed(NotClaimedWhy.DAILY_LIMIT_REACHED, next_day(sight.campaign, sight.now))
    return None
