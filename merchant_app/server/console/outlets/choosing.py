"""What forms about outlets offer to choose from, and links that lead out of them."""

from pydantic import BaseModel, Field

from merchant_app.server.services.outlet_desk import Sought
from merchant_app.wire.catalogue import OutletPart
from merchant_app.wording import Words
from merchant_app.wording.categories import category_name, sub_categories

_LONGEST_NUMBER = 10


class Asked(BaseModel):
    """What the list's own form asks for; a number that is none asks for nothing."""

    words: str = Field("", max_length=200)
    district: str = Field("", max_length=300)
    category: str = Field("", max_length=100)
    merchant: str = Field("", max_length=20)
    campaign: str = Field("", max_length=20)
    standing: str = Field("", max_length=20)
    page: int = Field(1, ge=1, le=1_000_000)

    def sought(self) -> Sought:
        return Sought(
            words=self.words,
            district=self.district,
            category=self.category,
            merchant_id=_number(self.merchant),
            campaign_id=_number(self.campaign),
            closed=self.standing == "closed",
        )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER else None


def categories(words: Words) -> list[tuple[str, str]]:
    """(key, name) of every category, each followed by its sub-categories."""
    offered: list[tuple[str, str]] = []
    for key in sub_categories():
        primary = key.partition("/")[0]
        if not any(each == primary for each, _ in offered):
            offered.append((primary, category_name(words, primary) or primary))
        offered.append((key, f"　{category_name(words, key) or key}"))
    return offered


def map_link(part: OutletPart) -> str | None:
    """A map with the outlet's place marked; None where its place is not known."""
    if part.latitude is None or part.longitude is None:
        return None
    place = f"{part.latitude:.6f}/{part.longitude:.6f}"
    return f"https://www.openstreetmap.org/?mlat={part.latitude:.6f}&mlon={part.longitude:.6f}#map=17/{place}"
