"""`POST /api/redemptions`: a bill's coupons, all or none; `GET /api/redemptions/{id}`: what was said to an ask."""

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.responses import Response

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.statuses import STATUS
from merchant_app.server.api.who import CentralPart, GoodTill
from merchant_app.server.services.confirming import NotAnswered, confirm, recall
from merchant_app.wire.redeeming import RedeemAnswer, RedeemRequest
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api", tags=["redeeming"])

_REFUSED = (Code.REVOKED, Code.TOO_MANY_GUESSES, Code.UNKNOWN_CHAIN, Code.ID_TAKEN, Code.ID_TWICE, Code.REVERSED)


@router.post("/redemptions", response_model=RedeemAnswer, responses=refusals(*_REFUSED))
def ask_for_redemptions(central: CentralPart, till: GoodTill, asked: RedeemRequest) -> Response:
    """Confirms all of the bill's coupons or none; asking again under the same ids gives the stored answer again."""
    answer = confirm(central, till.till_id, asked)
    if isinstance(answer, NotAnswered):
        raise RefusalError(STATUS[Code(answer.code)], answer.code, retry_after=answer.retry_after)
    return Response(answer.as_json(), media_type="application/json")


@router.get("/redemptions/{redemption_id}", responses=refusals(Code.REVOKED, Code.UNKNOWN_REDEMPTION))
def get_redemption(
    central: CentralPart, till: GoodTill, redemption_id: Annotated[str, Path(pattern=r"^[!-~]{1,64}$")]
) -> RedeemAnswer:
    """The stored answer to this till's ask, as it stands now."""
    answer = recall(central, till.till_id, redemption_id)
    if answer is None:
        raise RefusalError(404, "unknown_redemption", "never confirmed, or taken back")
    return answer
