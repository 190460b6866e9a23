"""`GET /api/claim-links/{link_id}` shows what a link gives; `POST .../claims` takes a coupon of it for a wallet."""

import asyncio
import re
from concurrent.futures import Future
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.responses import Response

from merchant_app.domain.kinds import Bilingual
from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError, as_response
from merchant_app.server.api.who import CentralPart
from merchant_app.server.services.claiming.asking import Claimed, NotClaimedWhy, WantedClaim, wallet_of
from merchant_app.server.services.claiming.door import ClaimDoor, ComeBack
from merchant_app.server.services.claiming.serving import Answer
from merchant_app.server.services.claiming.showing import ShownLink
from merchant_app.wire.claiming import (
    LINK_ID,
    WALLET_SECRET,
    BothLanguages,
    ClaimAnswer,
    ClaimRefusal,
    ClaimRequest,
    LinkAnswer,
    ShownOffer,
)
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api/claim-links", tags=["claiming"])

LinkId = Annotated[str, Path(pattern=LINK_ID)]
_STATUS = {NotClaimedWhy.UNKNOWN_LINK: 404, NotClaimedWhy.LINK_CLOSED: 410}
_REFUSED = (Code.NO_WALLET, Code.TOO_FAST, *(Code(why.value) for why in NotClaimedWhy))


def claim_door_of(request: Request) -> ClaimDoor:
    door: ClaimDoor = request.app.state.claim_door
    return door


def asking_wallet(token: Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False))]) -> str:
    """The id of the wallet whose secret the request carries. Refused: `no_wallet`."""
    if token is None or re.match(WALLET_SECRET, token.credentials) is None:
        raise RefusalError(401, "no_wallet", "at least 128 random bits as hex or base64url, as a bearer token")
    return wallet_of(token.credentials)


DoorPart = Annotated[ClaimDoor, Depends(claim_door_of)]


@router.get("/{link_id}", responses=refusals(Code.UNKNOWN_LINK))
async def show_link(central: CentralPart, door: DoorPart, link_id: LinkId) -> LinkAnswer:
    """For anybody who has the link; what is left is a second old at most."""
    shown = door.links.of(link_id) if door.links.is_fresh(link_id) else await run_in_threadpool(door.links.of, link_id)
    if shown is None:
        raise RefusalError(404, NotClaimedWhy.UNKNOWN_LINK, "no such link")
    now, campaign = central.now(), shown.campaign
    return LinkAnswer(
        link_id=link_id,
        campaign_id=campaign.campaign_id,
        name=_both(campaign.name),
        organiser=_both(campaign.organiser),
        time_zone=campaign.zone.key,
        round_index=shown.link.round_index,
        opens_at=shown.issue_round.opens_at,
        closes_at=shown.issue_round.closes_at,
        now=now,
        refused_because=shown.refused_because(now),
        offers=_offers(shown),
    )


@router.post(
    "/{link_id}/claims",
    response_model=ClaimAnswer,
    responses={status: {**told, "model": ClaimRefusal} for status, told in refusals(*_REFUSED).items()},
)
async def make_claim(
    door: DoorPart,
    link_id: LinkId,
    wallet_id: Annotated[str, Depends(asking_wallet)],
    asked: ClaimRequest,
    request: Request,
) -> Response:
    """A coupon of the offer, once for this wallet and claim_id, however often it is asked for."""
    address = request.client.host if request.client else "nowhere"
    in_line = door.ask(WantedClaim(link_id, wallet_id, asked.claim_id, asked.offer_index), address)
    if isinstance(in_line, ComeBack):
        status, code = (429, "too_fast") if in_line.too_fast else (503, "busy")
        raise RefusalError(status, code, retry_after=in_line.seconds)
    answer = await answer_of(request, in_line)
    if isinstance(answer, Claimed):
        return Response(_claimed(asked.claim_id, answer).as_json(), media_type="application/json")
    return as_response(_STATUS.get(answer.why, 409), ClaimRefusal(code=answer.why, possible_from=answer.possible_from))


async def answer_of(request: Request, in_line: "Future[Answer]") -> Answer:
    """Waits in line, and leaves it when the caller has gone."""
    answer = asyncio.wrap_future(in_line)
    gone = asyncio.ensure_future(_gone(request))
    gone.add_done_callback(lambda _: answer.cancel())
    try:
        return await answer
    except asyncio.CancelledError:
        raise RefusalError(503, "busy", "the caller has gone") from None
    finally:
        gone.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _claimed(claim_id: str, given: Claimed) -> ClaimAnswer:
    return ClaimAnswer(
        claim_id=claim_id,
        campaign_id=given.campaign_id,
        round_index=given.round_index,
        offer_index=given.offer_index,
        serial=str(given.serial),
        coupon_number=given.coupon_number,
        claimed_at=given.claimed_at,
        ends_at=given.ends_at,
    )


def _offers(shown: ShownLink) -> list[ShownOffer]:
    return [
        ShownOffer(
            offer_index=offer.offer_index,
            title=_both(offer.title),
            terms=_both(offer.terms),
            picture=offer.picture,
            left=shown.left[offer.offer_index],
        )
        for offer in shown.offers
    ]


def _both(text: Bilingual) -> BothLanguages:
    return BothLanguages(zh=text.zh, en=text.en)
