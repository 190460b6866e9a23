"""Redeemed: a tick, the amount off as the largest thing on the screen, what is left to pay, and the offer."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from merchant_app.domain.campaign import Gift
from merchant_app.domain.redemption import Standing
from merchant_app.till.services.answers import Recent, Redeemed
from merchant_app.till.ui.cashier.face import Face
from merchant_app.till.ui.cashier.offer_card import OfferCard
from merchant_app.till.ui.parts.labels import RIGHT, FittingLabel, label
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words
from merchant_app.wording.standings import standing_name


class AcceptedFace(Face):
    """Shows a `Redeemed`."""

    state = "accepted"

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures) -> None:
        super().__init__(theme, words)
        self._redeemed: Redeemed | None = None
        self._amount = FittingLabel("amount", grows=2.0)
        self._to_pay = ToPay()
        self._offer = OfferCard(theme, words, pictures)
        middle = QHBoxLayout()
        middle.setSpacing(SPACES.space_5)
        middle.addWidget(self._amount, 3)
        middle.addWidget(self._to_pay, 2, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(middle, 1)
        self.body.addWidget(self._offer)

    def show_redeemed(self, redeemed: Redeemed) -> None:
        self._redeemed = redeemed
        self.refresh()

    def note_standings(self, recents: Sequence[Recent]) -> None:
        """What the server has said since, where it is of this redemption: the big answer and the list agree."""
        redeemed = self._redeemed
        if redeemed is None:
            return
        for recent in recents:
            same = recent.redemption_id == redeemed.redemption.redemption_id
            if same and recent.standing is not redeemed.standing:
                self.show_redeemed(replace(redeemed, standing=recent.standing))

    def refresh(self) -> None:
        redeemed = self._redeemed
        if redeemed is None:
            return
        palette = self.theme.palette
        self.sign.show_sign("check", palette.accepted, palette.on_accepted)
        self.headline.setText(self._headline(redeemed))
        self.aside.setText(self._standing(redeemed.standing))
        benefit = redeemed.offer.benefit
        if isinstance(benefit, Gift):
            self._amount.setText(self.words.of(benefit.item))
        else:
            self._amount.setText(f"−{self.words.money(redeemed.redemption.amount_off_fen)}")
        self._show_to_pay(redeemed)
        self._offer.show_offer(redeemed.campaign, redeemed.offer)

    def spoken(self) -> str:
        return f"{self.headline.text()}. {self._amount.text()}. {self._to_pay.spoken()}. {self.aside.text()}"

    def _headline(self, redeemed: Redeemed) -> str:
        if redeemed.before:
            return self.words._("Redeemed already, shown again")
        if isinstance(redeemed.offer.benefit, Gift):
            return self.words._("Accepted: hand this over")
        return self.words._("Accepted")

    def _standing(self, standing: Standing) -> str:
        if standing is Standing.PROVISIONAL:
            return self.words._("Provisional: the server confirms it later")
        if standing is Standing.CONFIRMED:
            return self.words._("Confirmed by the server")
        return standing_name(self.words, standing)

    def _show_to_pay(self, redeemed: Redeemed) -> None:
        redemption = redeemed.redemption
        self._to_pay.setVisible(redemption.payable_fen is not None)
        if redemption.payable_fen is None:
            return
        bill = redemption.bill.bill_fen
        self._to_pay.show_amount(
            self.words._("To pay (copied)"),
            self.words.money(redemption.payable_fen),
            "" if bill is None else self.words._("Bill {amount}", amount=self.words.money(bill)),
        )


class ToPay(QFrame):
    """What goes back to the cash register, by eye and by clipboard."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "inset")
        self._caption = label("strong", align=RIGHT)
        self._amount = FittingLabel("figure", align=RIGHT)
        self._bill = label(align=RIGHT)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACES.space_4, SPACES.space_2, SPACES.space_4, SPACES.space_2)
        column.setSpacing(0)
        column.addStretch(1)
        for line in (self._caption, self._amount, self._bill):
            column.addWidget(line)
        column.addStretch(1)

    def show_amount(self, caption: str, amount: str, bill: str) -> None:
        self._caption.setText(caption)
        self._amount.setText(amount)
        self._bill.setText(bill)
        self._bill.setVisible(bool(bill))

    def spoken(self) -> str:
        return f"{self._caption.text()} {self._amount.text()}" if not self.isHidden() else ""
