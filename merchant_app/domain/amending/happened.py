"""What a new document may not deny: coupons that were issued, money that was counted, rounds that opened, links."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from merchant_app.domain.amending.kept import Kept, Taken
from merchant_app.domain.campaign import Campaign


@dataclass(frozen=True, slots=True)
class Happened:
    """`issued`: how many coupons by (round_index, offer_index); `channels`: those of claim links that still stand."""

    now: datetime
    issued: Mapping[tuple[int, int], int]
    channels: Collection[str] = ()


def denied_by(old: Campaign, new: Campaign, happened: Happened) -> list[Taken]:
    """Every field of the new document that does not fit what happened under the old one, by its path."""
    rules = (_stock(new, happened), _opened(old, new, happened), _budget(new, happened), _channels(new, happened))
    return [denied for rule in rules for denied in rule]


def _stock(new: Campaign, happened: Happened) -> Iterator[Taken]:
    for (round_index, offer_index), count in sorted(happened.issued.items()):
        if round_index < len(new.rounds) and dict(new.rounds[round_index].stock).get(offer_index, 0) < count:
            yield f"rounds.{round_index}.stock.{offer_index}", Kept.AS_ISSUED


def _opened(old: Campaign, new: Campaign, happened: Happened) -> Iterator[Taken]:
    """A round may be closed earlier or later, but when it opened is a fact."""
    for before, after in zip(old.rounds, new.rounds, strict=False):
        if before.opens_at <= happened.now and after.opens_at != before.opens_at:
            yield f"rounds.{before.round_index}.opens_at", Kept.AS_BEFORE


def _budget(new: Campaign, happened: Happened) -> Iterator[Taken]:
    """A benefit that is raised counts for the coupons that were issued before, too: they get it."""
    if new.budget_fen is None:
        return
    counted = sum(
        count * new.offers[offer_index].cost_of_one_fen
        for (_, offer_index), count in happened.issued.items()
        if offer_index < len(new.offers)
    )
    if counted > new.budget_fen:
        yield "budget_fen", Kept.AS_COUNTED


def _channels(new: Campaign, happened: Happened) -> Iterator[Taken]:
    """A campaign that names no channels takes each."""
    if new.channels and not set(happened.channels) <= set(new.channels):
        yield "channels", Kept.CHANNELS_IN_USE
