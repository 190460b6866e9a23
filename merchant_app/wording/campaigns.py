"""Where a campaign and its rounds stand, in the reader's language."""

from merchant_app.domain.campaign_life import CampaignState
from merchant_app.wording.words import Words


def state_name(words: Words, state: CampaignState) -> str:
    names = {
        CampaignState.DRAFT: words.p_("campaign", "Draft"),
        CampaignState.OPEN: words.p_("campaign", "Open"),
        CampaignState.PAUSED: words.p_("campaign", "Paused"),
        CampaignState.CLOSED: words.p_("campaign", "Closed"),
    }
    return names[state]


def round_state_name(words: Words, state: str) -> str:
    """One for each `RoundState` of the server."""
    names = {
        "waiting": words.p_("round", "not open yet"),
        "open": words.p_("round", "open"),
        "over": words.p_("round", "over"),
    }
    return names[state]
