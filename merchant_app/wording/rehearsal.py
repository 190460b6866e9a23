"""Cases of a rehearsal in words: what is tried out, what has to come out, and the verdict as a till says it."""

from datetime import datetime

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.judging import Accepted, NeedsBill, Refused, Verdict
from merchant_app.domain.rehearsing import Case, CaseKind
from merchant_app.wording.answers import accepted_lines, refused_lines
from merchant_app.wording.reason_names import reason_name
from merchant_app.wording.words import Words


def case_name(words: Words, kind: CaseKind) -> str:
    names = {
        CaseKind.GOOD: words._("A good coupon, a bill that is enough"),
        CaseKind.ONE_FEN_SHORT: words._("The bill is one fen short"),
        CaseKind.DAY_BEFORE: words._("A day too early"),
        CaseKind.LAST_SECOND: words._("In its last second"),
        CaseKind.TOO_LATE: words._("In the first second too late"),
        CaseKind.OUTSIDE_HOURS: words._("Outside its hours and dates"),
        CaseKind.WRONG_OUTLET: words._("At an outlet that does not take it"),
        CaseKind.ALREADY_REDEEMED: words._("Used up before"),
        CaseKind.OFFLINE_OVER_CAP: words._("Without the network, beyond its limits"),
    }
    return names[kind]


def expectation_of(words: Words, case: Case) -> str:
    """What has to come out: accepted, or refused for a reason."""
    if not case.expected:
        return words._("accepted")
    reasons = [reason_name(words, code) for code in sorted(case.expected)]
    return words._("refused: {reasons}", reasons=words._(" or ").join(reasons))


def verdict_lines(words: Words, verdict: Verdict, campaign: Campaign, now: datetime) -> list[str]:
    """As a till says it, all reasons at once."""
    match verdict:
        case Accepted(offer=offer, amount_off_fen=off, payable_fen=payable):
            return accepted_lines(words, words.of(offer.title), off, payable, None)
        case NeedsBill():
            return [words._("The amount of the bill is needed.")]
        case Refused(reasons=reasons):
            titles = dict(enumerate(words.of(offer.title) for offer in campaign.offers))
            return refused_lines(
                words, reasons, now=now, zone=campaign.zone, outlet_name=lambda _: None, offer_title=titles.get
            )
