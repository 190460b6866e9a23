"""Each first step by one click: sample outlets, sample campaigns that are open now, a till's invitation, a coupon."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from merchant_app.domain.campaign_life import LifeStep
from merchant_app.domain.kinds import ANY_OUTLET, Bilingual, CampaignId, OutletId
from merchant_app.resources import resource_path
from merchant_app.server.central import Central
from merchant_app.server.db import campaigns as campaign_rows
from merchant_app.server.db.outlets import open_outlets
from merchant_app.server.services.campaign_desk import RoundState, add, check, round_state, take_step
from merchant_app.server.services.campaign_desk.author import Author
from merchant_app.server.services.campaigns import is_issuing, parsed
from merchant_app.server.services.enrolling import invite, server_url
from merchant_app.server.services.issuing import Issued, Wanted, issue
from merchant_app.server.services.operators.deeds import Deed, note_done
from merchant_app.server.services.outlet_import import import_outlets
from merchant_app.wire.catalogue import OutletPart
from merchant_app.wire.sample_documents import sample_starting_on

_BEGAN = {"jiangbei": timedelta(days=0), "hotpot": timedelta(days=3)}
"""Sample -> how long ago it begins: the second is open at any hour of its first two weeks."""
_ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class FirstInvitation:
    outlet: OutletPart
    code: str
    qr_text: str | None
    """None: nobody has said yet at which address this server is reached."""
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class FirstCoupon:
    """A bearer coupon to show to a till's camera."""

    campaign: Bilingual
    offer: Bilingual
    issued: Issued
    zone: ZoneInfo


def import_sample_outlets(central: Central, by: Author) -> int:
    """How many were taken in."""
    text = resource_path("outlets.csv").read_text(encoding="utf-8-sig")
    return import_outlets(central, text, by=by.operator_id).taken


def load_samples(central: Central, by: Author) -> int:
    """How many of the sample campaigns are drafts now; one that was opened before stays as it is."""
    today, loaded = central.now().astimezone(_ZONE).date(), 0
    for name, ago in _BEGAN.items():
        text = json.dumps(sample_starting_on(name, today - ago), ensure_ascii=False)
        _campaign, document, pictures = check(text, [resource_path("offers")])
        loaded += add(central, document, pictures, by)
    return loaded


def note_rehearsal(central: Central, campaign_id: int, by: Author) -> bool:
    """That somebody has looked at what tills will say of this campaign; False: there is none such."""
    with central.database.reading() as connection:
        if campaign_rows.campaign_of(connection, campaign_id) is None:
            return False
    note_done(central, by.operator_id, Deed.CAMPAIGN_REHEARSED, campaign_id)
    return True


def open_draft(central: Central, campaign_id: int, by: Author) -> bool:
    """False: it is no draft."""
    return take_step(central, campaign_id, LifeStep.OPEN, by) is None


def invite_first_till(central: Central, by: Author, outlet_id: int | None = None) -> FirstInvitation | None:
    """For a till of this outlet, or of the first there is; None: there is none."""
    with central.database.reading() as connection:
        there = sorted(open_outlets(connection), key=lambda outlet: outlet.outlet_id)
    outlet = next((each for each in there if outlet_id in (None, each.outlet_id)), None)
    made = (
        None if outlet is None else invite(central, OutletId(outlet.outlet_id), server_url(central), by=by.operator_id)
    )
    if outlet is None or made is None:
        return None
    invitation, expires_at = made
    qr_text = None if invitation.server is None else invitation.as_qr_text()
    return FirstInvitation(outlet, invitation.as_code(), qr_text, expires_at)


def issue_first_coupon(central: Central, by: Author) -> FirstCoupon | None:
    """From the first open round with stock of any open campaign; None: no round hands out coupons now."""
    with central.database.reading() as connection:
        kept = [each for each in campaign_rows.all_campaigns(connection) if is_issuing(each)]
    for campaign in (parsed(each.document) for each in kept):
        for index, each in enumerate(campaign.rounds):
            if round_state(each, central.now()) is not RoundState.OPEN:
                continue
            wanted = Wanted(CampaignId(campaign.campaign_id), index, 0, 1, outlet_id=ANY_OUTLET, on_paper=True)
            made = issue(central, wanted)
            if isinstance(made, list):
                note_done(central, by.operator_id, Deed.COUPONS_ISSUED, campaign.campaign_id, count=1)
                return FirstCoupon(campaign.name, campaign.offers[0].title, made[0], campaign.zone)
    return None
