"""`POST /api/facts`: a till's rows go up in the order of their numbers, an answer comes back for each."""

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.who import AskingTill, CentralPart, SharesPart, SignedTill
from merchant_app.server.central import Central
from merchant_app.server.services.taking_facts import take
from merchant_app.wire.facts import PushAnswer, PushRequest
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api", tags=["facts"])


@router.post("/facts", response_model=PushAnswer, responses=refusals(Code.UNKNOWN_CHAIN))
async def push_facts(central: CentralPart, shares: SharesPart, till: SignedTill, pushed: PushRequest) -> Response:
    """Stores every row before judging by it. A revoked till's rows are taken too, into quarantine."""
    async with shares.batch():
        return await run_in_threadpool(_push, central, till, pushed)


def _push(central: Central, till: AskingTill, pushed: PushRequest) -> Response:
    answer = take(central, till.till_id, pushed)
    if answer is None:
        raise RefusalError(409, "unknown_chain", "this chain was not enrolled by this till")
    return Response(answer.as_json(), media_type="application/json")
