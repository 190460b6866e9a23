"""The operator's work on campaigns: drafting, opening and closing, amending, looking, rehearsing."""

from merchant_app.server.services.campaign_desk.drafting import LARGEST_PICTURE, add, check, delete_draft
from merchant_app.server.services.campaign_desk.life import NotChanged, Opening, open_campaign, take_step

__all__ = [
    "LARGEST_PICTURE",
    "NotChanged",
    "Opening",
    "add",
    "check",
    "delete_draft",
    "open_campaign",
    "take_step",
]
