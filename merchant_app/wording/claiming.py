"""What people are told who claim by a link, and the operator who makes one."""

from datetime import datetime
from zoneinfo import ZoneInfo

from merchant_app.wording.when import moment
from merchant_app.wording.words import Words


def why_not_claimed(
    words: Words, code: str, *, now: datetime, zone: ZoneInfo, possible_from: datetime | None = None
) -> str:
    """One sentence for each code with which a claim is refused."""
    if code == "not_open_yet" and possible_from is not None:
        return opens_in(words, possible_from, now, zone)
    sentences = {
        "unknown_link": _unknown_link(words),
        "link_closed": words._("This link has been closed by the organiser."),
        "campaign_not_open": words._("This campaign is not open yet."),
        "campaign_paused": words._("The organiser has paused this campaign. Look again later."),
        "campaign_closed": words._("This campaign is over."),
        "no_such_offer": words._("This offer is not handed out here."),
        "not_open_yet": words._("Not open yet."),
        "round_over": words._("This round is over."),
        "limit_reached": words._("You have as many of this offer as one person may claim."),
        "daily_limit_reached": words._("That is all for today. You can claim another tomorrow."),
        "out_of_stock": words._("All gone."),
        "over_budget": words._("All gone: the campaign's budget is spent."),
        "busy": _busy(words),
        "too_fast": words._("Too many tries. Wait a moment, then press again."),
        "no_wallet": words._("This page needs cookies: they keep your coupons together."),
    }
    return sentences[code]


def opens_in(words: Words, opens_at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """How long it is until a round opens, and when that is."""
    at, span = moment(words, opens_at, now=now, zone=zone), words.span(opens_at - now, up=True)
    return words._("Opens in {span}, {at}.", span=span, at=at)


def why_no_page(words: Words, code: str) -> str:
    """One sentence for each reason why a phone is shown nothing else."""
    sentences = {
        "unknown_link": _unknown_link(words),
        "busy": _busy(words),
        "bad_form": words._("This page is out of date. Open the link again."),
    }
    return sentences[code]


def why_not_linked(words: Words, code: str) -> str:
    """One sentence for each `NotLinked` of the server."""
    sentences = {
        "unknown_campaign": words._("There is no such campaign on this server."),
        "no_such_round": words._("The campaign has no such round."),
        "unknown_channel": words._("The campaign names no such channel."),
        "bad_channel": words._("A channel is a name of 1 to 40 characters."),
    }
    return sentences[code]


def _unknown_link(words: Words) -> str:
    return words._("There is no such link. Check that it is complete.")


def _busy(words: Words) -> str:
    return words._("Very many people are here just now. Press again in a moment; nothing is lost.")
