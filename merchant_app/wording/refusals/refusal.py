"""`refusal`: any reason to what is said of it; each family of reasons has a file of its own."""

from collections.abc import Callable
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

from merchant_app.domain.judging import reasons as why
from merchant_app.domain.kinds import OutletId
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.refusals.bills import not_on_this_bill
from merchant_app.wording.refusals.genuine import not_genuine
from merchant_app.wording.refusals.hours import not_at_this_hour
from merchant_app.wording.refusals.lifetime import not_in_its_lifetime
from merchant_app.wording.refusals.offline import not_without_the_server
from merchant_app.wording.refusals.places import not_here
from merchant_app.wording.refusals.uses import not_again
from merchant_app.wording.said import Said
from merchant_app.wording.words import Words


def refusal(
    words: Words,
    reason: why.Reason,
    *,
    now: datetime,
    zone: ZoneInfo,
    outlet_name: Callable[[OutletId], str | None] = lambda _: None,
    outlet_distance: Callable[[OutletId], int | None] = lambda _: None,
    offer_title: Callable[[int], str | None] = lambda _: None,
) -> Said:
    """The reason in one line, and what puts it right.

    `now` is the time that was judged by; `zone` is the campaign's, or the outlet's where no campaign is known.
    `outlet_distance` is in metres from here. Each gives None for what this till has no name for.
    """
    return _said(reason, Asking(words, now, zone, outlet_name, outlet_distance, offer_title))


def _said(reason: why.Reason, asking: Asking) -> Said:
    match reason:
        case why.NotACoupon() | why.Malformed() | why.Forged() | why.UnknownCampaign():
            return not_genuine(reason, asking)
        case why.KeyRevoked() | why.Revoked() | why.NotStarted() | why.TooSoon() | why.Expired() | why.CampaignEnded():
            return not_in_its_lifetime(reason, asking)
        case why.OutsideHours() | why.ExcludedDate() | why.DailyLimit() | why.HoldExpired():
            return not_at_this_hour(reason, asking)
        case why.WrongOutlet() | why.WrongCategory() | why.WrongDistrict() | why.HeldElsewhereReason():
            return not_here(reason, asking)
        case why.AlreadyRedeemed() | why.UsesSpent() | why.InWallet():
            return not_again(reason, asking)
        case why.BelowMinSpend() | why.CannotCombine():
            return not_on_this_bill(reason, asking)
        case why.OfflineNotAllowed() | why.OfflineCap() | why.CatalogueTooOld() | why.ClockWrong():
            return not_without_the_server(reason, asking)
        case _:
            assert_never(reason)
