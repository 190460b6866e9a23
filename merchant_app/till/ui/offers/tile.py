"""One offer that this outlet takes: picture, what it gives, title, terms, and when it is good."""

from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from merchant_app.till.services.answers import OfferHere
from merchant_app.till.ui.parts.chips import chip, show_chip
from merchant_app.till.ui.parts.labels import ElidedLabel
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words, offers

PICTURE = QSize(172, 132)


class OfferTile(Part):
    """Everything a cashier needs to answer a question about the offer."""

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures, here: OfferHere, zone: ZoneInfo) -> None:
        super().__init__(theme, words, role="card")
        self._pictures, self._here, self._zone = pictures, here, zone
        self._picture = QLabel()
        self._picture.setFixedSize(PICTURE)
        self._gives = ElidedLabel("title")
        self._running = chip()
        self._title = ElidedLabel("strong")
        self._terms = ElidedLabel("muted", lines=3)
        self._rules = ElidedLabel("caption", lines=2)
        top = QHBoxLayout()
        top.setSpacing(SPACES.space_3)
        top.addWidget(self._gives, 1)
        top.addWidget(self._running)
        text = QVBoxLayout()
        text.setSpacing(SPACES.space_1)
        text.addLayout(top)
        for line in (self._title, self._terms, self._rules):
            text.addWidget(line)
        text.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACES.space_4, SPACES.space_4, SPACES.space_4, SPACES.space_4)
        row.setSpacing(SPACES.space_4)
        row.addWidget(self._picture)
        row.addLayout(text, 1)
        self.refresh()

    def refresh(self) -> None:
        words, offer, campaign = self.words, self._here.offer, self._here.campaign
        key = (campaign.campaign_id, offer.offer_index)
        self._picture.setPixmap(self._pictures.picture(key, PICTURE, self.theme.palette, self.devicePixelRatioF()))
        self._gives.setText(offers.benefit(words, offer))
        self._title.setText(f"{words.of(offer.title)} · {words.of(campaign.name)}")
        self._terms.setText(words.of(offer.terms))
        rules = [offers.running_until(words, campaign, zone=self._zone), *offers.terms(words, offer)]
        self._rules.setText(words.p_("between rules", " · ").join(rules))
        if self._here.running:
            show_chip(self._running, words._("Running"), "accepted")
        else:
            show_chip(self._running, words._("Not running"), "")
        self.setAccessibleName(f"{self._gives.text()}. {self._title.text()}. {self._terms.text()}")
