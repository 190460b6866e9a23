"""What a refusal's sentence needs to know beside the reason itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from merchant_app.domain.kinds import OutletId
from merchant_app.wording.words import Words


@dataclass(frozen=True, slots=True)
class Asking:
    """In whose language, at what time, on which clock on the wall, and by which names."""

    words: Words
    now: datetime
    zone: ZoneInfo
    outlet_name: Callable[[OutletId], str | None]
    outlet_distance: Callable[[OutletId], int | None]
    offer_title: Callable[[int], str | None]

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()
