"""What the list of disputes is narrowed down to, as it stands in the page's address."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import Query

from merchant_app.server.db.disputes import DisputesWanted

_LARGEST = 1 << 63
_LONGEST_AGE = 3650


@dataclass(frozen=True, slots=True)
class Filled:
    """As it was chosen; empty: anything. `age` is in days."""

    state: str
    reason: str
    campaign: str
    outlet: str
    age: str

    def wanted(self, now: datetime) -> DisputesWanted:
        days = number_in(self.age)
        return DisputesWanted(
            campaign_id=number_in(self.campaign),
            outlet_id=number_in(self.outlet),
            reason=self.reason or None,
            is_open={"open": True, "closed": False}.get(self.state),
            opened_before=None if days is None else now - timedelta(days=min(days, _LONGEST_AGE)),
        )


def filled_in(
    state: Annotated[str, Query(max_length=10)] = "open",
    reason: Annotated[str, Query(max_length=40)] = "",
    campaign: Annotated[str, Query(max_length=20)] = "",
    outlet: Annotated[str, Query(max_length=20)] = "",
    age: Annotated[str, Query(max_length=20)] = "",
) -> Filled:
    return Filled(state, reason, campaign, outlet, age)


def number_in(text: str) -> int | None:
    """What was typed as a number; None where it is none."""
    return int(text) if text.isascii() and text.isdigit() and int(text) < _LARGEST else None
