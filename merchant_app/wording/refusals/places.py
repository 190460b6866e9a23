"""Good, but not at this outlet."""

from typing import assert_never

from merchant_app.domain.judging.reasons import HeldElsewhereReason, WrongCategory, WrongDistrict, WrongOutlet
from merchant_app.domain.kinds import OutletId
from merchant_app.wording.categories import category_name
from merchant_app.wording.refusals.asking import Asking
from merchant_app.wording.said import Said, said
from merchant_app.wording.when import moment

_NAMED = 3
"""Outlets that are named: as many as a customer can choose from while standing at the counter."""


def not_here(reason: WrongOutlet | WrongCategory | WrongDistrict | HeldElsewhereReason, asking: Asking) -> Said:
    match reason:
        case WrongOutlet():
            return _wrong_outlet(reason.outlets, asking)
        case WrongCategory(categories=categories):
            return _wrong_kind(asking, _names(categories, asking))
        case WrongDistrict(districts=districts):
            return _wrong_district(asking, _names(districts, asking))
        case HeldElsewhereReason():
            return _held_elsewhere(reason, asking)
        case _:
            assert_never(reason)


def _wrong_outlet(outlets: tuple[OutletId, ...], asking: Asking) -> Said:
    words = asking.words
    known = [outlet for outlet in outlets if asking.outlet_name(outlet) is not None][:_NAMED]
    if not known:
        return said(
            words, words._("Not valid at this outlet"), words._("The coupon's own page names the outlets that take it.")
        )
    title = _valid_at(known[0], asking)
    if len(known) == 1:
        return said(words, title, words._("It cannot be used here."))
    others = words._("; ").join(_name_and_way(outlet, asking) for outlet in known[1:])
    return said(words, title, words._("Not here; also at {outlets}.", outlets=others))


def _wrong_kind(asking: Asking, names: str) -> Said:
    words = asking.words
    title = words._("Not valid at outlets of this kind")
    return said(words, title, words._("It is for: {kinds}.", kinds=names) if names else "")


def _wrong_district(asking: Asking, names: str) -> Said:
    words = asking.words
    title = words._("Not valid in this district")
    return said(words, title, words._("It is for: {kinds}.", kinds=names) if names else "")


def _held_elsewhere(reason: HeldElsewhereReason, asking: Asking) -> Said:
    words, title = asking.words, asking.words._("Being used at another outlet")
    if reason.until is None:
        return said(words, title, words._("It comes free when that outlet's tills have reported."))
    until = moment(words, reason.until, now=asking.now, zone=asking.zone)
    return said(words, title, words._("It comes free {when} if it is not used there.", when=until))


def _names(keys: tuple[str, ...], asking: Asking) -> str:
    return asking.words.list([category_name(asking.words, key) or key for key in keys])


def _valid_at(outlet: OutletId, asking: Asking) -> str:
    words, name, metres = asking.words, asking.outlet_name(outlet), asking.outlet_distance(outlet)
    if metres is None:
        return words._("Valid at {outlet}", outlet=name)
    return words._("Valid at {outlet}, {distance}", outlet=name, distance=words.distance(metres))


def _name_and_way(outlet: OutletId, asking: Asking) -> str:
    words, name, metres = asking.words, asking.outlet_name(outlet), asking.outlet_distance(outlet)
    if metres is None:
        return str(name)
    return words._("{outlet}, {distance}", outlet=name, distance=words.distance(metres))
