"""`POST /api/enrolments`: a till uses its one-time invitation; `GET /api/keys`: by which keys it knows this server."""

from fastapi import APIRouter, Request

from merchant_app.server.api.describing import refusals
from merchant_app.server.api.refusals import RefusalError
from merchant_app.server.api.who import CentralPart
from merchant_app.server.db.outlets import outlet_of_till
from merchant_app.server.services.enrolling import NotEnrolledWhy, Refusal, enrol
from merchant_app.server.services.keeping_keys.list_of_keys import keys_document
from merchant_app.wire.catalogue import KeysDocument
from merchant_app.wire.enrolment import EnrolAnswer, EnrolRequest
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api", tags=["enrolment"])

_STATUS = {NotEnrolledWhy.TOO_MANY_GUESSES: 429, NotEnrolledWhy.CHAIN_TAKEN: 409}


@router.post(
    "/enrolments",
    responses=refusals(
        Code.UNKNOWN_INVITATION, Code.INVITATION_USED, Code.INVITATION_EXPIRED, Code.CHAIN_TAKEN, Code.TOO_MANY_GUESSES
    ),
)
def make_enrolment(central: CentralPart, asked: EnrolRequest, request: Request) -> EnrolAnswer:
    """The one request that no till signs. The same till asking again with the same key gets the same answer."""
    address = request.client.host if request.client else "nowhere"
    till_id = enrol(central, asked, address)
    if isinstance(till_id, Refusal):
        raise RefusalError(_STATUS.get(till_id.why, 403), till_id.why.value, retry_after=till_id.retry_after)
    with central.database.reading() as connection:
        outlet = outlet_of_till(connection, till_id)
    keys = keys_document(central)
    return EnrolAnswer(till_id=till_id, root_key=keys.key, keys=keys, outlet=outlet)


@router.get("/keys")
def list_keys(central: CentralPart) -> KeysDocument:
    """The list of keys, signed by the root key; anybody may read it."""
    return keys_document(central)
