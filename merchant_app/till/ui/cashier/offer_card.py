"""The offer on the answer panel: the same picture, title and terms that the customer has on the phone."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from merchant_app.domain.campaign import Campaign, Offer
from merchant_app.till.ui.parts.labels import ElidedLabel
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

PICTURE = QSize(116, 84)


class OfferCard(Part):
    """An inset with the offer; hidden while there is none."""

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures) -> None:
        super().__init__(theme, words, role="inset")
        self._pictures = pictures
        self._campaign: Campaign | None = None
        self._offer: Offer | None = None
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE)
        self._title = ElidedLabel("lead_strong")
        self._terms = ElidedLabel(lines=2)
        self._campaign_name = ElidedLabel("caption")
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addStretch(1)
        for line in (self._title, self._terms, self._campaign_name):
            text.addWidget(line)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_3, SPACES.space_3, SPACES.space_4, SPACES.space_3)
        row.setSpacing(SPACES.space_4)
        row.addWidget(self._picture)
        row.addLayout(text, 1)
        self.setVisible(False)

    def show_offer(self, campaign: Campaign | None, offer: Offer | None) -> None:
        self._campaign, self._offer = campaign, offer
        self.setVisible(offer is not None)
        self.refresh()

    def refresh(self) -> None:
        if self._offer is None or self._campaign is None:
            return
        key = (self._campaign.campaign_id, self._offer.offer_index)
        self._picture.setPixmap(self._pictures.picture(key, PICTURE, self.theme.palette, self.devicePixelRatioF()))
        self._title.setText(self.words.of(self._offer.title))
        self._terms.setText(self.words.of(self._offer.terms))
        self._campaign_name.setText(self.words.of(self._campaign.name))
        self.setAccessibleName(f"{self._title.text()}. {self._terms.text()}")
