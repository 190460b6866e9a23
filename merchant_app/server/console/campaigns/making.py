"""`/console/campaigns/new` and `.../edit`: a campaign is made, and amended, by a form of its document's fields."""

import json
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.errors import CampaignDocumentError
from merchant_app.resources import resource_path
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.campaigns.form import Fields, filled, read, take
from merchant_app.server.console.campaigns.form.steps import blank
from merchant_app.server.console.campaigns.saving import A_NEW_ONE, Target, save, with_pictures
from merchant_app.server.console.campaigns.showing import beside, said
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.templating import ZONE
from merchant_app.server.console.who import Form, Operator
from merchant_app.server.services.campaign_desk import Author, check, free_number, keep_picture, look
from merchant_app.server.services.campaign_desk.drafting import stored_text
from merchant_app.server.services.participation import part_of
from merchant_app.wire.sample_documents import SAMPLES, sample_starting_on

router = APIRouter()
LARGEST_DOCUMENT = 1024 * 1024


@router.get("/new")
def choose_how(request: Request, central: CentralPart) -> Response:
    return _ways_in(request, central)


@router.get("/new/form")
def new_form(
    request: Request, central: CentralPart, sample: str = "", starts_on: Annotated[date | None, Query()] = None
) -> Response:
    today = central.now().astimezone(ZONE).date()
    if not sample:
        return _form(request, A_NEW_ONE, blank(today, free_number(central, today)))
    if sample not in SAMPLES:
        raise HTTPException(404)
    day = starts_on or today + timedelta(days=7)
    document = _with_its_pictures(central, sample_starting_on(sample, day))
    return _form(request, A_NEW_ONE, filled({**document, "campaign_id": free_number(central, day)}))


@router.post("/new/document")
def new_from_document(request: Request, central: CentralPart, form: Form) -> Response:
    """A document that was sent up is shown in the form; one with mistakes is not, and they are named."""
    sent = form.get("document")
    text = sent.file.read(LARGEST_DOCUMENT).decode(errors="replace") if isinstance(sent, UploadFile) else ""
    try:
        document = _with_its_pictures(central, _named(text))
    except CampaignDocumentError as error:
        return _ways_in(request, central, said(words_of(request), error.mistakes))
    return _form(request, A_NEW_ONE, filled(document), here="/console/campaigns/new/form")


@router.post("/new/form")
def save_new(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    return _sent(request, central, form, A_NEW_ONE, Author(operator.name, operator.operator_id))


@router.get("/{campaign_id}/edit")
def edit_form(request: Request, central: CentralPart, campaign_id: int) -> Response:
    seen = look(central, campaign_id)
    if seen is None:
        raise HTTPException(404)
    fields = filled(json.loads(seen.kept.document))
    part = part_of(central, seen.campaign.campaign_id)
    fields.put("by_opt_in", "1" if part is not None and part.by_opt_in else "")
    return _form(request, Target.of(seen), fields)


@router.post("/{campaign_id}/edit")
def save_edited(request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: int) -> Response:
    seen = look(central, campaign_id)
    if seen is None:
        raise HTTPException(404)
    return _sent(request, central, form, Target.of(seen), Author(operator.name, operator.operator_id))


def _sent(request: Request, central: Central, form: FormData, target: Target, by: Author) -> Response:
    """A step draws the form anew; without one it is saved, or drawn with what is wrong."""
    fields, words = Fields.of_form(form), words_of(request)
    bad_pictures = with_pictures(central, fields, form)
    step = fields.one("step")
    if step:
        take(step, fields)
        return _form(request, target, fields, said(words, bad_pictures))
    document, mistakes = read(fields)
    saved = [*bad_pictures, *mistakes] or save(central, target, document, fields, by)
    if isinstance(saved, list):
        return _form(request, target, fields, said(words, saved), status=422)
    return done(request, f"/console/campaigns/{document['campaign_id']}", saved.said(words), saved.tone)


def _form(
    request: Request,
    target: Target,
    fields: Fields,
    mistakes: list[tuple[str, str]] | None = None,
    *,
    status: int = 200,
    **more: Any,
) -> Response:
    words = words_of(request)
    title = words._("New campaign") if target.is_new else words._("Edit campaign {id}", id=target.campaign_id)
    lead = words._("A draft is seen by nobody until it is opened.") if not target.is_open else ""
    shown = beside(words, fields, mistakes or [])
    back_to = "/console/campaigns" if target.is_new else f"/console/campaigns/{target.campaign_id}"
    shown |= {"title": title, "lead": lead, "back_to": back_to, "is_new": target.is_new, "amending": target.is_open}
    return page(
        request,
        "campaigns/form.html",
        status=status,
        instead_of=fields.one("instead_of") or target.version,
        **shown,
        **more,
    )


def _ways_in(request: Request, central: Central, mistakes: list[tuple[str, str]] | None = None) -> Response:
    starts_on = central.now().astimezone(ZONE).date() + timedelta(days=7)
    shown = beside(words_of(request), Fields(), mistakes or [])
    status = 422 if mistakes else 200
    return page(request, "campaigns/new.html", status=status, starts_on=starts_on, samples=SAMPLES, **shown)


def _named(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise CampaignDocumentError([("(document)", f"JSON: {error}")]) from None


def _with_its_pictures(central: Central, document: Any) -> dict[str, Any]:
    """The document with its pictures kept on the server and named by their hash. Raises `CampaignDocumentError`."""
    _, checked, found = check(json.dumps(document), [resource_path("offers")])
    for picture in found.values():
        keep_picture(central, picture)
    named: dict[str, Any] = json.loads(stored_text(checked, found))
    return named
