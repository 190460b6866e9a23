"""Something is needed first: the bill, or the cashier's Enter. A hand, and the cursor is already in the right field."""

from merchant_app.domain.campaign import Gift
from merchant_app.till.services.answers import BillWanted, Usable
from merchant_app.till.ui.cashier.face import Face
from merchant_app.till.ui.cashier.offer_card import OfferCard
from merchant_app.till.ui.parts.labels import FittingLabel, label
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import Theme
from merchant_app.wording import Words
from merchant_app.wording.offers import benefit


class NeedsFace(Face):
    """Shows a `BillWanted` or a `Usable`."""

    state = "needs"

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures) -> None:
        super().__init__(theme, words)
        self._answer: BillWanted | Usable | None = None
        self._amount = FittingLabel("figure")
        self._what = label("lead", wraps=True)
        self._offer = OfferCard(theme, words, pictures)
        self.body.addStretch(1)
        self.body.addWidget(self._amount)
        self.body.addWidget(self._what)
        self.body.addStretch(1)
        self.body.addWidget(self._offer)

    def show_needs(self, answer: BillWanted | Usable) -> None:
        self._answer = answer
        self.refresh()

    def refresh(self) -> None:
        palette = self.theme.palette
        self.sign.show_sign("hand", palette.amber, palette.on_amber)
        if isinstance(self._answer, BillWanted):
            self._show_bill_wanted(self._answer)
        elif isinstance(self._answer, Usable):
            self._show_usable(self._answer)

    def spoken(self) -> str:
        return f"{self.headline.text()}. {self._what.text()}"

    def _show_bill_wanted(self, wanted: BillWanted) -> None:
        self.headline.setText(self.words._("Enter the bill"))
        offer = wanted.offer
        self._amount.setVisible(offer is not None)
        self._amount.setText("" if offer is None else benefit(self.words, offer))
        self._what.setText(self.words._("Type the amount of the bill and press Enter; the coupon is redeemed then."))
        self._offer.show_offer(wanted.campaign, offer)

    def _show_usable(self, usable: Usable) -> None:
        self.headline.setText(self.words._("Good here. Press Enter to redeem"))
        gives = usable.accepted.offer.benefit
        off = self.words.of(gives.item) if isinstance(gives, Gift) else None
        self._amount.setVisible(True)
        self._amount.setText(off or f"−{self.words.money(usable.accepted.amount_off_fen)}")
        payable = usable.accepted.payable_fen
        self._what.setText(
            self.words._("Not redeemed yet.")
            if payable is None
            else self.words._("Not redeemed yet. To pay then: {amount}", amount=self.words.money(payable))
        )
        self._offer.show_offer(usable.campaign, usable.accepted.offer)
