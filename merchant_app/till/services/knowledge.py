"""What this till knows to judge by: keys, campaigns, its outlet, the neighbours. Read from the stored catalogue."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from nacl.signing import VerifyKey

from merchant_app.domain.campaign import Campaign
from merchant_app.domain.coupon_code import IssuingKey
from merchant_app.domain.judging import Neighbour, Outlet
from merchant_app.domain.kinds import Bilingual, CampaignId, OutletId
from merchant_app.errors import CampaignDocumentError
from merchant_app.till.db import catalogue
from merchant_app.till.db.catalogue import Part
from merchant_app.till.home import HOME_ZONE
from merchant_app.wire.campaign_document import parse_campaign
from merchant_app.wire.catalogue import CampaignsPart, Keys, OutletAndNeighbours, OutletPart, SignedDocument, StaffPart

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """One frozen state of the catalogue. `outlet` is None before the first catalogue came."""

    version: int = 0
    outlet: OutletPart | None = None
    keys: Mapping[int, IssuingKey] = field(default_factory=dict)
    campaigns: Mapping[CampaignId, Campaign] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    neighbours: tuple[Neighbour, ...] = ()
    staff: StaffPart = field(default_factory=lambda: StaffPart(staff=[]))

    @property
    def zone(self) -> ZoneInfo:
        """The zone of this outlet's days: its campaigns'. Outlets name no zone of their own."""
        return next((campaign.zone for campaign in self.campaigns_here()), HOME_ZONE)

    def campaigns_here(self) -> list[Campaign]:
        """Those that take this outlet; the others are known so that it can be said which outlets do."""
        here = self.outlet
        if here is None:
            return []
        place = (OutletId(here.outlet_id), here.district, here.category)
        return [campaign for campaign in self.campaigns.values() if campaign.takes(*place)]

    def here(self) -> Outlet:
        """The outlet as `judge` sees it. Raises `LookupError` before the first catalogue."""
        if self.outlet is None:
            raise LookupError("no catalogue yet")
        return Outlet(OutletId(self.outlet.outlet_id), self.outlet.district, self.outlet.category)

    def outlet_name(self, outlet_id: OutletId) -> Bilingual | None:
        if self.outlet is not None and outlet_id == self.outlet.outlet_id:
            return Bilingual(self.outlet.name_zh, self.outlet.name_en)
        return next((near.name for near in self.neighbours if near.outlet_id == outlet_id), None)

    def outlet_distance(self, outlet_id: OutletId) -> int | None:
        """In metres from here; None for an outlet that is not near, or is this one."""
        return next((near.distance_m for near in self.neighbours if near.outlet_id == outlet_id), None)


class Shelf:
    """Hands out the newest `Knowledge`; reads it again only when the stored catalogue has changed."""

    def __init__(self, read: Callable[[], Mapping[str, Part]]) -> None:
        self._read = read
        self._knowledge = read_knowledge(read())

    def __call__(self) -> Knowledge:
        return self._knowledge

    def refresh(self) -> None:
        self._knowledge = read_knowledge(self._read())


def read_knowledge(parts: Mapping[str, Part]) -> Knowledge:
    """Parts that were checked when they were taken over; what is missing is simply not known."""
    if catalogue.SNAPSHOT not in parts or catalogue.KEYS not in parts:
        return Knowledge()
    keys = Keys.model_validate_json(SignedDocument.model_validate_json(parts[catalogue.KEYS].content).content)
    outlets = OutletAndNeighbours.model_validate_json(parts["outlet"].content)
    campaigns = CampaignsPart.model_validate_json(parts["campaigns"].content)
    parsed = list(_readable(campaigns))
    return Knowledge(
        version=parts[catalogue.SNAPSHOT].version,
        outlet=outlets.outlet,
        keys=_key_ring(keys),
        campaigns={campaign.campaign_id: campaign for campaign in parsed},
        pictures=campaigns.pictures,
        neighbours=tuple(_neighbour(near) for near in outlets.neighbours),
        staff=StaffPart.model_validate_json(parts["staff"].content),
    )


def _readable(part: CampaignsPart) -> Iterator[Campaign]:
    """A campaign that only a newer till can read is simply not known here; the others stay in use."""
    for document in part.campaigns:
        try:
            yield parse_campaign(document)
        except CampaignDocumentError as error:
            log.warning("campaign %s cannot be read by this version: %s", document.get("campaign_id"), error)


def _key_ring(keys: Keys) -> dict[int, IssuingKey]:
    return {
        key.key_index: IssuingKey(
            key.key_index,
            CampaignId(key.campaign_id),
            VerifyKey(bytes.fromhex(key.public_key)),
            key.valid_from,
            key.valid_until,
            key.revoked_at,
        )
        for key in keys.issuing_keys
    }


def _neighbour(near: OutletPart) -> Neighbour:
    name = Bilingual(near.name_zh, near.name_en)
    return Neighbour(OutletId(near.outlet_id), name, near.district, near.category, near.distance_m)
