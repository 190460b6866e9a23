"""The operator's work on campaigns: drafting, opening and closing, amending, looking, rehearsing."""

from merchant_app.server.services.campaign_desk.amending import amend, mistakes_of_amending
from merchant_app.server.services.campaign_desk.author import AT_THE_COMMAND_LINE, Author
from merchant_app.server.services.campaign_desk.drafting import (
    LARGEST_PICTURE,
    NO_PICTURE,
    add,
    check,
    delete_draft,
    free_number,
    keep_picture,
    picture_of,
    unknown_pictures,
)
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
    "AT_THE_COMMAND_LINE",
    "LARGEST_PICTURE",
    "NO_PICTURE",
    "Author",
    "NotChanged",
    "Opening",
    "Overview",
    "RoundState",
    "Shelf",
    "add",
    "amend",
    "check",
    "delete_draft",
    "free_number",
    "keep_picture",
    "look",
    "look_at_all",
    "mistakes_of_amending",
    "open_campaign",
    "picture_of",
    "round_state",
    "take_step",
    "unknown_pictures",
    "versions",
]
