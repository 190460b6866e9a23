"""`/console/outlets/opting`: which outlets take part in a campaign, changed one by one, by filter or by a table."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from merchant_app.domain.kinds import CampaignId
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.outlets import choosing
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.who import Form, Operator
from merchant_app.server.services import outlet_desk
from merchant_app.server.services.outlet_import.lines import BadLine
from merchant_app.server.services.outlet_import.table import LARGEST_FILE, decoded, read_outlet_ids
from merchant_app.server.services.participation import (
    Opted,
    Part,
    go_by_opting_in,
    opt_in,
    opt_out,
    outlets_like,
    part_of,
)
from merchant_app.wording.participation import why_left

router = APIRouter(prefix="/opting")

SHOWN = 200
_LARGEST_ID = 1 << 32


@router.get("")
def show_part(
    request: Request, central: CentralPart, campaign: Annotated[int | None, Query(ge=1, lt=_LARGEST_ID)] = None
) -> Response:
    """A campaign is chosen first; the youngest is, where there is one."""
    known = outlet_desk.choices(central).campaigns
    chosen = campaign or (known[0].campaign_id if known else None)
    part = None if chosen is None else part_of(central, CampaignId(chosen))
    if chosen is not None and part is None:
        raise HTTPException(404)
    return _shown(request, central, part)


@router.post("/{campaign_id}/by")
def change_how(request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: int) -> Response:
    """All outlets in the campaign's scope, or only those that opt in."""
    by_opt_in = form.get("by_opt_in") == "yes"
    chosen = CampaignId(campaign_id)
    if not go_by_opting_in(central, chosen, by_opt_in=by_opt_in, by=operator.operator_id):
        raise HTTPException(404)
    return done(request, f"/console/outlets/opting?campaign={campaign_id}", words_of(request)._("Changed."))


@router.post("/{campaign_id}")
def opt_many(request: Request, central: CentralPart, operator: Operator, form: Form, campaign_id: int) -> Response:
    """In or out: numbers, a table of numbers, or all of a district and category."""
    chosen, words = CampaignId(campaign_id), words_of(request)
    part = part_of(central, chosen)
    if part is None:
        raise HTTPException(404)
    outlet_ids = _named(central, form)
    if isinstance(outlet_ids, BadLine) or not outlet_ids:
        error = words._("Name outlets by number, by a table, or by district or category.")
        return _shown(request, central, part, errors={"outlets": error})
    change = opt_out if form.get("way") == "out" else opt_in
    opted = change(central, chosen, outlet_ids, by=operator.operator_id)
    if opted is None:
        return _shown(request, central, part, errors={"outlets": words._("This campaign takes every outlet.")})
    sentence = words.n_("{count} outlet changed.", "{count} outlets changed.", opted.changed)
    back = str(form.get("back", ""))
    if not opted.left:
        return done(request, _back_to(back, campaign_id), sentence)
    return _shown(request, central, part_of(central, chosen), opted=opted)


def _back_to(back: str, campaign_id: int) -> str:
    return f"/console/outlets/{back}" if back.isdecimal() else f"/console/outlets/opting?campaign={campaign_id}"


def _named(central: Central, form: FormData) -> set[int] | BadLine:
    """The outlets that a form names in any of its ways, together."""
    words = str(form.get("outlets", "")).replace(",", " ").replace("，", " ").split()
    named = {int(word) for word in words if word.isascii() and word.isdecimal() and len(word) <= 9}
    file = form.get("table")
    if isinstance(file, UploadFile) and file.filename:
        text = decoded(file.file.read(LARGEST_FILE))
        if isinstance(text, BadLine):
            return text
        named |= read_outlet_ids(text)
    district, category = str(form.get("district", "")), str(form.get("category", ""))
    if form.get("everyone") or district or category:
        named |= outlets_like(central, district or None, category or None)
    return named


def _shown(
    request: Request,
    central: Central,
    part: Part | None,
    *,
    opted: Opted | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    words, now, left = words_of(request), central.now(), []
    if opted is not None and part is not None:
        zone = part.campaign.zone
        left = [
            (each.outlet_id, why_left(words, each.why.value, until=each.until, now=now, zone=zone))
            for each in opted.left[:SHOWN]
        ]
    return page(
        request,
        "outlets/opting.html",
        status=422 if errors else 200,
        part=part,
        opted=opted,
        left=left,
        errors=errors or {},
        choices=outlet_desk.choices(central),
        categories=choosing.categories(words),
    )
