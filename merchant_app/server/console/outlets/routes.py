"""`/console/outlets`: all outlets and one of them."""

from typing import Annotated, Literal

from fastapi import HTTPException, Query, Request
from starlette.responses import Response

from merchant_app.domain.kinds import OutletId
from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.outlets import choosing, importing, opting
from merchant_app.server.console.pages import done, page, words_of
from merchant_app.server.console.paging import Paging
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services import outlet_desk
from merchant_app.server.services.outlets import add_staff

router = area("outlets")
router.include_router(importing.router)
router.include_router(opting.router)

_LARGEST_ID = 999_999_999


@router.get("")
def list_outlets(request: Request, central: CentralPart, asked: Annotated[choosing.Asked, Query()]) -> Response:
    """Found by words, district, category, merchant and campaign; a page at a time."""
    paging = Paging(asked.page, 0)
    total, found = outlet_desk.find(central, asked.sought(), paging.offset, paging.size)
    return page(
        request,
        "outlets/list.html",
        asked=asked,
        outlets=found,
        paging=Paging(asked.page, total),
        choices=outlet_desk.choices(central),
        categories=choosing.categories(words_of(request)),
    )


@router.get("/{outlet_id}")
def show_outlet(request: Request, central: CentralPart, outlet_id: int) -> Response:
    story = outlet_desk.story_of(central, _known(outlet_id))
    if story is None:
        raise HTTPException(404)
    place = choosing.map_link(story.listed.part)
    return page(request, "outlets/one.html", story=story, map_link=place, errors={}, given={})


@router.post("/{outlet_id}/close")
def close_outlet(request: Request, central: CentralPart, operator: Operator, outlet_id: int) -> Response:
    outlet_desk.close(central, _known(outlet_id), by=operator.operator_id)
    words = words_of(request)
    return done(request, f"/console/outlets/{outlet_id}", words._("Closed. Its tills go on until they are revoked."))


@router.post("/{outlet_id}/reopen")
def reopen_outlet(request: Request, central: CentralPart, operator: Operator, outlet_id: int) -> Response:
    outlet_desk.reopen(central, _known(outlet_id), by=operator.operator_id)
    return done(request, f"/console/outlets/{outlet_id}", words_of(request)._("Open again."))


@router.post("/{outlet_id}/staff")
def add_somebody(request: Request, central: CentralPart, operator: Operator, form: Form, outlet_id: int) -> Response:
    """Somebody who works there; a PIN lets the first manager in at the till."""
    story = outlet_desk.story_of(central, _known(outlet_id))
    if story is None:
        raise HTTPException(404)
    given = {name: str(form.get(name, "")).strip() for name in ("name", "role", "pin")}
    errors = _wrong(request, given)
    if errors:
        place = choosing.map_link(story.listed.part)
        values = {"story": story, "map_link": place, "errors": errors, "given": given}
        return page(request, "outlets/one.html", status=422, **values)
    role: Literal["cashier", "manager"] = "manager" if given["role"] == "manager" else "cashier"
    pin = given["pin"] or None
    staff_id = add_staff(central, OutletId(outlet_id), given["name"], role, pin, by=operator.operator_id)
    sentence = words_of(request)._("{name} has the number {staff_id}.", name=given["name"], staff_id=staff_id)
    return done(request, f"/console/outlets/{outlet_id}", sentence)


def _wrong(request: Request, given: dict[str, str]) -> dict[str, str]:
    words, errors = words_of(request), {}
    if not 1 <= len(given["name"]) <= 100:
        errors["name"] = words._("A name of at most 100 characters.")
    pin = given["pin"]
    if pin and not (pin.isascii() and pin.isdecimal() and 4 <= len(pin) <= 8):
        errors["pin"] = words._("A PIN has 4 to 8 digits.")
    if not pin and given["role"] == "manager":
        errors["pin"] = words._("A manager needs a PIN: it opens the till's back office.")
    return errors


def _known(outlet_id: int) -> OutletId:
    if not 1 <= outlet_id <= _LARGEST_ID:
        raise HTTPException(404)
    return OutletId(outlet_id)
