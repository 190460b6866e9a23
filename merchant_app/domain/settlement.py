"""Settlement: what a campaign owes an outlet, as a ledger of differences.

Each line is what is owed for one redemption now, less what all lines before it gave for it. So the lines of an outlet
always add up to what is owed, and one that was closed never changes: what happens later is a line of the next period.
"""

from dataclasses import dataclass
from enum import StrEnum

from merchant_app.domain.disputes import Payer
from merchant_app.domain.kinds import NO_MONEY, Fen
from merchant_app.domain.redemption import Standing

WARN_PERCENT = 80
"""From this share of a reserve on, the operator is warned."""


class Why(StrEnum):
    """Why a line is there."""

    REDEEMED = "redeemed"
    """A redemption of this period."""
    LATE = "late"
    """A redemption of an earlier period, which the server had only after that one was closed."""
    CONFIRMED = "confirmed"
    """It had been contested; the redemption before it was voided."""
    CAMPAIGN_PAYS = "campaign_pays"
    """Its dispute was resolved: the campaign pays."""
    OUTLET_PAYS = "outlet_pays"
    """Its dispute was resolved: the outlet pays, and what was settled is taken back."""
    VOIDED = "voided"
    """It was voided after it had been settled."""


class ReserveLevel(StrEnum):
    """How a reserve stands against what may be drawn from it."""

    UNSTATED = "unstated"
    GOOD = "good"
    LOW = "low"
    OVERDRAWN = "overdrawn"


def owed_fen(standing: Standing, payer: Payer | None, amount_off_fen: Fen) -> Fen:
    """What the campaign owes for a redemption: all that was taken off, or nothing."""
    if standing is Standing.CONFIRMED or (standing is Standing.RESOLVED and payer is Payer.CAMPAIGN):
        return amount_off_fen
    return NO_MONEY


@dataclass(frozen=True, slots=True)
class Reserve:
    """`stated_fen` None: the operator has stated none. `proposed_fen` is of open disputes, `drawn_fen` of resolved."""

    stated_fen: Fen | None
    proposed_fen: Fen
    drawn_fen: Fen

    @property
    def used_fen(self) -> Fen:
        return Fen(self.proposed_fen + self.drawn_fen)

    @property
    def percent(self) -> int | None:
        """Whole percent of the reserve, rounded down; None where there is nothing to compare with."""
        return None if not self.stated_fen else self.used_fen * 100 // self.stated_fen

    @property
    def level(self) -> ReserveLevel:
        if self.stated_fen is None:
            return ReserveLevel.UNSTATED
        if self.used_fen > self.stated_fen:
            return ReserveLevel.OVERDRAWN
        reached = self.used_fen > 0 and self.used_fen * 100 >= self.stated_fen * WARN_PERCENT
        return ReserveLevel.LOW if reached else ReserveLevel.GOOD
