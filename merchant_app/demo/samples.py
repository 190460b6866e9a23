"""The sample campaigns with their dates moved by whole days, so that today lies where coupons of every kind exist."""

import json
from csv import DictReader
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, cached_property
from typing import Any
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import Bilingual, OutletId
from merchant_app.resources import resource_path
from merchant_app.wire.campaign_document import parse_campaign
from merchant_app.wire.sample_documents import sample_document

ZONE = ZoneInfo("Asia/Shanghai")

JIANGBEI_TODAY = date(2022, 6, 30)
"""The day after the second round: coupons of the first two rounds are in people's phones and good until 2 July."""
HOTPOT_TODAY = date(2015, 12, 18)
"""The first day on which a coupon of the opening day, good for 30 days, is one day too late."""


@dataclass(frozen=True)
class Sample:
    """A sample campaign as the operator's document."""

    document: dict[str, Any]

    @property
    def text(self) -> str:
        return json.dumps(self.document, ensure_ascii=False)

    @cached_property
    def campaign(self) -> Campaign:
        return parse_campaign(self.document)

    def while_open(self, round_index: int) -> datetime:
        """A moment at which this round's coupons could be claimed: half an hour after it opened."""
        return self.campaign.rounds[round_index].opens_at + timedelta(minutes=30)


@dataclass(frozen=True)
class Samples:
    """Both systems: the rounds of Jiangbei, and the hot-pot coupons shared among friends."""

    jiangbei: Sample
    hotpot: Sample

    @property
    def starts_at(self) -> datetime:
        """Before anything happened."""
        return min(self.jiangbei.campaign.starts_at, self.hotpot.campaign.starts_at)


def samples(now: datetime) -> Samples:
    """The samples as they stand on the day of `now` (aware) in Chongqing."""
    today = now.astimezone(ZONE).date()
    return Samples(
        jiangbei=Sample(sample_document("jiangbei", today - JIANGBEI_TODAY)),
        hotpot=Sample(sample_document("hotpot", today - HOTPOT_TODAY)),
    )


@cache
def outlet_names() -> dict[OutletId, Bilingual]:
    """The sample outlets' names, as the till and the phone say them."""
    with resource_path("outlets.csv").open(encoding="utf-8-sig", newline="") as lines:
        return {OutletId(int(row["outlet_id"])): Bilingual(row["name_zh"], row["name_en"]) for row in DictReader(lines)}
