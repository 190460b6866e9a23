"""The offer on the answer panel: the same picture, title and terms that the customer has on the phone."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from merchant_app.domain.campaign import Campaign, Offer
from merchant_app.till.ui.parts.labels import ElidedLabel
from merchant_app.till.ui.parts.part import Part
from merchant_app.till.ui.parts.pictures import OfferPictures
from merchant_app.till.ui.theme import SPACES, Theme
from merchant_app.wording import Words

SMALL_PICTURE, LARGE_PICTURE = QSize(116, 84), QSize(208, 150)
LARGE_FROM = 940
"""Height of a window that has room for the large picture."""
LARGE_TEXT = 125
"""From this text size on there is room for the title and one line of terms only."""


class OfferCard(Part):
    """An inset with the offer; hidden while there is none."""

    def __init__(self, theme: Theme, words: Words, pictures: OfferPictures) -> None:
        super().__init__(theme, words, role="inset")
        self._pictures = pictures
        self._campaign: Campaign | None = None
        self._offer: Offer | None = None
        self._picture = QLabel()
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
        has_room = self.window().height() >= LARGE_FROM
        size = LARGE_PICTURE if has_room else SMALL_PICTURE
        self._picture.setFixedSize(size)
        self._picture.setPixmap(self._pictures.picture(key, size, self.theme.palette, self.devicePixelRatioF()))
        is_tight = self.theme.text_percent >= LARGE_TEXT and not has_room
        self._terms.use_lines(1 if is_tight else 4 if has_room else 2)
        self._campaign_name.setVisible(not is_tight)
        self._title.setText(self.words.of(self._offer.title))
        self._terms.setText(self.words.of(self._offer.terms))
        self._campaign_name.setText(self.words.of(self._campaign.name))
        self.setAccessibleName(f"{self._title.text()}. {self._terms.text()}")
