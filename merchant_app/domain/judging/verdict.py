"""The verdict on a coupon: one of three closed shapes, so that no impossible mix can be built."""

from dataclasses import dataclass
from datetime import datetime

from merchant_app.domain.campaign import Offer
from merchant_app.domain.judging.reasons import Reason
from merchant_app.domain.kinds import Fen

Checked = tuple[str, datetime | int | str | None]
"""A rule that was asked and held, with the value it was held against; None: the campaign sets no such limit."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Every rule holds. `payable_fen` is None where no bill was given."""

    offer: Offer
    amount_off_fen: Fen
    payable_fen: Fen | None
    checked: tuple[Checked, ...] = ()
    catalogue_version: int = 0


@dataclass(frozen=True, slots=True)
class NeedsBill:
    """Every rule that needs no bill holds; the amount of the bill is wanted."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class Refused:
    """At least one rule failed; every one that did is here, in the order of `REASON_ORDER`."""

    reasons: tuple[Reason, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(reason.code for reason in self.reasons)


Verdict = Accepted | NeedsBill | Refused
