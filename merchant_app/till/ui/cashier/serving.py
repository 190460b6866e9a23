"""Serving: what happens at the counter, in its order. Scans and keys in, calls to the worker out, answers shown."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from merchant_app.domain.kinds import Fen, RedemptionId
from merchant_app.domain.redemption import Bill
from merchant_app.till.services.answers import Answer, BillWanted, NotRedeemed, Redeemed, Usable
from merchant_app.till.services.voiding import NotVoided, Voided, VoidOutcome
from merchant_app.till.ui.cashier.bill import CurrentBill
from merchant_app.till.ui.cashier.page import CashierPage
from merchant_app.till.ui.cashier.void_words import not_voided
from merchant_app.till.ui.sounds import Sound
from merchant_app.till.workers.redeeming import RedeemingWorker
from merchant_app.wording.breakdowns import breakdown

PATIENCE_MS = 120
"""An answer that comes sooner is simply shown; only a later one is preceded by "checking"."""


class Serving(QObject):
    """Joins the cashier's page to the worker. `redeem_on_sight`: a good coupon is redeemed without an Enter."""

    sound_wanted = Signal(object)
    answered = Signal(object)

    def __init__(self, page: CashierPage, worker: RedeemingWorker, new_id: Callable[[], str]) -> None:
        super().__init__(page)
        self._page, self._worker = page, worker
        self._bill = CurrentBill(new_id)
        self._text = ""
        self._last: Answer | None = None
        self._unseen: RedemptionId | None = None
        self.redeem_on_sight = True
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(page.answer.show_working)
        page.bill.entered.connect(self._on_entered)
        page.bill.edited.connect(self._on_edited)
        page.bill.next_bill_wanted.connect(self.next_bill)
        page.recents.undo_wanted.connect(self._on_undo_wanted)
        page.answer.painted.connect(self._on_painted)
        worker.answered.connect(self._on_answered)
        worker.undone.connect(self._on_undone)
        worker.failed.connect(self._on_failed)

    @property
    def bill(self) -> Bill:
        """The bill as the fields have it now."""
        return self._bill.as_bill(self._page.bill.amount_fen, self._page.bill.bill_number)

    def present(self, text: str) -> None:
        """A coupon was scanned, pasted, typed or chosen."""
        if self._bill.is_over:
            self._begin_bill()
        self._ask(text, redeem=self.redeem_on_sight)

    def next_bill(self) -> None:
        """The next customer: an empty bill and an invitation to scan."""
        self._begin_bill()
        self._last = None
        self._page.answer.invite()
        self._page.bill.ask_amount()

    def _ask(self, text: str, *, redeem: bool) -> None:
        self._text = text
        self._patience.start(PATIENCE_MS)
        self._worker.present(text, self.bill, redeem=redeem)

    def _begin_bill(self) -> None:
        self._bill.begin()
        self._page.bill.clear()

    def _on_entered(self) -> None:
        """Enter: the coupon that waits for it is redeemed; one that was refused is asked about again."""
        if isinstance(self._last, BillWanted | Usable | NotRedeemed) and self._text:
            self._ask(self._text, redeem=True)
        else:
            self._page.bill.ask_amount()

    def _on_edited(self) -> None:
        """An amount typed over that of a finished bill is the next customer's."""
        if self._bill.is_over:
            self._bill.begin()
            self._page.bill.show_on_bill(0, Fen(0), None)
            if isinstance(self._last, Redeemed):
                self._last = None
                self._page.answer.invite()

    def _on_answered(self, answer: Answer) -> None:
        self._patience.stop()
        self._last = answer
        if isinstance(answer, Redeemed):
            self._take(answer)
        self._page.answer.show_answer(answer)
        match answer:
            case Redeemed():
                self.sound_wanted.emit(Sound.ACCEPTED)
            case NotRedeemed():
                self.sound_wanted.emit(Sound.REFUSED)
            case BillWanted() | Usable():
                self.sound_wanted.emit(Sound.ATTENTION)
        self._page.bill.ask_amount()
        self.answered.emit(answer)

    def _take(self, redeemed: Redeemed) -> None:
        made = redeemed.redemption
        self._unseen = made.redemption_id
        self._bill.take(redeemed)
        if made.payable_fen is not None:
            QGuiApplication.clipboard().setText(f"{made.payable_fen // 100}.{made.payable_fen % 100:02d}")
        self._page.bill.show_on_bill(self._bill.coupons, self._bill.amount_off_fen, self._bill.left_fen)

    def _on_painted(self) -> None:
        """Only now has the cashier seen the answer, and no restart need ask about it."""
        if self._unseen is not None:
            unseen, self._unseen = self._unseen, None
            self._worker.shown(unseen)

    def _on_undo_wanted(self, redemption_id: str) -> None:
        self._worker.undo(RedemptionId(redemption_id))

    def _on_undone(self, outcome: VoidOutcome) -> None:
        self._last = None
        match outcome:
            case Voided(redemption=redemption):
                self._bill.give_back(redemption.redemption_id)
                self._page.bill.show_on_bill(self._bill.coupons, self._bill.amount_off_fen, self._bill.left_fen)
                self._page.answer.show_undone(redemption)
                self.sound_wanted.emit(Sound.ATTENTION)
            case NotVoided():
                self._page.answer.show_trouble(not_voided(self._page.words, outcome))
                self.sound_wanted.emit(Sound.REFUSED)

    def _on_failed(self, error: Exception) -> None:
        self._patience.stop()
        self._page.answer.show_trouble(breakdown(self._page.words, error))
        self.sound_wanted.emit(Sound.REFUSED)
