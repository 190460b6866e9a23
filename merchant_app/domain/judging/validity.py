"""From when, until when: the life of a coupon, in the campaign's own calendar. Every interval is half-open."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import Campaign, IssueRound, Offer, Validity
from merchant_app.domain.judging.ask import Ask
from merchant_app.domain.judging.reasons import CampaignEnded, Expired, HoldExpired, Limit, NotStarted, TooSoon


def not_started(ask: Ask) -> NotStarted | None:
    starts_at = ask.campaign.starts_at
    return NotStarted(starts_at) if ask.scene.now < starts_at else None


def too_soon(ask: Ask) -> TooSoon | None:
    usable = usable_from(ask.code.issued_at, ask.campaign, ask.offer)
    return TooSoon(usable) if ask.scene.now < usable else None


def expired(ask: Ask) -> Expired | None:
    end = coupon_end(ask.code.issued_at, ask.campaign, ask.offer, ask.issue_round)
    if end is None or ask.scene.now < end[0]:
        return None
    return Expired(*end)


def campaign_ended(ask: Ask) -> CampaignEnded | None:
    ends_at = ask.campaign.ends_at
    return CampaignEnded(ends_at) if ask.scene.now >= ends_at else None


def hold_expired(ask: Ask) -> HoldExpired | None:
    """A hold that ran out; and one that its holder gave back, which for the cashier is the same."""
    hold, withdrawn = ask.code.hold, ask.scene.withdrawn
    if hold is None:
        return None
    given_back = withdrawn is not None and not withdrawn.into_wallet
    if ask.scene.now < hold.ends_at and not given_back:
        return None
    return HoldExpired(min(hold.ends_at, ask.scene.now))


def usable_from(issued_at: datetime, campaign: Campaign, offer: Offer) -> datetime:
    """The first instant at which the coupon's own terms let it be used; never before it was issued."""
    after = offer.usable_after
    if after is None:
        return issued_at
    if after.hours is not None:
        return issued_at + timedelta(hours=after.hours)
    return max(issued_at, _midnight_after(issued_at, after.days or 0, campaign.zone))


def coupon_end(
    issued_at: datetime, campaign: Campaign, offer: Offer, issue_round: IssueRound
) -> tuple[datetime, Limit] | None:
    """The first instant too late by validity or round, and which of them; None where neither sets an end."""
    validity = None if offer.valid_for is None else _validity_end(issued_at, offer.valid_for, campaign.zone)
    round_end = issue_round.coupons_end_at
    if round_end is not None and (validity is None or round_end < validity):
        return round_end, Limit.ROUND
    return None if validity is None else (validity, Limit.VALIDITY)


def last_instant(issued_at: datetime, campaign: Campaign, offer: Offer, issue_round: IssueRound) -> datetime:
    """The first instant too late by any limit: validity, round or campaign."""
    end = coupon_end(issued_at, campaign, offer, issue_round)
    return campaign.ends_at if end is None else min(end[0], campaign.ends_at)


@lru_cache(maxsize=1024)
def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The instant that opens `day`, aware UTC; where the clocks skip it, the first instant after."""
    return wall_instant(datetime.combine(day, time(0)), zone)


def wall_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The first instant, aware UTC, at which the clock on the wall of `zone` shows `wall` or more.

    That is the earlier of two where clocks go back, and the instant of the jump where they skip it.
    """
    late = wall.replace(tzinfo=zone).astimezone(UTC)
    if late.astimezone(zone).replace(tzinfo=None) == wall:
        return late
    early = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while late - early > timedelta(seconds=1):
        between = early + timedelta(seconds=(late - early) // timedelta(seconds=2))
        if between.astimezone(zone).replace(tzinfo=None) >= wall:
            late = between
        else:
            early = between
    return late


def _validity_end(issued_at: datetime, valid_for: Validity, zone: ZoneInfo) -> datetime:
    if valid_for.hours is not None:
        return issued_at + timedelta(hours=valid_for.hours)
    return _midnight_after(issued_at, valid_for.days or 0, zone)


def _midnight_after(issued_at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The midnight that opens the day `days` after the day of issue."""
    return midnight(issued_at.astimezone(zone).date() + timedelta(days=days), zone)
