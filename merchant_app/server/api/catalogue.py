"""`GET /api/catalogue`, its parts and its pictures: what this outlet's tills judge by."""

from typing import Annotated

from fastapi import APIRouter, Header, Path
from starlette.responses import Response

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.who import CentralPart, GoodTill
from merchant_app.server.services import publishing
from merchant_app.wire.catalogue import (
    CampaignsPart,
    OutletAndNeighbours,
    PartName,
    SignedDocument,
    StaffPart,
    WithdrawalsPart,
)
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api", tags=["catalogue"])

PICTURES = {
    kind: {"schema": {"type": "string", "format": "binary"}} for kind in ("image/png", "image/jpeg", "image/webp")
}
Sha256 = Annotated[str, Path(pattern=r"^[0-9a-f]{64}$")]


@router.get(
    "/catalogue",
    response_model=SignedDocument,
    responses={304: {"description": "Still the one with the ETag that was sent"}, **refusals(Code.REVOKED)},
)
def get_snapshot(
    central: CentralPart, till: GoodTill, if_none_match: Annotated[str | None, Header()] = None
) -> Response:
    """The signed snapshot, which names every part with its version and hash."""
    kept = publishing.snapshot(central, till.outlet_id)
    headers = {"ETag": kept.etag, "Cache-Control": "no-cache"}
    if if_none_match is not None and kept.etag in (tag.strip() for tag in if_none_match.split(",")):
        return Response(status_code=304, headers=headers)
    return Response(kept.content, headers=headers, media_type="application/json")


@router.get(
    "/catalogue/{name}",
    response_model=CampaignsPart | OutletAndNeighbours | StaffPart | WithdrawalsPart,
    responses=refusals(Code.REVOKED, Code.NOT_FOUND),
)
def get_part(central: CentralPart, till: GoodTill, name: PartName) -> Response:
    """A part's bytes, as the last snapshot names it."""
    content = publishing.part(central, till.outlet_id, name)
    if content is None:
        raise RefusalError(404, "not_found", "ask for the catalogue first")
    return Response(content, media_type="application/json")


@router.get(
    "/pictures/{sha256}",
    response_class=Response,
    responses={200: {"description": "The picture", "content": PICTURES}, **refusals(Code.REVOKED, Code.NOT_FOUND)},
)
def get_picture(central: CentralPart, _till: GoodTill, sha256: Sha256) -> Response:
    """An offer's picture, named by its content."""
    found = publishing.picture(central, sha256)
    if found is None:
        raise RefusalError(404, "not_found", "no such picture")
    return Response(
        found.content, media_type=found.media_type, headers={"Cache-Control": "max-age=31536000, immutable"}
    )
