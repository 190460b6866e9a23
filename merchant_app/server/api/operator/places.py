"""`/api/operator/outlets` and `/api/operator/tills`: who takes part, and at which tills."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from merchant_app.domain.kinds import OutletId, TillId
from merchant_app.server.api.describing import refusals
from merchant_app.server.api.operator.shapes import MadeInvitation, OutletList, OutletSummary, TillList, TillSummary
from merchant_app.server.api.operator.who import REFUSED, ByToken, OutletPath, refused
from merchant_app.server.api.who import CentralPart
from merchant_app.server.db.outlets import outlets_after
from merchant_app.server.db.tills import EnrolledTill
from merchant_app.server.services.enrolling import invite, revoke, server_url, tills_known
from merchant_app.wire.claiming import BothLanguages
from merchant_app.wire.refusal import RefusalCode as Code

router = APIRouter(prefix="/api/operator", tags=["operator: outlets and tills"], responses=REFUSED)

_PAGE = 500
After = Annotated[int, Query(ge=0, lt=1 << 53, description="The last outlet of the page before")]
TillPath = Annotated[str, Path(pattern=r"^[!-~]{1,64}$", examples=["4201-01"])]


@router.get("/outlets")
def list_outlets(central: CentralPart, _token: ByToken, after: After = 0) -> OutletList:
    """Outlets by their number, 500 a page."""
    with central.database.reading() as connection:
        page = outlets_after(connection, after, _PAGE)
    outlets = [
        OutletSummary(
            outlet_id=row.outlet_id,
            name=BothLanguages(zh=row.name_zh, en=row.name_en),
            district=row.district,
            category=row.category,
            merchant_id=row.merchant_id,
        )
        for row in page
    ]
    return OutletList(outlets=outlets, next_after=page[-1].outlet_id if len(page) == _PAGE else None)


@router.get("/tills")
def list_tills(central: CentralPart, _token: ByToken, outlet_id: int | None = None) -> TillList:
    """Every till that was ever enrolled, or those of one outlet."""
    known = [till for till in tills_known(central) if outlet_id in (None, till.outlet_id)]
    return TillList(tills=[_till(till) for till in known])


@router.post("/outlets/{outlet_id}/invitations", status_code=201, responses=refusals(Code.UNKNOWN_OUTLET))
def invite_till(central: CentralPart, token: ByToken, outlet_id: OutletPath) -> MadeInvitation:
    """A one-time invitation for a till of this outlet."""
    made = invite(central, OutletId(outlet_id), server_url(central), by=token.operator_id)
    if made is None:
        raise refused("unknown_outlet")
    invitation, expires_at = made
    qr_text = None if invitation.server is None else invitation.as_qr_text()
    return MadeInvitation(code=invitation.as_code(), qr_text=qr_text, expires_at=expires_at)


@router.post("/tills/{till_id}/revoke", responses=refusals(Code.NO_SUCH_TILL))
def revoke_till(central: CentralPart, token: ByToken, till_id: TillPath) -> TillSummary:
    """It redeems nothing more; its rows are still taken, into quarantine."""
    if not revoke(central, TillId(till_id), by=token.operator_id):
        raise refused("no_such_till")
    return next(_till(till) for till in tills_known(central) if till.till_id == till_id)


def _till(till: EnrolledTill) -> TillSummary:
    return TillSummary(**{name: getattr(till, name) for name in TillSummary.model_fields})
