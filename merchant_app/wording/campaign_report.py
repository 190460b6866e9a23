"""What the parts of a campaign's report are called: its breakdowns, and the lines of each."""

from datetime import date

from merchant_app.domain.campaign_report import Breakdown, CampaignReport, LineKey
from merchant_app.wording.categories import category_name
from merchant_app.wording.words import Words


def breakdown_title(words: Words, by: Breakdown) -> str:
    """The title over the lines: "By district"."""
    return {
        Breakdown.DAY: words._("By day"),
        Breakdown.ROUND: words._("By round"),
        Breakdown.OFFER: words._("By offer"),
        Breakdown.CHANNEL: words._("By channel"),
        Breakdown.DISTRICT: words._("By district"),
        Breakdown.CATEGORY: words._("By category"),
        Breakdown.SUB_CATEGORY: words._("By sub-category"),
        Breakdown.MERCHANT: words._("By merchant"),
        Breakdown.OUTLET: words._("By outlet"),
    }[by]


def key_title(words: Words, by: Breakdown) -> str:
    """The title of the column in which the lines' names stand."""
    return {
        Breakdown.DAY: words._("Day"),
        Breakdown.ROUND: words._("Round"),
        Breakdown.OFFER: words._("Offer"),
        Breakdown.CHANNEL: words._("Channel"),
        Breakdown.DISTRICT: words._("District"),
        Breakdown.CATEGORY: words._("Category"),
        Breakdown.SUB_CATEGORY: words._("Sub-category"),
        Breakdown.MERCHANT: words._("Merchant"),
        Breakdown.OUTLET: words._("Outlet"),
    }[by]


def line_name(words: Words, report: CampaignReport, by: Breakdown, key: LineKey) -> str:
    """What one line is about."""
    if key is None:
        return _without(words, by)
    if isinstance(key, date):
        return key.isoformat()
    if isinstance(key, str):
        is_category = by in (Breakdown.CATEGORY, Breakdown.SUB_CATEGORY)
        return (category_name(words, key) if is_category else channel_name(words, key, by)) or key
    if by is Breakdown.ROUND:
        return round_name(words, key)
    named = report.name_of(by, key)
    return str(key) if named is None else words.of(named)


def _without(words: Words, by: Breakdown) -> str:
    """The line of what has no key."""
    if by is Breakdown.CHANNEL:
        return words._("Channel not known")
    return words._("Merchant not known") if by is Breakdown.MERCHANT else words._("At no one outlet")


def round_name(words: Words, round_index: int) -> str:
    """Rounds are counted from one when they are spoken of."""
    return words._("Round {number}", number=words.number(round_index + 1))


def channel_name(words: Words, channel: str, by: Breakdown = Breakdown.CHANNEL) -> str | None:
    """The channels that every campaign may have by their name; a creator's name or a hashtag speaks for itself."""
    if by is not Breakdown.CHANNEL:
        return None
    known = {
        "short_video": words._("Short video"),
        "live_stream": words._("Live stream"),
        "outlet": words.p_("channel", "Outlet"),
    }
    return known.get(channel)


def why_no_report(words: Words, code: str) -> str:
    """One sentence for each `NoReport` of the server."""
    sentences = {
        "unknown_campaign": words._("There is no such campaign on this server."),
        "days_wrong_way_round": words._("The last day is before the first."),
    }
    return sentences[code]
