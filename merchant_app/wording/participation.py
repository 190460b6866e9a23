"""Why an outlet was not opted in to a campaign, or not out of it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from merchant_app.wording.when import end
from merchant_app.wording.words import Words


def why_left(words: Words, code: str, *, until: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """One sentence for each `NotOpted` of the server. `until`: when the last paper ends that names the outlet."""
    last = "" if until is None else end(words, until, now=now, zone=zone)
    sentences = {
        "unknown_outlet": words._("There is no such outlet on this server."),
        "closed": words._("This outlet has closed."),
        "out_of_scope": words._("This outlet is not in the campaign's scope."),
        "paper_is_good": words._("Coupons on paper name this outlet; the last of them ends {when}.", when=last),
    }
    return sentences[code]
