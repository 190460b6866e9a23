"""Who asks: every request but enrolment and the list of keys is signed by a till's own key."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Request
from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from merchant_app.domain.kinds import OutletId, TillId
from merchant_app.server.api.describing import TILLS_SIGNATURE
from merchant_app.server.api.envelope import is_nonce
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.shares import Shares
from merchant_app.server.central import Central
from merchant_app.server.db.tills import till_of
from merchant_app.wire import signing


@dataclass(frozen=True, slots=True)
class AskingTill:
    """The till whose signature the request carries."""

    till_id: TillId
    outlet_id: OutletId
    revoked_at: datetime | None


def central_of(request: Request) -> Central:
    central: Central = request.app.state.central
    return central


async def _central(request: Request) -> Central:
    """In the loop: what takes no time needs no thread."""
    return central_of(request)


async def shares_of(request: Request) -> Shares:
    shares: Shares = request.app.state.shares
    return shares


async def _raw_body(request: Request) -> bytes:
    return await request.body()


def signed_till(
    request: Request,
    central: Annotated[Central, Depends(_central)],
    shares: Annotated[Shares, Depends(shares_of)],
    body: Annotated[bytes, Depends(_raw_body)],
    _described: Annotated[str | None, Depends(TILLS_SIGNATURE)],
) -> AskingTill:
    """The till that signed this request, revoked or not. Refused: `unknown_till`, `bad_signature`, and beyond its share
    `too_fast`."""
    till_id = request.headers.get(signing.TILL_ID, "")
    with central.database.reading() as connection:
        kept = till_of(connection, till_id)
    if kept is None:
        raise RefusalError(401, "unknown_till", "no such till is enrolled here")
    _check(request, body, VerifyKey(kept.public_key))
    shares.enter(request.scope, kept.till_id)
    return AskingTill(TillId(kept.till_id), OutletId(kept.outlet_id), kept.revoked_at)


async def good_till(till: Annotated[AskingTill, Depends(signed_till)]) -> AskingTill:
    """The till that asks. Refused: `revoked`."""
    if till.revoked_at is not None:
        raise RefusalError(403, "revoked", f"this till was revoked at {till.revoked_at.isoformat()}")
    return till


def _check(request: Request, body: bytes, key: VerifyKey) -> None:
    nonce = request.headers.get(signing.TILL_NONCE, "")
    query = request.scope["query_string"].decode("latin-1")
    path = request.scope["raw_path"].decode("latin-1") + (f"?{query}" if query else "")
    try:
        signature = bytes.fromhex(request.headers.get(signing.TILL_SIGNATURE, ""))
        key.verify(signing.request_message(request.method, path, nonce, body), signature)
    except (ValueError, BadSignatureError):
        raise RefusalError(401, "bad_signature", "the request is not signed by this till's key") from None
    if not is_nonce(nonce):
        raise RefusalError(401, "bad_signature", "a nonce of 1 to 128 printable characters is wanted")


CentralPart = Annotated[Central, Depends(_central)]
SharesPart = Annotated[Shares, Depends(shares_of)]
SignedTill = Annotated[AskingTill, Depends(signed_till)]
GoodTill = Annotated[AskingTill, Depends(good_till)]
