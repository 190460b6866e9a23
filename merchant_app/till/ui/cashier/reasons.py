"""Reasons as they are said at this outlet: with the names of outlets, offers and categories that this till knows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from merchant_app.domain.kinds import Bilingual, OutletId
from merchant_app.till.services.answers import NotRedeemed
from merchant_app.wording import Words
from merchant_app.wording.refusals import refusal
from merchant_app.wording.said import Said


@dataclass
class ReasonWords:
    """`zone` is the outlet's own; the campaign's is used where one is known."""

    now: Callable[[], datetime]
    zone: ZoneInfo
    known_outlet: Callable[[OutletId], Bilingual | None] = lambda _: None
    outlet_distance: Callable[[OutletId], int | None] = lambda _: None

    def said(self, words: Words, refused: NotRedeemed) -> list[Said]:
        """Every reason in order, each with what puts it right."""

        def outlet_name(outlet_id: OutletId) -> str | None:
            name = self.known_outlet(outlet_id)
            return None if name is None else words.of(name)

        def offer_title(offer_index: int) -> str | None:
            campaign = refused.campaign
            known = campaign is not None and offer_index < len(campaign.offers)
            return words.of(campaign.offers[offer_index].title) if campaign is not None and known else None

        zone = refused.campaign.zone if refused.campaign is not None else self.zone
        return [
            refusal(
                words,
                reason,
                now=self.now(),
                zone=zone,
                outlet_name=outlet_name,
                outlet_distance=self.outlet_distance,
                offer_title=offer_title,
            )
            for reason in refused.reasons
        ]
