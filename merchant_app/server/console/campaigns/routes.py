"""`/console/campaigns`: all of them, one of them with its meters, its life, its versions and its documents."""

import json
from typing import Any

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.domain.campaign_life import LifeStep
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.campaigns import making, rehearsing
from merchant_app.server.console.campaigns.story import changes, moments
from merchant_app.server.console.pages import done, page, part, words_of
from merchant_app.server.console.who import Operator, area
from merchant_app.server.services.campaign_desk import (
    Author,
    Overview,
    delete_draft,
    look,
    look_at_all,
    round_state,
    take_step,
    versions,
)
from merchant_app.server.services.publishing import picture
from merchant_app.wording import Words
from merchant_app.wording.campaigns import round_state_name, state_name
from merchant_app.wording.offers import benefit
from merchant_app.wording.operating import why_not_changed

router = area("campaigns")
router.include_router(making.router)


def _of_states(words: Words) -> dict[str, Any]:
    return {
        "state_name": lambda state: state_name(words, state),
        "round_state": round_state,
        "round_state_name": lambda state: round_state_name(words, state),
        "benefit": lambda offer: benefit(words, offer),
    }


def _seen(central: Central, campaign_id: int) -> Overview:
    seen = look(central, campaign_id)
    if seen is None:
        raise HTTPException(404)
    return seen


@router.get("")
def list_campaigns(request: Request, central: CentralPart) -> Response:
    return page(request, "campaigns/list.html", campaigns=look_at_all(central), **_of_states(words_of(request)))


@router.get("/pictures/{sha256}")
def get_picture(central: CentralPart, sha256: str) -> Response:
    found = picture(central, sha256)
    if found is None:
        raise HTTPException(404)
    return Response(found.content, media_type=found.media_type, headers={"Cache-Control": "private, max-age=86400"})


@router.get("/{campaign_id}")
def show_campaign(request: Request, central: CentralPart, campaign_id: int) -> Response:
    words, seen = words_of(request), _seen(central, campaign_id)
    shown = {"seen": seen, "moments": moments(words, seen.campaign), **_of_states(words)}
    return page(request, "campaigns/detail.html", versions=changes(words, versions(central, campaign_id)), **shown)


@router.get("/{campaign_id}/meters")
def show_meters(request: Request, central: CentralPart, campaign_id: int) -> Response:
    """The part of its page that moves."""
    return part(request, "campaigns/meters.html", seen=_seen(central, campaign_id), **_of_states(words_of(request)))


@router.get("/{campaign_id}/document.json")
def get_document(central: CentralPart, campaign_id: int, version: int | None = None) -> Response:
    """The document as it stands, or as it was."""
    text = _seen(central, campaign_id).kept.document
    if version is not None:
        text = next((each.document for each in versions(central, campaign_id) if each.version == version), "")
    if not text:
        raise HTTPException(404)
    named = {"Content-Disposition": f'attachment; filename="campaign-{campaign_id}.json"'}
    content = json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    return Response(content, media_type="application/json", headers=named)


@router.post("/{campaign_id}/delete")
def delete_campaign(request: Request, central: CentralPart, operator: Operator, campaign_id: int) -> Response:
    words = words_of(request)
    if not delete_draft(central, campaign_id, Author(operator.name, operator.operator_id)):
        sentence = words._("There is no draft of a campaign {campaign_id}.", campaign_id=campaign_id)
        return done(request, "/console/campaigns", sentence, "bad")
    sentence = words._("The draft of campaign {campaign_id} is deleted.", campaign_id=campaign_id)
    return done(request, "/console/campaigns", sentence)


@router.post("/{campaign_id}/step/{step}")
def change_state(
    request: Request, central: CentralPart, operator: Operator, campaign_id: int, step: LifeStep
) -> Response:
    """Opens, pauses, resumes or closes."""
    words = words_of(request)
    why_not = take_step(central, campaign_id, step, Author(operator.name, operator.operator_id))
    to = f"/console/campaigns/{campaign_id}"
    if why_not is not None:
        return done(request, to, why_not_changed(words, why_not.value, campaign_id), "bad")
    sentences = {
        LifeStep.OPEN: words._("Campaign {campaign_id} is open.", campaign_id=campaign_id),
        LifeStep.PAUSE: words._("Campaign {campaign_id} is paused.", campaign_id=campaign_id),
        LifeStep.RESUME: words._("Campaign {campaign_id} goes on.", campaign_id=campaign_id),
        LifeStep.CLOSE: words._("Campaign {campaign_id} is closed.", campaign_id=campaign_id),
    }
    return done(request, to, sentences[step])


router.include_router(rehearsing.router)
