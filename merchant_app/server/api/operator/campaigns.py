"""`/api/operator/campaigns`: how campaigns stand, the steps of their lives, and their claim links."""

from typing import Annotated

from fastapi import APIRouter, Path

from merchant_app.domain.campaign_life import LifeStep
from merchant_app.domain.kinds import Bilingual, CampaignId
from merchant_app.server.api.describing import refusals
from merchant_app.server.api.operator.shapes import (
    CampaignDetail,
    CampaignList,
    CampaignSummary,
    ClaimLink,
    ClaimLinkList,
    OfferMeter,
    RoundMeter,
    WantedLink,
)
from merchant_app.server.api.operator.who import REFUSED, ByToken, CampaignPath, refused
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.db.claim_links import KeptLink
from merchant_app.server.services.campaign_desk import NotChanged, Overview, look, look_at_all, round_state, take_step
from merchant_app.server.services.campaign_desk.author import Author
from merchant_app.server.services.claiming.links import NotLinked, close_link, link_url, links_in, make_link
from merchant_app.wire.claiming import LINK_ID, BothLanguages
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api/operator", tags=["operator: campaigns"], responses=REFUSED)

LinkPath = Annotated[str, Path(pattern=LINK_ID)]
_STAYS = {
    NotChanged.UNKNOWN_CAMPAIGN: Code.UNKNOWN_CAMPAIGN,
    NotChanged.NOT_OPEN: Code.NOT_OPEN,
    NotChanged.ALREADY_OPEN: Code.ALREADY_OPEN,
    NotChanged.ALREADY_PAUSED: Code.ALREADY_PAUSED,
    NotChanged.CLOSED: Code.CAMPAIGN_CLOSED,
}


@router.get("/campaigns")
def list_campaigns(central: CentralPart, _token: ByToken) -> CampaignList:
    """Every campaign, the youngest first."""
    return CampaignList(campaigns=[CampaignSummary(**_summary(each)) for each in look_at_all(central)])


@router.get("/campaigns/{campaign_id}", responses=refusals(Code.UNKNOWN_CAMPAIGN))
def show_campaign(central: CentralPart, _token: ByToken, campaign_id: CampaignPath) -> CampaignDetail:
    """One campaign with the stock of its rounds and its budget."""
    return _detail(central, campaign_id)


@router.get("/campaigns/{campaign_id}/claim-links", responses=refusals(Code.UNKNOWN_CAMPAIGN))
def list_claim_links(central: CentralPart, _token: ByToken, campaign_id: CampaignPath) -> ClaimLinkList:
    """Its links by which people claim, by round."""
    found = links_in(central, CampaignId(campaign_id))
    if found is None:
        raise refused("unknown_campaign")
    return ClaimLinkList(links=[_link(central, each.link) for each in found.links])


@router.post(
    "/claim-links",
    status_code=201,
    responses=refusals(*(Code(why.value) for why in NotLinked)),
)
def make_claim_link(central: CentralPart, token: ByToken, wanted: WantedLink) -> ClaimLink:
    """A new link for a round and a channel."""
    made = make_link(central, CampaignId(wanted.campaign_id), wanted.round_index, wanted.channel, by=token.operator_id)
    if isinstance(made, NotLinked):
        raise refused(made.value)
    return _link(central, made)


@router.post("/campaigns/{campaign_id}/steps/{step}", responses=refusals(*_STAYS.values()))
def take_campaign_step(
    central: CentralPart, token: ByToken, campaign_id: CampaignPath, step: LifeStep
) -> CampaignDetail:
    """Opens, pauses, resumes or closes it. Pausing and closing stop issuing only: holders keep what they have."""
    why_not = take_step(central, campaign_id, step, Author(token.operator, token.operator_id))
    if why_not is not None:
        raise refused(_STAYS[why_not])
    return _detail(central, campaign_id)


@router.delete("/claim-links/{link_id}", responses=refusals(Code.UNKNOWN_LINK))
def close_claim_link(central: CentralPart, token: ByToken, link_id: LinkPath) -> ClaimLink:
    """Closes it for good; what was claimed by it stays good."""
    closed = close_link(central, link_id, by=token.operator_id)
    if closed is None:
        raise refused("unknown_link")
    return _link(central, closed)


def _detail(central: Central, campaign_id: int) -> CampaignDetail:
    seen, now = look(central, campaign_id), central.now()
    if seen is None:
        raise refused("unknown_campaign")
    rounds = [
        RoundMeter(
            round_index=each.round_index,
            opens_at=each.opens_at,
            closes_at=each.closes_at,
            state=round_state(each, now),
            offers=[
                OfferMeter(
                    offer_index=shelf.offer_index,
                    title=_both(seen.campaign.offers[shelf.offer_index].title),
                    issued=shelf.issued,
                    stock=shelf.stock,
                )
                for shelf in seen.of_round(each.round_index)
            ],
        )
        for each in seen.campaign.rounds
    ]
    return CampaignDetail(**_summary(seen), rounds=rounds)


def _summary(seen: Overview) -> dict[str, object]:
    campaign, kept = seen.campaign, seen.kept
    return {
        "campaign_id": campaign.campaign_id,
        "name": _both(campaign.name),
        "time_zone": campaign.zone.key,
        "starts_at": campaign.starts_at,
        "ends_at": campaign.ends_at,
        "budget_fen": campaign.budget_fen,
        "counted_fen": seen.counted_fen,
        "issued": seen.issued,
        "stock": seen.stock,
    } | {name: getattr(kept, name) for name in ("state", "version", "opened_at", "paused_at", "closed_at")}


def _link(central: Central, link: KeptLink) -> ClaimLink:
    names = ("link_id", "round_index", "channel", "made_at", "closed_at")
    return ClaimLink(url=link_url(central, link.link_id), **{name: getattr(link, name) for name in names})


def _both(both: Bilingual) -> BothLanguages:
    return BothLanguages(zh=both.zh, en=both.en)
