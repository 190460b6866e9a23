"""`/console/tills`: how every till is, one of them, revoking, and inviting new ones."""

from typing import Annotated, Any

from fastapi import HTTPException, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from merchant_app.domain.kinds import OutletId, TillId
from merchant_app.domain.redemption import FactKind
from merchant_app.server.api.who import CentralPart
from merchant_app.server.central import Central
from merchant_app.server.console.pages import done, page, part, words_of
from merchant_app.server.console.paging import Paging
from merchant_app.server.console.tills.saying import facts_of, matter_name, pills_of
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.db.till_search import TillMatter
from merchant_app.server.services import outlet_desk, till_desk
from merchant_app.server.services.clones import start_anew
from merchant_app.server.services.enrolling import invite, revoke, server_url
from merchant_app.wire.enrolment import Invitation
from merchant_app.wording.row_outcomes import fact_name

router = area("tills")


class Asked(BaseModel):
    """What the list's own form asks for."""

    words: str = Field("", max_length=200)
    matter: str = Field("", max_length=20)
    page: int = Field(1, ge=1, le=1_000_000)

    def chosen(self) -> TillMatter | None:
        return TillMatter(self.matter) if self.matter in set(TillMatter) else None


@router.get("")
def list_tills(request: Request, central: CentralPart, asked: Annotated[Asked, Query()]) -> Response:
    """How each till is, refreshing itself."""
    words = words_of(request)
    counted = [(each, matter_name(words, each), count) for each, count in till_desk.matters(central).items()]
    return page(request, "tills/list.html", asked=asked, matters=counted, **_rows(request, central, asked))


@router.get("/rows")
def list_rows(request: Request, central: CentralPart, asked: Annotated[Asked, Query()]) -> Response:
    """The table alone, for the page that refreshes itself."""
    return part(request, "tills/rows.html", asked=asked, **_rows(request, central, asked))


@router.get("/invite")
def choose_outlet(request: Request, central: CentralPart, outlet: str = "") -> Response:
    address = server_url(central) or str(request.base_url.replace(path="")).rstrip("/")
    return page(request, "tills/invite.html", outlet=outlet, url_given=address, errors={})


@router.post("/invite")
def invite_till(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    """A one-time invitation, as a QR picture and as a code to type."""
    outlet, address = str(form.get("outlet", "")).strip(), str(form.get("url", "")).strip()
    is_number = outlet.isascii() and outlet.isdecimal() and len(outlet) <= 9
    made = invite(central, OutletId(int(outlet)), address or None, by=operator.operator_id) if is_number else None
    if made is None:
        errors = {"outlet": words_of(request)._("There is no open outlet with this number.")}
        values = {"outlet": outlet, "url_given": address, "errors": errors}
        return page(request, "tills/invite.html", status=422, **values)
    return _invitation(request, central, OutletId(int(outlet)), made[0])


@router.get("/{till_id}")
def show_till(request: Request, central: CentralPart, till_id: str) -> Response:
    story = till_desk.story_of(central, TillId(till_id))
    if story is None:
        raise HTTPException(404)
    words, now = words_of(request), central.now()
    facts, pills = facts_of(words, story.listed, now), pills_of(words, story.listed, now)
    names = {each.value: fact_name(words, each) for each in FactKind}
    return page(request, "tills/one.html", story=story, facts=facts, pills=pills, fact=names.get)


@router.post("/{till_id}/revoke")
def revoke_till(request: Request, central: CentralPart, operator: Operator, till_id: str) -> Response:
    if not revoke(central, TillId(till_id), by=operator.operator_id):
        raise HTTPException(404)
    sentence = words_of(request)._("Till {till_id} redeems nothing more.", till_id=till_id)
    return done(request, f"/console/tills/{till_id}", sentence)


@router.post("/{till_id}/unfreeze")
def unfreeze_till(request: Request, central: CentralPart, operator: Operator, till_id: str) -> Response:
    """Ends a copied till and shows the invitation for the first computer that is to go on."""
    story = till_desk.story_of(central, TillId(till_id))
    made = start_anew(central, TillId(till_id), server_url(central), by=operator.operator_id)
    if story is None or made is None:
        raise HTTPException(404)
    return _invitation(request, central, OutletId(story.listed.till.outlet_id), made[0])


def _rows(request: Request, central: Central, asked: Asked) -> dict[str, Any]:
    words, now, paging = words_of(request), central.now(), Paging(asked.page, 0)
    total, found = till_desk.find(central, asked.words, asked.chosen(), paging.offset, paging.size)
    rows = [(each, facts_of(words, each, now), pills_of(words, each, now)) for each in found]
    return {"rows": rows, "paging": Paging(asked.page, total)}


def _invitation(request: Request, central: Central, outlet_id: OutletId, invitation: Invitation) -> Response:
    story = outlet_desk.story_of(central, outlet_id)
    assert story is not None
    qr_text = None if invitation.server is None else invitation.as_qr_text()
    values: dict[str, Any] = {"outlet": story.listed.part, "code": invitation.as_code(), "qr_text": qr_text}
    return page(request, "tills/invitation.html", **values, server_address=invitation.server)
