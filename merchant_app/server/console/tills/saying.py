"""How a till is, in words: when it was heard of, what waits, its clock, its catalogue, and what is the matter."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from merchant_app.server.console.templating import ZONE
from merchant_app.server.db.till_search import CLOCK_IS_OFF, SILENT_AFTER, ListedTill, TillMatter
from merchant_app.wording import Words
from merchant_app.wording.when import moment

NOTHING = "–"
Tone = Literal["good", "bad", "wait", "quiet"]


@dataclass(frozen=True, slots=True)
class TillFacts:
    """Each a short text; `NOTHING` where the till has not said."""

    last_seen: str
    waiting: str
    clock: str
    catalogue: str
    version: str


def facts_of(words: Words, listed: ListedTill, now: datetime) -> TillFacts:
    till = listed.till
    seen = NOTHING if till.last_seen_at is None else moment(words, till.last_seen_at, now=now, zone=ZONE)
    waiting = NOTHING if till.waiting is None else words.number(till.waiting)
    return TillFacts(seen, waiting, _clock(words, till.clock_ahead_ms), _catalogue(words, listed, now), till.version)


def pills_of(words: Words, listed: ListedTill, now: datetime) -> list[tuple[str, Tone]]:
    """What is the matter, the worst first; that all is well where nothing is."""
    till, found = listed.till, list[tuple[str, Tone]]()
    if listed.frozen:
        found.append((words._("Copied: frozen"), "bad"))
    if till.adopted_by is not None:
        return [*found, (words._("Replaced by {till_id}", till_id=till.adopted_by), "quiet")]
    if till.revoked_at is not None:
        return [*found, (words.p_("till", "Revoked"), "bad")]
    if till.last_seen_at is None or till.last_seen_at < now - SILENT_AFTER:
        found.append((words._("Silent"), "wait"))
    if till.clock_ahead_ms is not None and abs(till.clock_ahead_ms) > CLOCK_IS_OFF // timedelta(milliseconds=1):
        found.append((words._("Clock wrong"), "wait"))
    if till.waiting:
        found.append((words._("Rows wait"), "wait"))
    return found or [(words._("In use"), "good")]


def matter_name(words: Words, matter: TillMatter | None) -> str:
    names = {
        None: words._("All in use"),
        TillMatter.SILENT: words._("Silent for a day"),
        TillMatter.WAITING: words._("Rows wait"),
        TillMatter.CLOCK: words._("Clock wrong"),
        TillMatter.FROZEN: words._("Copied"),
        TillMatter.REVOKED: words.p_("till", "Revoked"),
    }
    return names[matter]


def _clock(words: Words, ahead_ms: int | None) -> str:
    if ahead_ms is None:
        return NOTHING
    off = timedelta(milliseconds=abs(ahead_ms))
    if off <= timedelta(seconds=5):
        return words._("right")
    span = words.span(off)
    return words._("{span} fast", span=span) if ahead_ms > 0 else words._("{span} slow", span=span)


def _catalogue(words: Words, listed: ListedTill, now: datetime) -> str:
    till = listed.till
    if till.catalogue_at is None:
        return NOTHING
    return words._("{age} old", age=words.span(max(timedelta(0), now - till.catalogue_at)))
