"""The plain values everything else is made of: money, identities, sentences in two languages."""

from dataclasses import dataclass
from typing import Literal, NewType

Fen = NewType("Fen", int)
"""Money in hundredths of a yuan, always whole."""

NO_MONEY = Fen(0)

CampaignId = NewType("CampaignId", int)
OutletId = NewType("OutletId", int)
TillId = NewType("TillId", str)
OperatorId = NewType("OperatorId", str)
ChainId = NewType("ChainId", str)
"""One ledger's chain of facts: a till that is set up again starts a new one."""
Serial = NewType("Serial", int)
"""A coupon's random number, unique in its campaign, below 2**63."""
RedemptionId = NewType("RedemptionId", str)
"""A UUIDv7 in its usual spelling, made before anything else happens and kept on every path."""

ANY_OUTLET = OutletId(0)

Language = Literal["zh", "en"]


@dataclass(frozen=True, slots=True)
class Bilingual:
    """One thing said in both languages, by the people who wrote the campaign."""

    zh: str
    en: str

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True)
class CouponId:
    """What makes two codes the same coupon: never the scanned text, never the signature."""

    campaign_id: CampaignId
    serial: Serial
