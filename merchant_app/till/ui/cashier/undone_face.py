"""Taken back: the last redemption was undone, and its coupon is free here again."""

from merchant_app.domain.redemption import Redemption
from merchant_app.till.ui.cashier.face import Face
from merchant_app.till.ui.parts.labels import FittingLabel, label
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words


class UndoneFace(Face):
    """Shows the `Redemption` that was voided."""

    state = "needs"

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__(theme, words)
        self._redemption: Redemption | None = None
        self._amount = FittingLabel("figure")
        self._what = label("lead", wraps=True)
        self.body.addStretch(1)
        self.body.addWidget(self._amount)
        self.body.addWidget(self._what)
        self.body.addStretch(2)

    def show_undone(self, redemption: Redemption) -> None:
        self._redemption = redemption
        self.refresh()

    def refresh(self) -> None:
        palette = self.theme.palette
        self.sign.show_sign("undo-2", palette.amber, palette.on_amber)
        self.headline.setText(self.words._("Taken back"))
        if self._redemption is None:
            return
        off, bill = self._redemption.amount_off_fen, self._redemption.bill.bill_fen
        self._amount.setVisible(off > 0)
        self._amount.setText(self.words._("{amount} is not taken off", amount=self.words.money(off)))
        said = self.words._("The coupon can be used again.")
        if bill is not None:
            said += " " + self.words._("To pay without it: {amount}", amount=self.words.money(bill))
        self._what.setText(said)
