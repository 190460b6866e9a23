"""Redeeming beside the screen: a coupon in, an answer out, on a worker of its own that no sync ever holds up."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from merchant_app.domain.kinds import RedemptionId
from merchant_app.domain.redemption import Bill
from merchant_app.till.services.answers import Answer, Unfinished
from merchant_app.till.services.recovering import Recovering
from merchant_app.till.services.redeeming import Redeeming
from merchant_app.till.services.voiding import Voiding, VoidOutcome
from merchant_app.till.workers.errands import Errands, Failed, Outcome

TYPED_WRONG = "typed wrong"
"""The reason that a cashier's own undo is stored with."""


class RedeemingWorker(QObject):
    """Signals come on this object's thread, in the order of the calls."""

    answered = Signal(object)
    """An Answer to `present`."""
    looked = Signal(str, object)
    """What `look` found: the text and its Answer; nothing was redeemed."""
    undone = Signal(object)
    """A VoidOutcome."""
    unfinished_found = Signal(list)
    """What the cashier is to be asked about: list of Unfinished, never empty."""
    changed = Signal()
    """Something was written down."""
    failed = Signal(object)
    """The Exception that kept a call from being done."""

    def __init__(self, errands: Errands, redeeming: Redeeming, voiding: Voiding, recovering: Recovering) -> None:
        super().__init__()
        self._errands = errands
        self._redeeming, self._voiding, self._recovering = redeeming, voiding, recovering

    def present(self, text: str, bill: Bill, *, redeem: bool) -> None:
        """Answer this coupon; with `redeem` an acceptance is written down first."""
        self._errands.run(lambda: self._redeeming.present(text, bill, redeem=redeem), self._on_answered)

    def look(self, text: str, bill: Bill) -> None:
        """What this coupon would be answered."""

        def look() -> tuple[str, Answer]:
            return text, self._redeeming.present(text, bill, redeem=False)

        self._errands.run(look, self._on_looked)

    def shown(self, redemption_id: RedemptionId) -> None:
        """The answer was on the screen."""
        self._errands.run(lambda: self._redeeming.shown(redemption_id), self._on_written)

    def undo(self, redemption_id: RedemptionId) -> None:
        self._errands.run(lambda: self._voiding.undo(redemption_id, TYPED_WRONG), self._on_undone)

    def find_unfinished(self) -> None:
        self._errands.run(self._recovering.unfinished, self._on_unfinished)

    def settle(self, redemption_id: RedemptionId, given: bool) -> None:
        """The cashier's word on what a crash left open."""
        self._errands.run(lambda: self._recovering.settle(redemption_id, given=given), self._on_written)

    def _on_answered(self, outcome: Outcome[Answer]) -> None:
        self._say(outcome, self.answered.emit)
        self.changed.emit()

    def _on_looked(self, outcome: Outcome[tuple[str, Answer]]) -> None:
        self._say(outcome, lambda found: self.looked.emit(*found))

    def _on_undone(self, outcome: Outcome[VoidOutcome]) -> None:
        self._say(outcome, self.undone.emit)
        self.changed.emit()

    def _on_unfinished(self, outcome: Outcome[list[Unfinished]]) -> None:
        self._say(outcome, lambda found: self.unfinished_found.emit(found) if found else None)

    def _on_written(self, outcome: Outcome[None]) -> None:
        self._say(outcome, lambda _: self.changed.emit())

    def _say(self, outcome: Outcome[object], emit: Callable[..., object]) -> None:
        if isinstance(outcome, Failed):
            self.failed.emit(outcome.error)
        else:
            emit(outcome.value)
