"""`/console/operators`: who may sign in, links for whoever cannot, one's own password, and what was done."""

from typing import Annotated, Any

from fastapi import Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from merchant_app.domain.kinds import OperatorId
from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.entry.routes import let_in, text_of
from merchant_app.server.console.entry.sayings import why_unfit
from merchant_app.server.console.pages import COOKIE_PATH, done, page, words_of
from merchant_app.server.console.who import Form, Operator, area
from merchant_app.server.services.operators import accounts, links
from merchant_app.server.services.operators.deeds import Deed, deeds_done
from merchant_app.server.services.operators.passwords import SHORTEST_PASSWORD, Unfit
from merchant_app.wording.deeds import deed

router = area("operators")

_HERE = f"{COOKIE_PATH}/operators"
_DEEDS_A_PAGE = 50


@router.get("")
def list_operators(request: Request, central: CentralPart) -> Response:
    return page(request, "operators/list.html", operators=accounts.operators_known(central))


@router.post("/invite")
def invite_operator(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    """A link for somebody new, or for the operator of this name; it is shown once, here."""
    name = text_of(form, "name") or None
    secret = links.make_link(central, name, operator.operator_id)
    if secret is None:
        raise HTTPException(404)
    link = links.link_url(str(request.base_url).rstrip("/").removesuffix(COOKIE_PATH), secret)
    return page(request, "operators/link.html", link=link, name=name)


@router.post("/{operator_id}/disable")
def disable_operator(request: Request, central: CentralPart, operator: Operator, operator_id: str) -> Response:
    words = words_of(request)
    if not accounts.disable(central, OperatorId(operator_id), operator.operator_id):
        return done(request, _HERE, words._("Nobody can disable themselves: one operator must remain."), "bad")
    return done(request, _HERE, words._("Disabled: signed out everywhere, and let in no more."))


@router.post("/{operator_id}/enable")
def enable_operator(request: Request, central: CentralPart, operator: Operator, operator_id: str) -> Response:
    if not accounts.enable(central, OperatorId(operator_id), operator.operator_id):
        raise HTTPException(404)
    return done(request, _HERE, words_of(request)._("May sign in again."))


@router.get("/password")
def show_password(request: Request) -> Response:
    return page(request, "operators/password.html", errors={}, shortest=SHORTEST_PASSWORD)


@router.post("/password")
def change_password(request: Request, central: CentralPart, operator: Operator, form: Form) -> Response:
    """Signs out everywhere else; here a new session goes on."""
    old, new, repeated = (text_of(form, name) for name in ("old", "password", "repeated"))
    answer = accounts.change_password(central, operator.operator_id, old, new, repeated)
    if isinstance(answer, Unfit):
        errors = why_unfit(words_of(request), answer)
        return page(request, "operators/password.html", status=422, errors=errors, shortest=SHORTEST_PASSWORD)
    changed = done(request, f"{COOKIE_PATH}/", words_of(request)._("Your password is changed; elsewhere you are out."))
    return let_in(request, answer, f"{COOKIE_PATH}/", changed)


@router.get("/deeds")
def list_deeds(
    request: Request,
    central: CentralPart,
    who: str = "",
    what: Annotated[str, Query(max_length=60)] = "",
    before: Annotated[int | None, Query(ge=1, lt=1 << 62)] = None,
) -> Response:
    """What operators did, newest first; narrowed to one operator or kind of deed."""
    words = words_of(request)
    found = deeds_done(central, before=before, count=_DEEDS_A_PAGE + 1, operator_id=who or None, what=what or None)
    names = {each.value: deed(words, each) for each in Deed}
    shown = found[:_DEEDS_A_PAGE]
    older = shown[-1].deed_id if len(found) > _DEEDS_A_PAGE else None
    people = [(each.operator_id, each.name) for each in accounts.operators_known(central)]
    values: dict[str, Any] = {
        "deeds": shown,
        "names": names,
        "people": people,
        "who": who,
        "what": what,
        "older": older,
    }
    return page(request, "operators/deeds.html", **values)
