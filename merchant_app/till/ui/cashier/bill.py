"""The bill being served: its id, what is on it, and when the next one begins by itself."""

from collections.abc import Callable

from merchant_app.domain.campaign import Stacking
from merchant_app.domain.kinds import Fen, RedemptionId
from merchant_app.domain.redemption import Bill
from merchant_app.till.services.answers import Redeemed


class CurrentBill:
    """A bill without an amount, and one whose coupon stands alone, is over once a coupon was redeemed on it: the next
    customer's coupon must not be judged as one more on this bill. Otherwise only the cashier ends it."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id
        self.begin()

    def begin(self) -> None:
        """The next bill."""
        self._bill_id = self._new_id()
        self._redeemed: list[Redeemed] = []
        self.is_over = False

    def as_bill(self, amount_fen: Fen | None, number: str | None) -> Bill:
        return Bill(self._bill_id, amount_fen, number)

    def take(self, redeemed: Redeemed) -> None:
        """A coupon was redeemed on it."""
        if redeemed.redemption.bill.bill_id != self._bill_id:
            return
        self._redeemed.append(redeemed)
        alone = redeemed.offer.stacks_with is Stacking.NONE
        self.is_over = alone or redeemed.redemption.bill.bill_fen is None

    def give_back(self, redemption_id: RedemptionId) -> None:
        """A redemption on it was taken back; the bill stays open for another coupon."""
        self._redeemed = [each for each in self._redeemed if each.redemption.redemption_id != redemption_id]
        self.is_over = False

    @property
    def coupons(self) -> int:
        return len(self._redeemed)

    @property
    def amount_off_fen(self) -> Fen:
        return Fen(sum(each.redemption.amount_off_fen for each in self._redeemed))

    @property
    def left_fen(self) -> Fen | None:
        """What is left to pay; None where no amount is known."""
        return self._redeemed[-1].redemption.payable_fen if self._redeemed else None
