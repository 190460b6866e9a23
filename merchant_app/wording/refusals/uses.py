"""A coupon that is spent, or whose right has moved elsewhere."""

from typing import assert_never

from merchant_app.domain.judging.reasons import AlreadyRedeemed, InWallet, UsesSpent
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said
from merchant_app.wording.when import moment


def not_again(reason: AlreadyRedeemed | UsesSpent | InWallet, asking: Asking) -> Said:
    words = asking.words
    match reason:
        case AlreadyRedeemed():
            return _already_redeemed(reason, asking)
        case UsesSpent(uses=uses, redeemed_at=times):
            title = words.n_("Its only use is spent", "All {count} uses are spent", uses)
            if not times:
                return said(words, title)
            last = moment(words, max(times), now=asking.now, zone=asking.zone)
            return said(words, title, words._("Last used {when}.", when=last))
        case InWallet():
            title = words._("This paper was moved into a phone")
            return said(words, title, words._("Ask the customer to show the coupon on the phone."))
        case _:
            assert_never(reason)


def _already_redeemed(reason: AlreadyRedeemed, asking: Asking) -> Said:
    words = asking.words
    if not reason.here:
        return said(words, _used_elsewhere(reason, asking), words._("Ask whether the customer has another coupon."))
    if reason.redeemed_at is None:
        return said(words, words._("Already on this bill"))
    when = moment(words, reason.redeemed_at, now=asking.now, zone=asking.zone)
    title = words._("Used here {when}", when=when)
    if reason.cashier:
        title = words._("Used here {when} by {cashier}", when=when, cashier=reason.cashier)
    return said(words, title, words._("If nothing was given then, void that redemption first."))


def _used_elsewhere(reason: AlreadyRedeemed, asking: Asking) -> str:
    words = asking.words
    if reason.redeemed_at is None:
        return words._("Already used")
    when = moment(words, reason.redeemed_at, now=asking.now, zone=asking.zone)
    outlet = None if reason.outlet_id is None else asking.outlet_name(reason.outlet_id)
    if outlet is None:
        return words._("Used at another outlet {when}", when=when)
    return words._("Used at {outlet} {when}", outlet=outlet, when=when)
