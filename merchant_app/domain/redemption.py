"""What happened at a till: facts that are written once, never edited, and pushed to the server.

Every fact concerns one redemption or one coupon. The id of a redemption is made before anything else happens, and
intent, redemption, reversal and void all carry it.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from merchant_app.domain.coupon_code import Form
from merchant_app.domain.judging.scene import Network
from merchant_app.domain.kinds import CampaignId, CouponId, Fen, OutletId, RedemptionId, Serial, TillId


class FactKind(StrEnum):
    """What a row of the ledger says."""

    INTENT = "intent"
    REDEMPTION = "redemption"
    REVERSAL = "reversal"
    VOID = "void"
    REFUSED_ATTEMPT = "refused_attempt"
    OVERRIDE = "override"
    WITHDRAWAL_ACK = "withdrawal_ack"


class Standing(StrEnum):
    """Where a redemption stands between the till and the server.

    provisional -> confirmed   the server stored it, within the coupon's uses and its own judgement
    provisional -> contested   the server stored it, but the uses were spent before, or it judges otherwise
    contested   -> confirmed   a row that was before it is voided
    contested   -> resolved    the dispute is resolved
    any but resolved -> voided a void by its rules
    """

    PROVISIONAL = "provisional"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"
    VOIDED = "voided"
    RESOLVED = "resolved"


class TimeFrom(StrEnum):
    """Where a fact's time came from: the wall clock, or the signed floor because the wall clock could not be right."""

    WALL = "wall"
    FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as this till could best know; `floor` is the latest signed time it had seen."""

    at: datetime
    time_from: TimeFrom
    floor: datetime | None


@dataclass(frozen=True, slots=True)
class Bill:
    """What the customer buys. `bill_number` is the cash register's, typed or scanned; `bill_fen` None: not given."""

    bill_id: str
    bill_fen: Fen | None = None
    bill_number: str | None = None


@dataclass(frozen=True, slots=True)
class Redemption:
    """A use of a coupon, spent at this till. `code` is the signed digits (None where its number was typed)."""

    redemption_id: RedemptionId
    till_id: TillId
    outlet_id: OutletId
    cashier: str
    campaign_id: CampaignId
    serial: Serial
    round_index: int
    offer_index: int
    holder_tag: int | None
    code: str | None
    coupon_number: str | None
    bill: Bill
    amount_off_fen: Fen
    payable_fen: Fen | None
    checked: tuple[tuple[str, str | int | None], ...]
    network: Network
    catalogue_version: int
    moment: Moment
    override_id: str | None = None

    @property
    def coupon_id(self) -> CouponId:
        return CouponId(self.campaign_id, self.serial)


@dataclass(frozen=True, slots=True)
class Intent:
    """A redemption that the server is being asked for. It says nothing yet of the answer."""

    redemption_id: RedemptionId
    cashier: str
    code: str | None
    coupon_number: str | None
    bill: Bill
    moment: Moment


@dataclass(frozen=True, slots=True)
class Reversal:
    """A redemption asked for that did not take place here: a yes that comes late is taken back."""

    redemption_id: RedemptionId
    why: str
    moment: Moment


NOT_GIVEN = "not given"
"""The reason of a void by which a cashier answers, after a crash, that the coupon's benefit was never given."""


@dataclass(frozen=True, slots=True)
class Void:
    """Staff take a redemption back. `manager` is None for the cashier's own two minutes."""

    redemption_id: RedemptionId
    cashier: str
    manager: str | None
    reason: str
    moment: Moment


@dataclass(frozen=True, slots=True)
class RefusedAttempt:
    """A coupon that was shown and refused. What was no coupon at all is counted by its reason, its text not kept."""

    attempt_id: str
    cashier: str
    campaign_id: CampaignId | None
    serial: Serial | None
    code: str | None
    reasons: tuple[str, ...]
    bill: Bill
    moment: Moment


@dataclass(frozen=True, slots=True)
class Override:
    """A manager's leave to pass limits that the campaign lets a manager pass."""

    override_id: str
    redemption_id: RedemptionId
    manager: str
    reason: str
    passed: tuple[str, ...]
    moment: Moment


@dataclass(frozen=True, slots=True)
class WithdrawalAck:
    """From here on this till refuses the code: this form of the coupon, for holds every one made up to `held_until`."""

    withdrawal_id: str
    campaign_id: CampaignId
    serial: Serial
    form: Form
    held_until: datetime | None
    moment: Moment


Fact = Redemption | Intent | Reversal | Void | RefusedAttempt | Override | WithdrawalAck

"""A row of the ledger. Its fact_id is the redemption's id for intent, redemption, reversal and void; else its own."""

KIND_OF: dict[type[Fact], FactKind] = {
    Redemption: FactKind.REDEMPTION,
    Intent: FactKind.INTENT,
    Reversal: FactKind.REVERSAL,
    Void: FactKind.VOID,
    RefusedAttempt: FactKind.REFUSED_ATTEMPT,
    Override: FactKind.OVERRIDE,
    WithdrawalAck: FactKind.WITHDRAWAL_ACK,
}
