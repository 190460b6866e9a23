"""What is wrong with a campaign document: the path of the field, and what was expected there."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from .campaign_shape import (
    CampaignShape,
    FixedPriceShape,
    OfferShape,
    PercentOffShape,
)

Mistake = tuple[str, str]
_UNION_STEPS = frozenset({"amount_off", "percent_off", "fixed_price", "gift", "list[constrained-int]"})


def of_shape(error: ValidationError) -> Iterator[Mistake]:
    """The mistakes pydantic found: unknown keys, wrong types, values out of bounds."""
    seen = set()
    for detail in error.errors(include_url=False, include_input=False):
        path = ".".join(str(step) for step in detail["loc"] if not _names_a_shape(step))
        expected = "no such field" if detail["type"] == "extra_forbidden" else detail["msg"]
        if (path, expected) not in seen:
            seen.add((path, expected))
            yield path or "(document)", expected


def _names_a_shape(step: str | int) -> bool:
    """A union adds the name of the branch it tried to the path; the document has no such step."""
    text = str(step)
    return text in _UNION_STEPS or text.endswith("Shape") or text.startswith(("literal[", "list[", "constrained-"))


def beyond_shape(campaign: CampaignShape) -> Iterator[Mistake]:
    """What no single field can tell: ends before starts, stock for no offer, an amount off that no budget bounds."""
    yield from _zone(campaign)
    if campaign.ends_at <= campaign.starts_at:
        yield "ends_at", "a time after starts_at"
    if campaign.hold.longest_minutes < campaign.hold.minutes:
        yield "hold.longest_minutes", "at least hold.minutes"
    for index, offer in enumerate(campaign.offers):
        yield from _offer(f"offers.{index}", offer, has_budget=campaign.budget_fen is not None)
    yield from _rounds(campaign)


def _zone(campaign: CampaignShape) -> Iterator[Mistake]:
    try:
        ZoneInfo(campaign.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield "time_zone", "the name of a time zone, for example Asia/Shanghai"


def _rounds(campaign: CampaignShape) -> Iterator[Mistake]:
    for index, issue_round in enumerate(campaign.rounds):
        path = f"rounds.{index}"
        if issue_round.closes_at <= issue_round.opens_at:
            yield f"{path}.closes_at", "a time after opens_at"
        if issue_round.coupons_end_at is not None and issue_round.coupons_end_at <= issue_round.opens_at:
            yield f"{path}.coupons_end_at", "a time after opens_at"
        for key in issue_round.stock:
            if int(key) >= len(campaign.offers) or key != str(int(key)):
                yield f"{path}.stock.{key}", f"an offer's index from 0 to {len(campaign.offers) - 1}"


def _offer(path: str, offer: OfferShape, *, has_budget: bool) -> Iterator[Mistake]:
    benefit = offer.benefit
    if has_budget and isinstance(benefit, PercentOffShape | FixedPriceShape) and benefit.cap_fen is None:
        yield f"{path}.benefit.cap_fen", "the largest amount off in fen, since the campaign has a budget"
    for index, window in enumerate(offer.weekly_windows):
        if window.from_ == window.until:
            yield f"{path}.weekly_windows.{index}.until", "a time other than from"
        if window.from_ == "24:00":
            yield f"{path}.weekly_windows.{index}.from", "a time from 00:00 to 23:59"
    if offer.only_dates and not set(offer.only_dates) - set(offer.excluded_dates):
        yield f"{path}.only_dates", "at least one date that is not excluded"
