"""What is wrong with a campaign document: the path of the field, and what was expected there."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from merchant_app.wire.campaign_shape import CampaignShape, FixedPriceShape, OfferShape, PercentOffShape

Mistake = tuple[str, str]
_BRANCHES = frozenset({"amount_off", "percent_off", "fixed_price", "gift", "terms", "word"})
"""A union adds the name of the branch it took to the path; the document has no such step."""

_EXPECTED = {
    "missing": "this field, which is missing",
    "extra_forbidden": "no such field",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "string_type": "text",
    "string_too_short": "text",
    "list_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "{le} or less",
    "less_than": "less than {lt}",
    "too_short": "at least {min_length} of them",
    "too_long": "at most {max_length} of them",
    "literal_error": "one of {expected}",
    "union_tag_invalid": "one of {expected_tags}",
    "union_tag_not_found": "this field, which is missing",
    "timezone_aware": "a time with its zone, for example 2022-06-28T10:00:00+08:00",
    "string_pattern_mismatch": "an offer's index",
}


def of_shape(error: ValidationError) -> Iterator[Mistake]:
    """The mistakes pydantic found: unknown keys, wrong types, values out of bounds."""
    for detail in error.errors(include_url=False, include_input=False):
        kind = detail["type"]
        steps = [str(step) for step in detail["loc"] if step not in _BRANCHES and step != "[key]"]
        if kind.startswith("union_tag"):
            steps.append("kind")
        expected = _EXPECTED.get(kind)
        yield (
            ".".join(steps) or "(document)",
            detail["msg"] if expected is None else expected.format(**detail.get("ctx", {})),
        )


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
    for name, span in (("valid_for", offer.valid_for), ("usable_after", offer.usable_after)):
        if span is not None and (span.days is None) is (span.hours is None):
            yield f"{path}.{name}", "either days or hours"
    yield from _windows(path, offer)
    benefit = offer.benefit
    if has_budget and isinstance(benefit, PercentOffShape | FixedPriceShape) and benefit.cap_fen is None:
        yield f"{path}.benefit.cap_fen", "the largest amount off in fen, since the campaign has a budget"
    if offer.only_dates and not set(offer.only_dates) - set(offer.excluded_dates):
        yield f"{path}.only_dates", "at least one date that is not excluded"


def _windows(path: str, offer: OfferShape) -> Iterator[Mistake]:
    for index, window in enumerate(offer.weekly_windows):
        if window.from_ == window.until:
            yield f"{path}.weekly_windows.{index}.until", "a time other than from"
        if window.from_ == "24:00":
            yield f"{path}.weekly_windows.{index}.from", "a time from 00:00 to 23:59"
