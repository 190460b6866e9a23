"""What an operator's program reads and sends: campaigns, outlets, tills, links, disputes, settlements."""

from datetime import date

from pydantic import AwareDatetime, Field

from merchant_app.domain.campaign_life import CampaignState
from merchant_app.domain.disputes import About, Outcome, Payer
from merchant_app.server.services.campaign_desk import RoundState
from merchant_app.wire.claiming import BothLanguages
from merchant_app.wire.shape import Line, Wire


class CampaignSummary(Wire):
    """`issued` of `stock` coupons in all rounds. What the issued ones can cost at most counts against the budget."""

    campaign_id: int = Field(examples=[20220628])
    name: BothLanguages
    time_zone: str = Field(examples=["Asia/Shanghai"])
    state: CampaignState
    version: int
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    opened_at: AwareDatetime | None
    paused_at: AwareDatetime | None
    closed_at: AwareDatetime | None
    issued: int
    stock: int
    budget_fen: int | None
    counted_fen: int


class OfferMeter(Wire):
    offer_index: int
    title: BothLanguages
    issued: int
    stock: int


class RoundMeter(Wire):
    round_index: int
    opens_at: AwareDatetime
    closes_at: AwareDatetime
    state: RoundState
    offers: list[OfferMeter]


class CampaignDetail(CampaignSummary):
    rounds: list[RoundMeter]


class CampaignList(Wire):
    campaigns: list[CampaignSummary]


class WantedLink(Wire):
    campaign_id: int = Field(ge=1, lt=1 << 53, examples=[20220628])
    round_index: int = Field(ge=0, le=1000, default=0)
    channel: Line = Field(examples=["live_stream"])


class ClaimLink(Wire):
    link_id: str
    url: str = Field(examples=["https://coupons.example/c/k7m2p9qrs3tuvwxyz4"])
    round_index: int
    channel: str
    made_at: AwareDatetime
    closed_at: AwareDatetime | None


class ClaimLinkList(Wire):
    links: list[ClaimLink]


class OutletSummary(Wire):
    outlet_id: int = Field(examples=[4201])
    name: BothLanguages
    district: str = Field(examples=["jiangbei"])
    category: str = Field(examples=["catering/foods"])
    merchant_id: int | None


class OutletList(Wire):
    """`next_after`: ask for what comes after this outlet; null: this was the last page."""

    outlets: list[OutletSummary]
    next_after: int | None


class TillSummary(Wire):
    till_id: str = Field(examples=["4201-01"])
    outlet_id: int
    name: str
    version: str
    enrolled_at: AwareDatetime
    last_seen_at: AwareDatetime | None
    revoked_at: AwareDatetime | None


class TillList(Wire):
    tills: list[TillSummary]


class MadeInvitation(Wire):
    """Good once. `qr_text` where this server knows the address at which tills reach it."""

    code: str
    qr_text: str | None
    expires_at: AwareDatetime


class DisputeSummary(Wire):
    dispute_id: str
    about: About
    campaign_id: int | None
    serial: str | None
    outlet_id: int
    till_id: str
    redemption_id: str | None
    first_redemption_id: str | None
    reasons: list[str] = Field(examples=[["already_redeemed"]])
    amount_off_fen: int
    proposed_payer: Payer
    opened_at: AwareDatetime
    closed_at: AwareDatetime | None
    outcome: str | None
    note: str | None
    resolved_by: str | None
    outlet_note: str | None


class DisputeList(Wire):
    disputes: list[DisputeSummary]
    total: int


class Resolution(Wire):
    """How a dispute ends, for good, and why."""

    outcome: Outcome
    note: Line = Field(min_length=1, examples=["The outlet's camera shows the customer twice."])


class SettlementPeriod(Wire):
    """`period`: its number, from 1. `closed_at` null: it is being closed."""

    period: int
    first_day: date
    last_day: date
    closed_at: AwareDatetime | None
    outlets: int
    owed_fen: int
    adjusted_fen: int
    paid: int
    paid_fen: int


class SettlementPeriodList(Wire):
    periods: list[SettlementPeriod]


class OutletSettlement(Wire):
    number: int
    outlet_id: int
    owed_fen: int
    adjusted_fen: int
    line_count: int
    paid_on: date | None
    reference: str | None


class OutletSettlementList(Wire):
    settlements: list[OutletSettlement]
