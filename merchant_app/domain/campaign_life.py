"""A campaign's life: draft -> open <-> paused -> closed. Pausing and closing stop issuing only, never redeeming."""

from datetime import datetime
from enum import StrEnum


class CampaignState(StrEnum):
    """Where a campaign stands. Its rounds open and close by themselves, by their own times."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class LifeStep(StrEnum):
    """What an operator may do to a campaign."""

    OPEN = "open"
    PAUSE = "pause"
    RESUME = "resume"
    CLOSE = "close"


_FROM: dict[LifeStep, frozenset[CampaignState]] = {
    LifeStep.OPEN: frozenset({CampaignState.DRAFT}),
    LifeStep.PAUSE: frozenset({CampaignState.OPEN}),
    LifeStep.RESUME: frozenset({CampaignState.PAUSED}),
    LifeStep.CLOSE: frozenset({CampaignState.OPEN, CampaignState.PAUSED}),
}


def state_of(opened_at: datetime | None, paused_at: datetime | None, closed_at: datetime | None) -> CampaignState:
    """`paused_at` is that of a pause that still lasts."""
    if opened_at is None:
        return CampaignState.DRAFT
    if closed_at is not None:
        return CampaignState.CLOSED
    return CampaignState.OPEN if paused_at is None else CampaignState.PAUSED


def may_take(step: LifeStep, state: CampaignState) -> bool:
    """A closed campaign stays closed: what was told to people as over does not begin again."""
    return state in _FROM[step]
