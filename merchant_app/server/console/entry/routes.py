"""`/console/sign-in`, `/console/sign-out`, `/console/welcome/<secret>`, `/console/language`: what needs no session."""

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from merchant_app.server.api.who import CentralPart
from merchant_app.server.console.entry.sayings import why_dead, why_not_signed_in, why_unfit
from merchant_app.server.console.language import LANGUAGE_COOKIE
from merchant_app.server.console.pages import COOKIE_PATH, own_path, page, set_cookie, words_of
from merchant_app.server.console.who import SESSION_COOKIE, Form, Operator, own_origin
from merchant_app.server.services.operators import links
from merchant_app.server.services.operators.links import Chosen, DeadLink, Welcome
from merchant_app.server.services.operators.passwords import LONGEST_NAME, SHORTEST_PASSWORD, Unfit
from merchant_app.server.services.operators.sessions import sign_out
from merchant_app.server.services.operators.signing_in import NotSignedIn, sign_in

router = APIRouter(dependencies=[Depends(own_origin)])

_A_YEAR = 365 * 24 * 3600


@router.get("/sign-in")
def show_sign_in(request: Request, to: str = "") -> Response:
    return page(request, "entry/sign_in.html", to=own_path(to), name="", refused=None)


@router.post("/sign-in")
def do_sign_in(request: Request, central: CentralPart, form: Form) -> Response:
    name, to = text_of(form, "name"), own_path(text_of(form, "to"))
    answer = sign_in(central, name, text_of(form, "password"), _address(request))
    if isinstance(answer, NotSignedIn):
        refused = why_not_signed_in(words_of(request), answer)
        status = 403 if answer.retry_after is None else 429
        shown = page(request, "entry/sign_in.html", status=status, to=to, name=name, refused=refused)
        if answer.retry_after is not None:
            shown.headers["Retry-After"] = str(answer.retry_after)
        return shown
    return let_in(request, answer, to)


@router.post("/sign-out")
def do_sign_out(request: Request, central: CentralPart, _operator: Operator) -> Response:
    sign_out(central, request.cookies.get(SESSION_COOKIE, ""))
    answer = RedirectResponse(f"{COOKIE_PATH}/sign-in", 303)
    answer.delete_cookie(SESSION_COOKIE, path=COOKIE_PATH)
    return answer


@router.get("/welcome/{secret}")
def show_welcome(request: Request, central: CentralPart, secret: str) -> Response:
    found = links.opened(central, secret)
    return _dead(request, found) if isinstance(found, DeadLink) else _welcome(request, found)


@router.post("/welcome/{secret}")
def do_welcome(request: Request, central: CentralPart, secret: str, form: Form) -> Response:
    chosen = Chosen(text_of(form, "name"), text_of(form, "password"), text_of(form, "repeated"))
    answer = links.use(central, secret, chosen)
    if isinstance(answer, DeadLink):
        return _dead(request, answer)
    if isinstance(answer, Unfit):
        found = links.opened(central, secret)
        return _dead(request, found) if isinstance(found, DeadLink) else _welcome(request, found, chosen.name, answer)
    return let_in(request, answer, f"{COOKIE_PATH}/")


@router.post("/language")
def choose_language(request: Request, form: Form) -> Response:
    answer = RedirectResponse(own_path(text_of(form, "back")), 303)
    language = text_of(form, "language")
    if language not in ("zh", "en"):
        raise HTTPException(422)
    set_cookie(request, answer, LANGUAGE_COOKIE, language, seconds=_A_YEAR)
    return answer


def text_of(form: Form, name: str) -> str:
    """What was typed into this field; nothing where it is not there or is a file."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def let_in(request: Request, token: str, to: str, answer: Response | None = None) -> Response:
    """With the new session's cookie, which ends with the browser and at the server's own limits."""
    answer = answer or RedirectResponse(to, 303)
    set_cookie(request, answer, SESSION_COOKIE, token)
    return answer


def _address(request: Request) -> str:
    return request.client.host if request.client else "nowhere"


def _dead(request: Request, why: DeadLink) -> Response:
    return page(request, "trouble.html", status=410, **why_dead(words_of(request), why))


def _welcome(request: Request, found: Welcome, name: str = "", unfit: Unfit | None = None) -> Response:
    errors = {} if unfit is None else why_unfit(words_of(request), unfit)
    values = {"known": found.name, "name": name, "errors": errors}
    limits = {"shortest": SHORTEST_PASSWORD, "longest_name": LONGEST_NAME}
    return page(request, "entry/welcome.html", status=422 if errors else 200, **values, **limits)
