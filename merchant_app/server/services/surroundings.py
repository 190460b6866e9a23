"""What every outlet's catalogue is made from: all outlets on the map, and the campaigns with who takes part in them.

Read once per process and change, then cut to what one outlet's tills need:

campaigns    those that take this outlet; and, so that a customer can be told where to go instead, those that an outlet
             within `NEARBY_M` takes. Their lists of outlets are cut to this outlet and its neighbours.
neighbours   the nearest thirty; and of each of these campaigns the nearest three that take it, however far they are.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from sqlalchemy import Connection

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.kinds import OutletId
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.notes import changes
from merchant_app.server.db.outlets import open_outlets
from merchant_app.server.services.campaigns import parsed
from merchant_app.server.services.places import Degrees, Places
from merchant_app.server.services.taking_part import as_taken_part_in
from merchant_app.wire.catalogue import OutletPart

NEIGHBOURS = 30
NEAREST_THAT_TAKE = 3
"""As many as a cashier's screen names."""
NEARBY_M = 10_000
"""Within a city's reach: so near an outlet that takes a campaign, its coupons may well be shown here."""
ENDED_STAY = timedelta(days=30)
"""So long after its end a campaign stays in the catalogue, so that a till can say when it ended."""


@dataclass(frozen=True, slots=True)
class Told:
    """A campaign as tills are told of it: its document up to the list of outlets, and what stands around that list."""

    campaign: Campaign
    head: str
    pictures: frozenset[str]

    def document(self, outlet_ids: list[int]) -> str:
        """The document with these outlets, where it names any."""
        named = '"all"' if self.campaign.outlets is None else json.dumps(outlet_ids)
        return f'{self.head}"outlets": {named}}}'

    def takes(self, outlet: OutletPart) -> bool:
        return self.campaign.takes(OutletId(outlet.outlet_id), outlet.district, outlet.category)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The state after so many `changes`."""

    changes: int
    outlets: dict[int, OutletPart]
    places: Places
    told: tuple[Told, ...]

    def seen_from(self, here: OutletPart, now: datetime) -> "Seen":
        """What this outlet's tills need of it. Where its place is not known, nothing is near."""
        in_scope = [each for each in self.told if now < each.campaign.ends_at + ENDED_STAY and each.takes(here)]
        taken, place = {each.campaign.campaign_id for each in in_scope}, _place(here)
        if place is None:
            return Seen(here, in_scope, [], {}, {})
        metres = dict(self.places.nearest(place, NEIGHBOURS, lambda number: number != here.outlet_id))
        nearby = []
        for each in self.told:
            nearest = self._nearest_that_take(each, here, place, metres)
            if each.campaign.campaign_id not in taken:
                if now >= each.campaign.ends_at or min(nearest.values(), default=NEARBY_M) >= NEARBY_M:
                    continue
                nearby.append(each)
            metres |= nearest
        return Seen(here, in_scope, nearby, {number: self.outlets[number] for number in metres}, metres)

    def _nearest_that_take(self, told: Told, here: OutletPart, place: Degrees, known: dict[int, int]) -> dict[int, int]:
        """Usually they are among those `known` already, which are in the order of their distance at first."""
        among = [number for number in list(known)[:NEIGHBOURS] if told.takes(self.outlets[number])]
        if len(among) >= NEAREST_THAT_TAKE:
            return {number: known[number] for number in among[:NEAREST_THAT_TAKE]}

        def takes(number: int) -> bool:
            return number != here.outlet_id and told.takes(self.outlets[number])

        return dict(self.places.nearest(place, NEAREST_THAT_TAKE, takes))


@dataclass(frozen=True, slots=True)
class Seen:
    """One outlet, the campaigns its tills are told of, and the other outlets they know with how far these are."""

    here: OutletPart
    in_scope: list[Told]
    nearby: list[Told]
    outlets: dict[int, OutletPart]
    metres: dict[int, int]

    def neighbours(self) -> list[OutletPart]:
        """Nearest first."""
        told = [each.model_copy(update={"distance_m": self.metres[each.outlet_id]}) for each in self.outlets.values()]
        return sorted(told, key=lambda part: (part.distance_m, part.outlet_id))

    def documents(self) -> list[str]:
        """Of each campaign told of, by their numbers."""
        told = sorted([*self.in_scope, *self.nearby], key=lambda each: each.campaign.campaign_id)
        known = sorted([self.here.outlet_id, *self.outlets])
        return [each.document([one for one in known if one in (each.campaign.outlets or ())]) for each in told]


class Memory:
    """What this process read last, for all its threads.

    `verified`: of an outlet, the count of changes after which its snapshot, of this version, was still as it should be.
    """

    def __init__(self) -> None:
        self._lock, self._last = Lock(), Surroundings(-1, {}, Places([]), ())
        self.verified: dict[int, tuple[int, int]] = {}

    def surroundings(self, connection: Connection) -> Surroundings:
        """As the database has them now."""
        count = changes(connection)
        if self._last.changes != count:
            with self._lock:
                if self._last.changes != count:
                    self._last = _read(connection, count)
        return self._last


def _read(connection: Connection, count: int) -> Surroundings:
    outlets = {each.outlet_id: each for each in open_outlets(connection)}
    places = Places((each.outlet_id, place) for each in outlets.values() if (place := _place(each)) is not None)
    documents = {parsed(text).campaign_id: text for text in campaign_rows.open_documents(connection)}
    campaigns = as_taken_part_in(connection, {each: parsed(text) for each, text in documents.items()})
    told = tuple(_told(json.loads(documents[each]), campaign) for each, campaign in sorted(campaigns.items()))
    return Surroundings(count, outlets, places, told)


def _told(document: dict[str, Any], campaign: Campaign) -> Told:
    document.pop("outlets", None)
    head = json.dumps(document, ensure_ascii=False, separators=(",", ":"))[:-1] + ","
    return Told(campaign, head, frozenset(offer.picture for offer in campaign.offers))


def _place(outlet: OutletPart) -> Degrees | None:
    if outlet.latitude is None or outlet.longitude is None:
        return None
    return outlet.latitude, outlet.longitude
