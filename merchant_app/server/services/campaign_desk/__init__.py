"""The operator's work on campaigns: drafting, opening and closing, amending, looking, rehearsing."""

from merchant_app.server.services.campaign_desk.amending import amend, mistakes_of_amending
from merchant_app.server.services.campaign_desk.drafting import LARGEST_PICTURE, add, check, delete_draft
from merchant_app.server.services.campaign_desk.life import NotChanged, Opening, open_campaign, take_step
from merchant_app.server.services.campaign_desk.looking import (
    Overview,
    RoundState,
    Shelf,
    look,
    look_at_all,
    round_state,
    versions,
)

__all__ = [
    "LARGEST_PICTURE",
    "NotChanged",
    "Opening",
    "Overview",
    "RoundState",
    "Shelf",
    "add",
    "amend",
    "check",
    "delete_draft",
    "look",
    "look_at_all",
    "mistakes_of_amending",
    "open_campaign",
    "round_state",
    "take_step",
    "versions",
]
