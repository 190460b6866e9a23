"""A campaign told in order: what happens when, and what each version of its document changed."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from merchant_app.domain.campaign import Campaign
from merchant_app.server.console.campaigns.form import filled
from merchant_app.server.db.campaign_versions import KeptVersion
from merchant_app.wording import Words
from merchant_app.wording.campaign_fields import place_name

_MOST_CHANGES = 40


@dataclass(frozen=True, slots=True)
class Moment:
    at: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Change:
    """A field of the document, with what it said before and says now; empty: nothing."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class VersionStory:
    kept: KeptVersion
    changes: list[Change]


def moments(words: Words, campaign: Campaign) -> list[Moment]:
    """What happens by itself, in order."""
    found = [Moment(campaign.starts_at, words._("Redeeming begins"))]
    for each in campaign.rounds:
        number = each.round_index + 1
        found.append(Moment(each.opens_at, words._("Round {number} opens", number=number)))
        found.append(Moment(each.closes_at, words._("Round {number} closes", number=number)))
        if each.coupons_end_at is not None:
            found.append(Moment(each.coupons_end_at, words._("The coupons of round {number} end", number=number)))
    found.append(Moment(campaign.ends_at, words._("The campaign ends; nothing is redeemed any more")))
    return sorted(found, key=lambda moment: moment.at)


def changes(words: Words, versions: list[KeptVersion]) -> list[VersionStory]:
    """Each version, the newest first, with what it changed of the one before."""
    documents = [json.loads(each.document) for each in versions]
    with_older = zip(versions, documents, [*documents[1:], None], strict=False)
    return [VersionStory(kept, _between(words, before, after)) for kept, after, before in with_older]


def _between(words: Words, before: Any, after: Any) -> list[Change]:
    if before is None:
        return []
    old, new = filled(before).texts, filled(after).texts
    found = []
    for path in sorted(old.keys() | new.keys()):
        was, became = ", ".join(old.get(path, [])), ", ".join(new.get(path, []))
        if was != became:
            found.append(Change(place_name(words, path), was, became))
    return found[:_MOST_CHANGES]
