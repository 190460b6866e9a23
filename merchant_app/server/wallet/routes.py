"""`/c/{link_id}`: the page that a claim link leads to, its form, and the offers' pictures."""

import re
from typing import Annotated

from fastapi import APIRouter, Form, Path, Request
from fastapi.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from merchant_app.server.api.claims import DoorPart, answer_of
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.services.claiming.asking import NotClaimed, WantedClaim
from merchant_app.server.services.claiming.door import ClaimDoor, ComeBack
from merchant_app.server.services.claiming.showing import ShownLink, claims_in
from merchant_app.server.services.publishing import picture
from merchant_app.server.wallet.claim_page import Pressed, claim_page, refused
from merchant_app.server.wallet.keeping import give_wallet, wallet_id_of
from merchant_app.server.wallet.pages import page, words_of
from merchant_app.wire.claiming import LINK_ID

router = APIRouter()

_CLAIM_ID = r"^[!-~]{1,64}$"


@router.get("/pictures/{sha256}")
def get_picture(central: CentralPart, sha256: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]) -> Response:
    """An offer's picture, named by its content."""
    found = picture(central, sha256)
    if found is None:
        raise HTTPException(404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "X-Content-Type-Options": "nosniff"}
    return Response(found.content, media_type=found.media_type, headers=headers)


@router.get("/{link_id}")
def show_claim_page(request: Request, central: CentralPart, door: DoorPart, link_id: str, claim: str = "") -> Response:
    """`?claim=` names the claim that has just been given."""
    shown = _shown(door, link_id)
    answer = _page(request, central, shown, Pressed(claim, -1) if claim else None)
    if wallet_id_of(request) is None:
        give_wallet(request, answer, central.random_below)
    return answer


@router.post("/{link_id}")
async def claim_by_form(
    request: Request,
    central: CentralPart,
    door: DoorPart,
    link_id: str,
    claim_id: Annotated[str, Form(pattern=_CLAIM_ID)],
    offer_index: Annotated[int, Form(ge=0, lt=1000)],
) -> Response:
    """One press of a button. The same form sent again is the same claim, and is answered the same."""
    shown = await run_in_threadpool(_shown, door, link_id)
    status, pressed = await _press(
        request, door, WantedClaim(link_id, wallet_id_of(request) or "", claim_id, offer_index)
    )
    if pressed.code is None:
        return RedirectResponse(f"{request.url.path}?claim={claim_id}", 303)
    return await run_in_threadpool(_page, request, central, shown, pressed, status)


async def _press(request: Request, door: ClaimDoor, wanted: WantedClaim) -> tuple[int, Pressed]:
    """What the page says, and with which status."""
    claim_id, offer_index = wanted.claim_id, wanted.offer_index
    if not wanted.wallet_id:
        return 401, Pressed(claim_id, offer_index, "no_wallet")
    in_line = door.ask(wanted, request.client.host if request.client else "nowhere")
    if isinstance(in_line, ComeBack):
        status, code = (429, "too_fast") if in_line.too_fast else (503, "busy")
        return status, Pressed(claim_id, offer_index, code)
    answer = await answer_of(request, in_line)
    return (
        (409, refused(claim_id, offer_index, answer))
        if isinstance(answer, NotClaimed)
        else (200, Pressed(claim_id, offer_index))
    )


def _shown(door: ClaimDoor, link_id: str) -> ShownLink:
    shown = door.links.of(link_id) if re.match(LINK_ID, link_id) else None
    if shown is None:
        raise HTTPException(404)
    return shown


def _page(
    request: Request, central: Central, shown: ShownLink, pressed: Pressed | None = None, status: int = 200
) -> Response:
    wallet_id = wallet_id_of(request)
    claims = [] if wallet_id is None else claims_in(central, shown.campaign.campaign_id, wallet_id)
    made = claim_page(words_of(request), shown, claims, now=central.now(), new_id=central.new_id, pressed=pressed)
    return page(request, "claim.html", status=status, made=made)
