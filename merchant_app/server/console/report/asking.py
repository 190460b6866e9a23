"""What a person asks of the report: a period and filters in the address, so that every view is a link."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from pydantic import Field, field_validator

from merchant_app.domain.campaign_report import Breakdown, LineKey
from merchant_app.domain.kinds import CampaignId, OutletId
from merchant_app.server.services.reporting.report import Asked
from merchant_app.wire.shape import Line, Wire

_LARGEST = 1 << 63


class Measure(StrEnum):
    """What the charts show."""

    BILLS = "bill_fen"
    AMOUNT_OFF = "amount_off_fen"
    REDEEMED = "redeemed"
    CLAIMED = "claimed"

    @property
    def is_money(self) -> bool:
        return self in (Measure.BILLS, Measure.AMOUNT_OFF)


class Sort(StrEnum):
    """By which column the outlets stand, the largest first."""

    BILLS = "bill_fen"
    AMOUNT_OFF = "amount_off_fen"
    REDEEMED = "redeemed"
    CONTESTED = "contested"
    VOIDED = "voided"


FILTER_OF: Mapping[Breakdown, str] = {
    Breakdown.ROUND: "round_index",
    Breakdown.OFFER: "offer_index",
    Breakdown.CHANNEL: "channel",
    Breakdown.DISTRICT: "district",
    Breakdown.CATEGORY: "category",
    Breakdown.SUB_CATEGORY: "category",
    Breakdown.OUTLET: "outlet_id",
}
"""Which filter a line of a breakdown sets when it is chosen."""


class View(Wire):
    """Everything that the address says. A day that is not given is the campaign's own."""

    first_day: date | None = None
    last_day: date | None = None
    district: Line | None = None
    category: Line | None = None
    outlet_id: int | None = Field(None, ge=1, lt=_LARGEST)
    round_index: int | None = Field(None, ge=0, le=10_000)
    offer_index: int | None = Field(None, ge=0, le=10_000)
    channel: Line | None = None
    measure: Measure = Measure.BILLS
    sort: Sort = Sort.BILLS
    page: int = Field(1, ge=1, le=1_000_000)

    @field_validator("first_day", "last_day", "district", "category", mode="before")
    @classmethod
    def _as_given(cls, value: object) -> object:
        """A form sends its empty fields along. An empty channel, though, is what came through none that is known."""
        return None if value == "" else value

    def asked(self, campaign_id: int) -> Asked:
        outlet_id = None if self.outlet_id is None else OutletId(self.outlet_id)
        names = ("first_day", "last_day", "district", "category", "round_index", "offer_index", "channel")
        narrowed = {name: getattr(self, name) for name in names}
        return Asked(CampaignId(campaign_id), outlet_id=outlet_id, **narrowed)

    def but(self, **changes: object) -> str:
        """The query of the same view with something changed; what is as it is by default is left out."""
        values = {**{name: getattr(self, name) for name in View.model_fields}, "page": 1, **changes}
        given = {name: value for name, value in values.items() if value != View.model_fields[name].default}
        return f"?{urlencode({name: str(value) for name, value in given.items()})}"

    def choosing(self, by: Breakdown, key: LineKey) -> str | None:
        """The view of one line alone; without the filter where that line is chosen already. None: no filter asks so."""
        name = FILTER_OF.get(by)
        if by is Breakdown.DAY and isinstance(key, date):
            return self.but(first_day=key, last_day=key)
        if name is None or (key is None and by is not Breakdown.CHANNEL):
            return None
        value = "" if key is None else key
        return self.but(**{name: None if getattr(self, name) == value else value})

    def set_filters(self) -> Iterator[tuple[Breakdown, LineKey]]:
        """What it is narrowed down to, each as the line that was chosen."""
        for by, name in FILTER_OF.items():
            value = getattr(self, name)
            if value is None or (name == "category" and ("/" in value) != (by is Breakdown.SUB_CATEGORY)):
                continue
            yield by, value or None

    def periods(self, today: date) -> Iterator[tuple[str, date | None, date | None]]:
        """The ready-made periods: (name, first day, last day)."""
        yield "whole", None, None
        yield "today", today, today
        yield "yesterday", today - timedelta(days=1), today - timedelta(days=1)
        yield "week", today - timedelta(days=6), today


ViewPart = Annotated[View, Query()]
