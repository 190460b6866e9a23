"""What has to be kept in a field when an opened campaign is amended: a sentence for each `Kept` of the domain."""

from merchant_app.domain.amending import Kept
from merchant_app.wording.words import Words


def kept_when_amended(words: Words) -> dict[str, str]:
    """By what the domain calls it, as `expectation` looks it up."""
    return {
        Kept.AS_BEFORE: words._("what it was before: it stays once a campaign is open"),
        Kept.NO_LESS: words._("no less than before"),
        Kept.NO_MORE: words._("no more than before"),
        Kept.NO_EARLIER: words._("no earlier than before"),
        Kept.NO_LATER: words._("no later than before"),
        Kept.NO_SHORTER: words._("no shorter than before, and in the same unit"),
        Kept.NO_LONGER: words._("no longer than before, and in the same unit"),
        Kept.NO_LIMIT: words._("no limit where there was none before"),
        Kept.NO_BILL: words._("no bill where none was needed before"),
        Kept.NOT_STRICTER: words._("nothing stricter than before"),
        Kept.ALL_OF_THEM: words._("everything that was here before"),
        Kept.EVERY_HOUR: words._("every hour that was good before"),
        Kept.EVERY_DATE: words._("every date that was good before"),
        Kept.AS_ISSUED: words._("no less than was issued already"),
        Kept.AS_COUNTED: words._("no less than was counted for coupons already"),
        Kept.CHANNELS_IN_USE: words._("every channel of a claim link that still stands"),
    }
