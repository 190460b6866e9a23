"""Where: the outlet, its category and its district; and who withdrew the coupon, if anybody did."""

from merchant_app.domain.judging.ask import Ask
from merchant_app.domain.judging.reasons import (
    HeldElsewhereReason,
    InWallet,
    KeyRevoked,
    Revoked,
    WrongCategory,
    WrongDistrict,
    WrongOutlet,
)
from merchant_app.domain.kinds import ANY_OUTLET, OutletId


def key_revoked(ask: Ask) -> KeyRevoked | None:
    since = ask.scene.key_revoked_at
    return None if since is None else KeyRevoked(since)


def revoked(ask: Ask) -> Revoked | None:
    since = ask.scene.revoked_at
    return None if since is None else Revoked(since)


def wrong_outlet(ask: Ask) -> WrongOutlet | None:
    here, named = ask.scene.outlet.outlet_id, ask.code.outlet_id
    if named in (ANY_OUTLET, here) and ask.campaign.takes_outlet(here):
        return None
    return WrongOutlet(_outlets_that_take_it(ask))


def wrong_category(ask: Ask) -> WrongCategory | None:
    if ask.campaign.takes_category(ask.scene.outlet.category):
        return None
    return WrongCategory(tuple(sorted(ask.campaign.categories or ())))


def wrong_district(ask: Ask) -> WrongDistrict | None:
    if ask.campaign.takes_district(ask.scene.outlet.district):
        return None
    return WrongDistrict(tuple(sorted(ask.campaign.districts or ())))


def held_elsewhere(ask: Ask) -> HeldElsewhereReason | None:
    held = ask.scene.held_elsewhere
    return None if held is None else HeldElsewhereReason(held.until)


def in_wallet(ask: Ask) -> InWallet | None:
    withdrawn = ask.scene.withdrawn
    return InWallet() if withdrawn is not None and withdrawn.into_wallet else None


def _outlets_that_take_it(ask: Ask) -> tuple[OutletId, ...]:
    named = ask.code.outlet_id
    if named not in (ANY_OUTLET, ask.scene.outlet.outlet_id):
        return (named,)
    nearest = sorted(ask.scene.neighbours, key=lambda neighbour: neighbour.distance_m)
    return tuple(
        neighbour.outlet_id
        for neighbour in nearest
        if ask.campaign.takes(neighbour.outlet_id, neighbour.district, neighbour.category)
    )
