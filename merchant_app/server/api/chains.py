"""`POST /api/chains`: a till that was enrolled anew over its ledger adopts the chain of its earlier enrolment."""

from fastapi import APIRouter

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.statuses import STATUS
from merchant_app.server.api.who import CentralPart, GoodTill
from merchant_app.server.services.adopting import NotAdopted, adopt
from merchant_app.wire.chains import AdoptAnswer, AdoptRequest
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api", tags=["facts"])


@router.post(
    "/chains",
    responses=refusals(Code.REVOKED, *(Code(why.value) for why in NotAdopted)),
)
def adopt_chain(central: CentralPart, till: GoodTill, asked: AdoptRequest) -> AdoptAnswer:
    """Asked again, the same answer comes again. Refused: `unknown_chain`, `own_chain`, `other_outlet`,
    `not_this_ledger`."""
    answer = adopt(central, till.till_id, asked)
    if isinstance(answer, NotAdopted):
        raise RefusalError(STATUS[Code(answer.value)], answer.value)
    return answer
